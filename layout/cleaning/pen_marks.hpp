// What a pen leaves beside printed figures when somebody checks them.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// The figure without the tick (✓) that a pen drew behind it, with paper between the two; the line itself where there is
// none, or where Chinese characters stand before it. `line` is its box in `ink` (CV_8UC1, 255 = ink), px.
cv::Rect without_tick(const cv::Mat& ink, const cv::Rect& line, double char_height);

}  // namespace biaod::layout
