// Seals on copies without colours: round, and paler than the print below them.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// The strokes of round seals of an office's size (36 to 50 mm across) in `gray` (CV_8UC1, `dpi`), as a mask (255 =
// seal); empty when there are none, or none whose strokes can be told from print by their level. Circles by Hough's
// transform (OpenCV, HOUGH_GRADIENT); one counts when there is ink all the way around, most of it of a level between
// print and paper.
cv::Mat gray_seals(const cv::Mat& gray, double dpi);

}  // namespace biaod::layout
