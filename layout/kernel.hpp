// Structuring elements of the morphology on pages: all are upright boxes.
#pragma once

#include <opencv2/imgproc.hpp>

namespace biaod::layout {

// A side with a middle, about as long.
inline int odd(double length) { return 2 * static_cast<int>(length / 2) + 1; }

inline cv::Mat box_kernel(int width, int height) { return cv::getStructuringElement(cv::MORPH_RECT, {width, height}); }
inline cv::Mat box_kernel(int side) { return box_kernel(side, side); }

}  // namespace biaod::layout
