#include "layout/cleaning/levels.hpp"

#include <cstdint>
#include <numeric>

namespace biaod::layout {
namespace {

constexpr double kDarkest = 0.0005;
constexpr std::size_t kFine = 4'000'000;  // px: of a page more tell no more

}  // namespace

Levels::Levels(const cv::Mat& gray) {
    // In turn into several: most of a page is white, and a count waits for the one before of the same level.
    constexpr int kTurns = 4;
    std::array<int, 256> counts[kTurns] = {};
    const int step = gray.total() > kFine ? 4 : 2;
    for (int y = 0; y < gray.rows; y += step) {
        const auto* row = gray.ptr<std::uint8_t>(y);
        for (int x = 0; x < gray.cols; x += 2) ++counts[x / 2 % kTurns][row[x]];
    }
    for (const auto& of_turn : counts)
        for (std::size_t level = 0; level < counts_.size(); ++level) counts_[level] += of_turn[level];
    all_ = std::accumulate(counts_.begin(), counts_.end(), 0.0);
}

int Levels::darkest() const {
    double seen = 0;
    for (int level = 0; level < 256; ++level)
        if ((seen += counts_[static_cast<std::size_t>(level)]) > kDarkest * all_) return level;
    return 255;
}

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

}  // namespace biaod::layout
