#include "layout/cleaning/streaks.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "layout/kernel.hpp"

namespace biaod::layout {
namespace {

constexpr int kBands = 48;           // across the streaks, of which the levels are means
constexpr int kMargins = 2;          // bands at either end
constexpr double kBeside = 0.14;     // character heights to either side, where there is paper: a streak is thinner
constexpr int kDip = 10;             // grey levels
constexpr int kOff = 1;              // px that a band's dip may lie off
constexpr double kSeen = 0.25;       // of the bands dip: along a table's side and in writing none does
constexpr double kDark = 0.9;        // of the bands are darker than the paper around
constexpr double kPaper = 1;         // character heights to either side: there is paper
constexpr double kInMargins = 0.03;  // of a margin's columns may be darker than those beside: more is writing
constexpr int kMost = 8;             // more lines are a form's
constexpr int kBlurred = 1;          // px on either side of a streak
constexpr double kLost = 0.5;        // of the paper's level: print in a streak that darkens by less still stands out

// The mean levels of bands across streaks down the picture, or along its rows, if `level`; CV_8UC1, a row for each.
cv::Mat band_levels(const cv::Mat& gray, bool level) {
    const int along = level ? gray.cols : gray.rows;
    cv::Mat levels(kBands, level ? gray.rows : gray.cols, CV_8UC1);
    std::vector<int> sums(static_cast<std::size_t>(levels.cols));
    for (int band = 0; band < kBands; ++band) {
        const int from = band * along / kBands, to = (band + 1) * along / kBands;
        std::ranges::fill(sums, 0);
        if (level)
            for (int y = 0; y < gray.rows; ++y)
                sums[static_cast<std::size_t>(y)] =
                    std::accumulate(gray.ptr<std::uint8_t>(y) + from, gray.ptr<std::uint8_t>(y) + to, 0);
        else
            for (int y = from; y < to; ++y)
                std::transform(sums.begin(), sums.end(), gray.ptr<std::uint8_t>(y), sums.begin(), std::plus<int>());
        std::ranges::transform(sums, levels.ptr<std::uint8_t>(band),
                               [&](int sum) { return static_cast<std::uint8_t>(sum / (to - from)); });
    }
    return levels;
}

// Where they dip; CV_8UC1, a row for each band.
cv::Mat find_dips(const cv::Mat& levels, int beside) {
    cv::Mat dips = cv::Mat::zeros(levels.size(), CV_8UC1);
    for (int y = 0; y < levels.rows; ++y) {
        const auto* of_band = levels.ptr<std::uint8_t>(y);
        for (int x = beside; x < levels.cols - beside; ++x)
            dips.at<std::uint8_t>(y, x) = std::min(of_band[x - beside], of_band[x + beside]) - of_band[x] >= kDip;
    }
    return dips;
}

// Whether a column of dips is that of a streak; beside rulings and writing it does not dip, but is `dark`.
bool is_streak(const cv::Mat& dips, const cv::Mat& dark, int x) {
    for (int y = 0; y < kMargins; ++y)
        if (dips.at<std::uint8_t>(y, x) == 0 || dips.at<std::uint8_t>(kBands - 1 - y, x) == 0) return false;
    return cv::countNonZero(dips.col(x)) >= kSeen * kBands && cv::countNonZero(dark.col(x)) >= kDark * kBands;
}

// The columns (or the rows, if `level`) of streaks.
std::vector<cv::Range> find_streaks(const cv::Mat& gray, bool level, double char_height) {
    const int beside = std::max(4, cvRound(kBeside * char_height));
    const int along = level ? gray.cols : gray.rows, across = level ? gray.rows : gray.cols;
    if (along < 2 * kBands || across <= 2 * beside) return {};
    const cv::Mat levels = band_levels(gray, level);
    cv::Mat dips = find_dips(levels, beside), paper;
    for (const cv::Range& margin : {cv::Range(0, kMargins), cv::Range(kBands - kMargins, kBands)})
        if (cv::countNonZero(dips.rowRange(margin)) > kInMargins * kMargins * across) return {};
    cv::dilate(levels, paper, box_kernel(2 * cvRound(kPaper * char_height) + 1, 1));
    cv::Mat dark = paper - levels >= kDip;
    for (cv::Mat* of : {&dips, &dark}) cv::dilate(*of, *of, box_kernel(2 * kOff + 1, 1));
    std::vector<cv::Range> streaks;
    for (int x = 0; x < across; ++x) {
        if (!is_streak(dips, dark, x)) continue;
        if (streaks.empty() || x > streaks.back().end)
            streaks.emplace_back(x, x + 1);
        else
            streaks.back().end = x + 1;
    }
    const auto thick = [&](const cv::Range& streak) { return streak.size() > 2 * beside; };
    if (std::ssize(streaks) > kMost || std::ranges::any_of(streaks, thick)) return {};
    return streaks;
}

// What column `x` is like in the margins, where nothing is printed: how light two columns beside it are, and by how
// much it is darker.
struct Shade {
    double paper, darker;
};

Shade shade_of(const cv::Mat& gray, int x, int left, int right) {
    const int margin = kMargins * gray.rows / kBands;
    const auto level = [&](int column) {
        const cv::Mat of = gray.col(column);
        return (cv::mean(of.rowRange(0, margin))[0] + cv::mean(of.rowRange(gray.rows - margin, gray.rows))[0]) / 2;
    };
    const double paper = (level(left) + level(right)) / 2;
    return {paper, std::max(0.0, paper - level(x))};
}

}  // namespace

cv::Mat erase_streaks(cv::Mat& gray, double char_height) {
    cv::Mat where;
    for (const bool level : {false, true}) {
        const std::vector<cv::Range> streaks = find_streaks(gray, level, char_height);
        if (streaks.empty()) continue;
        cv::Mat upright = level ? cv::Mat(gray.t()) : gray;
        cv::Mat found = cv::Mat::zeros(upright.size(), CV_8UC1);
        for (const cv::Range& streak : streaks) {
            const int left = std::max(0, streak.start - kBlurred - 1);
            const int right = std::min(upright.cols - 1, streak.end + kBlurred);
            for (int x = left + 1; x < right; ++x) {
                const Shade shade = shade_of(upright, x, left, right);
                cv::Mat column = upright.col(x);
                column += shade.darker;
                if (shade.darker > kLost * shade.paper) found.col(x).setTo(255);
            }
        }
        if (level) {
            cv::transpose(upright, gray);
            cv::transpose(found, found);
        }
        if (cv::countNonZero(found) > 0) where = where.empty() ? found : where | found;
    }
    return where;
}

}  // namespace biaod::layout
