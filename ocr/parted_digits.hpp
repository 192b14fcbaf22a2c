// Digits that touch, drawn apart: networks read two ones whose feet meet as one.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::ocr {

// The ink in `box` of `gray` (CV_8UC1, dark on white) with white columns set in where a piece of it is as wide as two
// or more digits of `pitch` px: at its thinnest, about a pitch from each other. Empty where no piece is, or the pitch
// is 0.
cv::Mat part_digits(const cv::Mat& gray, const cv::Rect& box, double pitch);

}  // namespace biaod::ocr
