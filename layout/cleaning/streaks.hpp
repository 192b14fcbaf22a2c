// Lines that dust on a scanner's glass draws along the way of the paper.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// Takes streaks out of `gray` (CV_8UC1): thin lines, exactly level or plumb, that are darker than what is beside them
// all through the blank margins, where no ruling goes, and in parts of the way from one edge of the picture to the
// other, and hardly anywhere as light as paper. A streak becomes lighter by as much as it is darker in the margins.
// Returns where they were so dark, by half of the paper's level, that what is printed below them may be lost (CV_8UC1,
// 255); empty without any such. `char_height` of common writing, px.
cv::Mat erase_streaks(cv::Mat& gray, double char_height);

}  // namespace biaod::layout
