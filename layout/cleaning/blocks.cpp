#include "layout/cleaning/blocks.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <opencv2/core/hal/intrin.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace biaod::layout {
namespace {

constexpr int kMostRows = 257;  // whose sum is no more than 16 bits hold

void add_row(const std::uint8_t* row, std::vector<std::uint16_t>& sums) {
    constexpr std::size_t kAtOnce = 16;
    std::size_t x = 0;
    for (; x + kAtOnce <= sums.size(); x += kAtOnce) {
        cv::v_uint16x8 low, high;
        cv::v_expand(cv::v_load(row + x), low, high);
        std::uint16_t* sum = sums.data() + x;
        cv::v_store(sum, cv::v_load(sum) + low);
        cv::v_store(sum + kAtOnce / 2, cv::v_load(sum + kAtOnce / 2) + high);
    }
    for (; x < sums.size(); ++x) sums[x] = static_cast<std::uint16_t>(sums[x] + row[x]);
}

}  // namespace

cv::Mat lightest_of_blocks(const cv::Mat& gray, int block) {
    cv::Mat small(gray.rows / block, gray.cols / block, CV_8UC1);
    cv::Mat lightest;  // of the block's rows
    for (int y = 0; y < small.rows; ++y) {
        gray.row(y * block).copyTo(lightest);
        for (int k = 1; k < block; ++k) cv::max(lightest, gray.row(y * block + k), lightest);
        const auto* of = lightest.ptr<std::uint8_t>();
        auto* out = small.ptr<std::uint8_t>(y);
        for (int x = 0; x < small.cols; ++x, of += block) {
            out[x] = of[0];
            for (int k = 1; k < block; ++k) out[x] = std::max(out[x], of[k]);
        }
    }
    return small;
}

cv::Mat means_of_blocks(const cv::Mat& gray, cv::Size block) {
    CV_Assert(block.height <= kMostRows);
    if (gray.empty()) return {};
    const cv::Size blocks((gray.cols + block.width - 1) / block.width, (gray.rows + block.height - 1) / block.height);
    cv::Mat means(blocks, CV_8UC1);
    std::vector<std::uint16_t> columns(static_cast<std::size_t>(gray.cols));
    for (int y = 0; y < blocks.height; ++y) {
        const cv::Range rows(y * block.height, std::min((y + 1) * block.height, gray.rows));
        std::ranges::fill(columns, std::uint16_t{0});
        for (int k = rows.start; k < rows.end; ++k) add_row(gray.ptr<std::uint8_t>(k), columns);
        auto* mean = means.ptr<std::uint8_t>(y);
        const auto mean_from = [&](int column, int width, float share) {
            const auto from = columns.begin() + column;
            const int sum = block.width == 1 ? *from : std::accumulate(from, from + width, 0);
            return static_cast<std::uint8_t>(static_cast<float>(sum) * share + 0.5F);
        };
        const auto share = [&](int width) { return 1 / static_cast<float>(width * rows.size()); };
        const int last = blocks.width - 1, rest = gray.cols - last * block.width;
        const float of_whole = share(block.width);
        for (int x = 0; x < last; ++x) mean[x] = mean_from(x * block.width, block.width, of_whole);
        mean[last] = mean_from(last * block.width, rest, share(rest));
    }
    return means;
}

cv::Mat enlarged(const cv::Mat& blocks, int block, cv::Size size) {
    cv::Mat whole;
    cv::resize(blocks, whole, blocks.size() * block, 0, 0, cv::INTER_LINEAR);
    return whole(cv::Rect({0, 0}, size));
}

cv::Mat lightest_means(const cv::Mat& gray, int block) {
    const cv::Size halves(gray.cols / block * block / 2, gray.rows / block * block / 2);
    cv::Mat means;
    cv::resize(gray(cv::Rect({0, 0}, halves * 2)), means, halves, 0, 0, cv::INTER_AREA);
    return block == 2 ? means : lightest_of_blocks(means, block / 2);
}

}  // namespace biaod::layout
