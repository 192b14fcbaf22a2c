// A page picture through a coarse map.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// Resamples `upright` by a coarse map (bilinear between the nodes, linear in the picture, white outside).
cv::Mat resample(const cv::Mat& upright, const cv::Mat& map, int step);

}  // namespace biaod::layout
