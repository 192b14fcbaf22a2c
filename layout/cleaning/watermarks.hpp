// Pale letters below the print: 样本, 仅供内部使用.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// Makes paper of the letters of a watermark in `gray` (CV_8UC1): strokes that are paler than print and thicker than
// those of writing (`char_height`, px), but no backgrounds of cells; they are of one level all over the page, and print
// stands on some. What is darker than they are stays as it is. Returns where they were, and as far around as strokes of
// theirs may be that are as broad as a background (CV_8UC1, 255); empty without any.
cv::Mat erase_watermarks(cv::Mat& gray, double char_height);

}  // namespace biaod::layout
