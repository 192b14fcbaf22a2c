#include "layout/ink_profile.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <opencv2/core/hal/intrin.hpp>
#include <vector>

namespace biaod::layout {
namespace {

int points_of(const std::uint8_t* row, int length) {
    constexpr int kAtOnce = 16;
    const cv::v_uint8x16 one = cv::v_setall_u8(1);
    int points = 0, x = 0;
    for (; x + kAtOnce <= length; x += kAtOnce) points += static_cast<int>(cv::v_reduce_sum(cv::v_load(row + x) & one));
    for (; x < length; ++x) points += row[x] & 1;
    return points;
}

void count_row(const std::uint8_t* row, std::vector<std::uint8_t>& counts) {
    for (std::size_t x = 0; x < counts.size(); ++x) counts[x] = static_cast<std::uint8_t>(counts[x] + (row[x] & 1));
}

}  // namespace

cv::Mat inked_rows(const cv::Mat& ink) {
    if (ink.empty()) return {};
    cv::Mat rows(ink.rows, 1, CV_8UC1);
    for (int y = 0; y < ink.rows; ++y) {
        const void* found = std::memchr(ink.ptr(y), 255, static_cast<std::size_t>(ink.cols));
        rows.at<std::uint8_t>(y) = found == nullptr ? 0 : 255;
    }
    return rows;
}

cv::Mat inked_columns(const cv::Mat& ink) {
    if (ink.empty()) return {};
    cv::Mat columns = ink.row(0).clone();
    for (int y = 1; y < ink.rows; ++y) cv::bitwise_or(columns, ink.row(y), columns);
    return columns;
}

cv::Mat darkest_of_columns(const cv::Mat& gray) {
    if (gray.empty()) return {};
    cv::Mat columns = gray.row(0).clone();
    for (int y = 1; y < gray.rows; ++y) cv::min(columns, gray.row(y), columns);
    return columns;
}

cv::Mat row_profile(const cv::Mat& ink) {
    if (ink.empty()) return {};
    cv::Mat points(ink.rows, 1, CV_32SC1);
    for (int y = 0; y < ink.rows; ++y) points.at<int>(y) = points_of(ink.ptr<std::uint8_t>(y), ink.cols);
    return points;
}

cv::Mat column_profile(const cv::Mat& ink) {
    if (ink.empty()) return {};
    constexpr int kRows = 255;  // which a byte can count
    cv::Mat points = cv::Mat::zeros(1, ink.cols, CV_32SC1);
    std::vector<std::uint8_t> counts(static_cast<std::size_t>(ink.cols));
    for (int y = 0; y < ink.rows; y += kRows) {
        std::ranges::fill(counts, std::uint8_t{0});
        for (int k = y; k < std::min(y + kRows, ink.rows); ++k) count_row(ink.ptr<std::uint8_t>(k), counts);
        cv::add(points, cv::Mat(1, ink.cols, CV_8UC1, counts.data()), points, {}, CV_32S);
    }
    return points;
}

}  // namespace biaod::layout
