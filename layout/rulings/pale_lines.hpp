// Hairlines too pale for ink all along, as on a scan that was made lighter: only their length tells them from paper.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// Draws into `ink` (CV_8UC1, 255 = ink) the long thin lines of a level page `gray` (CV_8UC1, paper evened to white)
// that are darker than the paper on either side wherever they run. `char_height` in px. Returns whether any of that was
// new.
bool draw_pale_lines(const cv::Mat& gray, double char_height, cv::Mat& ink);

}  // namespace biaod::layout
