// A page picture through a coarse map.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// Resamples `upright` (CV_8UC1 or CV_8UC3) by a coarse map (bilinear between the nodes, linear in the picture, white
// outside): CV_32FC2, a node every `step` px with its point in `upright`, as many as reach beyond the last pixel.
cv::Mat resample(const cv::Mat& upright, const cv::Mat& map, int step);

}  // namespace biaod::layout
