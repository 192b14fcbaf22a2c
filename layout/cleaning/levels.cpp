#include "layout/cleaning/levels.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace biaod::layout {
namespace {

constexpr int kBlack = 30, kWhite = 225;
constexpr double kGrey = 0.01;  // of a picture of black and white

constexpr double kDarkest = 0.0005;
constexpr std::size_t kFine = 4'000'000;  // px: of a page more tell no more

}  // namespace

Levels::Levels(const cv::Mat& gray) {
    // In turn into several: most of a page is white, and a count waits for the one before of the same level.
    constexpr int kTurns = 4;
    std::array<int, 256> counts[kTurns] = {};
    const int down = gray.total() > kFine ? 4 : 2, across = gray.total() > kFine ? 3 : 2;
    for (int y = 0; y < gray.rows; y += down) {
        const auto* row = gray.ptr<std::uint8_t>(y);
        int x = 0;
        for (; x + kTurns * across <= gray.cols; x += kTurns * across)
            for (int turn = 0; turn < kTurns; ++turn) ++counts[turn][row[x + turn * across]];
        for (; x < gray.cols; x += across) ++counts[0][row[x]];
    }
    for (const auto& of_turn : counts)
        for (std::size_t level = 0; level < counts_.size(); ++level) counts_[level] += of_turn[level];
    all_ = std::accumulate(counts_.begin(), counts_.end(), 0.0);
}

Levels::Levels(const cv::Mat& gray, const cv::Mat& mask) {
    for (int y = 0; y < gray.rows; ++y) {
        const auto *row = gray.ptr<std::uint8_t>(y), *inside = mask.ptr<std::uint8_t>(y);
        for (int x = 0; x < gray.cols; ++x) counts_[row[x]] += inside[x] != 0;
    }
    all_ = std::accumulate(counts_.begin(), counts_.end(), 0.0);
}

int Levels::quantile(double share) const {
    double seen = 0;
    for (int level = 0; level < 256; ++level)
        if ((seen += counts_[static_cast<std::size_t>(level)]) > share * all_) return level;
    return 255;
}

int Levels::darkest() const { return quantile(kDarkest); }

int Levels::otsu() const {
    double sum = 0;
    for (int level = 0; level < 256; ++level)
        sum += static_cast<double>(level) * counts_[static_cast<std::size_t>(level)];
    // The variance between the two classes, times the square of the number of points.
    double dark = 0, dark_sum = 0, most = 0;
    int best = 0;
    for (int level = 0; level < 256; ++level) {
        dark += counts_[static_cast<std::size_t>(level)];
        dark_sum += static_cast<double>(level) * counts_[static_cast<std::size_t>(level)];
        const double light = all_ - dark;
        if (dark == 0) continue;
        if (light == 0) break;
        const double apart = dark_sum / dark - (sum - dark_sum) / light;
        if (const double variance = dark * light * apart * apart; variance > most) {
            most = variance;
            best = level;
        }
    }
    return best;
}

double Levels::share(int first, int last) const {
    const auto from = counts_.begin() + first, to = counts_.begin() + last + 1;
    return all_ == 0 ? 0 : std::accumulate(from, to, 0.0) / all_;
}

bool is_bilevel(const cv::Mat& gray) { return Levels(gray).share(kBlack, kWhite) < kGrey; }

cv::Mat mean_within(const cv::Mat& values, const cv::Mat& mask, int window) {
    cv::Mat sum, weight, mean;
    values.copyTo(sum, mask);
    sum.convertTo(sum, CV_32F);
    mask.convertTo(weight, CV_32F, 1.0 / 255);
    const cv::Size around(window, window);
    cv::boxFilter(sum, sum, CV_32F, around, {-1, -1}, false, cv::BORDER_CONSTANT);
    cv::boxFilter(weight, weight, CV_32F, around, {-1, -1}, false, cv::BORDER_CONSTANT);
    cv::divide(sum, cv::max(weight, 1.0), mean);
    return mean;
}

cv::Mat paper_across(const cv::Mat& gray, const cv::Mat& without) {
    std::vector<cv::Mat> sums(1), weights(1);
    cv::bitwise_not(without, weights[0]);
    weights[0].convertTo(weights[0], CV_32F, 1.0 / 255);
    gray.convertTo(sums[0], CV_32F);
    sums[0] = sums[0].mul(weights[0]);
    while (std::min(sums.back().rows, sums.back().cols) > 1)
        for (auto* of : {&sums, &weights}) {
            cv::Mat half;
            cv::resize(of->back(), half, {of->back().cols / 2, of->back().rows / 2}, 0, 0, cv::INTER_AREA);
            of->push_back(half);
        }
    const bool none = cv::countNonZero(without) == static_cast<int>(without.total());
    cv::Mat level(sums.back().size(), CV_32F, none ? cv::Scalar(255) : cv::mean(gray, ~without));
    for (std::size_t i = sums.size(); i-- > 0;) {
        cv::resize(level, level, sums[i].size(), 0, 0, cv::INTER_LINEAR);
        cv::Mat known;
        cv::divide(sums[i], weights[i], known);
        known.copyTo(level, weights[i] > 0);
    }
    level.convertTo(level, CV_8U);
    return level;
}

}  // namespace biaod::layout
