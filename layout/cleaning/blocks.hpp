// A picture by blocks, so that writing disappears and what is broader stays: no block of writing is dark all over.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// The lightest point of each square of `block` px; CV_8UC1 in and out.
cv::Mat lightest_of_blocks(const cv::Mat& gray, int block);

// The mean of each block, rounded; the last ones may be smaller, and none is over 257 px high. CV_8UC1 in and out. As
// cv::resize with INTER_AREA, which costs several times as much.
cv::Mat means_of_blocks(const cv::Mat& gray, cv::Size block);

// The picture of the `size` that blocks of `block` points show, with their levels in their middles and others between.
cv::Mat enlarged(const cv::Mat& blocks, int block, cv::Size size);

// The lightest mean of two points by two in each square of `block` px (even): where the strokes of a JPEG picture ring,
// single points of an area are light. CV_8UC1 in and out.
cv::Mat lightest_means(const cv::Mat& gray, int block);

}  // namespace biaod::layout
