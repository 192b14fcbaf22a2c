// Lines that dust on a scanner's glass draws along the way of the paper.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// Takes streaks out of `gray` (CV_8UC1): thin lines, exactly level or plumb, that are darker than what is beside them
// most of the way from one edge of the picture to the other, and all through the blank margins, where no ruling goes. A
// streak becomes lighter by as much as it is darker where nothing is printed: below a black one what is printed is
// lost. Returns where they were (CV_8UC1, 255); empty without any. `char_height` of common writing, px.
cv::Mat erase_streaks(cv::Mat& gray, double char_height);

}  // namespace biaod::layout
