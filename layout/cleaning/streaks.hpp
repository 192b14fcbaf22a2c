// Lines that dust on a scanner's glass draws along the way of the paper.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// Takes streaks out of `gray` (CV_8UC1): thin lines, exactly level or plumb, that begin in a blank margin, where no
// ruling goes, are darker than what is beside them there and in parts of their way, and hardly anywhere as light as
// paper. They go to the other edge of the picture; or, a few that are paler than rulings, over a quarter of the way, or
// all of it with gaps. A streak becomes lighter by the share of the light that it takes, which may change on its way.
// Returns where they took more than half of it, so that what is printed below may be lost (CV_8UC1, 255); empty without
// any such. `char_height` of common writing, px.
cv::Mat erase_streaks(cv::Mat& gray, double char_height);

}  // namespace biaod::layout
