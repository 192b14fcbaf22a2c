// Pale letters below the print: 样本, 仅供内部使用.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// Makes paper of the letters of a watermark in `gray` (CV_8UC1): of strokes between paper and the middle of paper and
// ink that are thicker than those of writing (`char_height`, px) but no background of cells, where some are longer than
// a title's or many stand all over the page. Of one level all over the page, as letters of one ink are; what is printed
// upon them stays, a little paler. Whether there was any.
bool erase_watermarks(cv::Mat& gray, double char_height);

}  // namespace biaod::layout
