// Structuring elements of the morphology on pages: upright boxes, and straight lines.
#pragma once

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace biaod::layout {

// A side with a middle, about as long.
inline int odd(double length) { return 2 * static_cast<int>(length / 2) + 1; }

inline cv::Mat box_kernel(int width, int height) { return cv::getStructuringElement(cv::MORPH_RECT, {width, height}); }
inline cv::Mat box_kernel(int side) { return box_kernel(side, side); }

// A line of `length` points through the middle, a point thick.
inline cv::Mat line_kernel(int length, double radians) {
    cv::Mat kernel = cv::Mat::zeros(length, length, CV_8UC1);
    const cv::Point2d middle((length - 1) / 2.0, (length - 1) / 2.0), reach(std::cos(radians), std::sin(radians));
    const cv::Point from = middle - middle.x * reach, to = middle + middle.x * reach;
    cv::line(kernel, from, to, 1);
    return kernel;
}

}  // namespace biaod::layout
