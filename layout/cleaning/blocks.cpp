#include "layout/cleaning/blocks.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace biaod::layout {

cv::Mat lightest_of_blocks(const cv::Mat& gray, int block) {
    cv::Mat small(gray.rows / block, gray.cols / block, CV_8UC1);
    std::vector<std::uint8_t> lightest(static_cast<std::size_t>(gray.cols));  // of the block's rows
    for (int y = 0; y < small.rows; ++y) {
        std::fill(lightest.begin(), lightest.end(), std::uint8_t{0});
        for (int k = 0; k < block; ++k) {
            const auto* row = gray.ptr<std::uint8_t>(y * block + k);
            std::transform(lightest.begin(), lightest.end(), row, lightest.begin(),
                           [](std::uint8_t a, std::uint8_t b) { return std::max(a, b); });
        }
        auto* out = small.ptr<std::uint8_t>(y);
        for (int x = 0; x < small.cols; ++x)
            out[x] = *std::max_element(lightest.begin() + x * block, lightest.begin() + (x + 1) * block);
    }
    return small;
}

cv::Mat lightest_means(const cv::Mat& gray, int block) {
    const cv::Size halves(gray.cols / block * block / 2, gray.rows / block * block / 2);
    cv::Mat means;
    cv::resize(gray(cv::Rect({0, 0}, halves * 2)), means, halves, 0, 0, cv::INTER_AREA);
    return block == 2 ? means : lightest_of_blocks(means, block / 2);
}

}  // namespace biaod::layout
