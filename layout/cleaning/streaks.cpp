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
constexpr double kSeen = 0.65;       // of the bands: among dense writing it is not seen
constexpr double kInMargins = 0.03;  // of a margin's columns may be darker than those beside: more is writing
constexpr int kMost = 8;             // more lines are a form's
constexpr int kBlurred = 1;          // px on either side of a streak

// The mean levels of bands across streaks down the picture, or along its rows, if `level`; CV_32SC1, a row for each.
cv::Mat band_levels(const cv::Mat& gray, bool level) {
    cv::Mat levels = cv::Mat::zeros(kBands, level ? gray.rows : gray.cols, CV_32SC1);
    for (int band = 0; band < kBands; ++band) {
        auto* sums = levels.ptr<int>(band);
        const int along = level ? gray.cols : gray.rows;
        const int from = band * along / kBands, to = (band + 1) * along / kBands;
        if (level)
            for (int y = 0; y < gray.rows; ++y)
                sums[y] = std::accumulate(gray.ptr<std::uint8_t>(y) + from, gray.ptr<std::uint8_t>(y) + to, 0);
        else
            for (int y = from; y < to; ++y)
                std::transform(sums, sums + gray.cols, gray.ptr<std::uint8_t>(y), sums, std::plus<int>());
        std::transform(sums, sums + levels.cols, sums, [&](int sum) { return sum / (to - from); });
    }
    return levels;
}

// Where they dip; CV_8UC1, a row for each band.
cv::Mat find_dips(const cv::Mat& gray, bool level, int beside) {
    const cv::Mat levels = band_levels(gray, level);
    cv::Mat dips = cv::Mat::zeros(levels.size(), CV_8UC1);
    for (int y = 0; y < levels.rows; ++y) {
        const auto* of_band = levels.ptr<int>(y);
        for (int x = beside; x < levels.cols - beside; ++x)
            dips.at<std::uint8_t>(y, x) = std::min(of_band[x - beside], of_band[x + beside]) - of_band[x] >= kDip;
    }
    return dips;
}

// Whether a column of dips is that of a streak.
bool is_streak(const cv::Mat& dips, int x) {
    int seen = 0;
    for (int y = 0; y < kMargins; ++y)
        if (dips.at<std::uint8_t>(y, x) == 0 || dips.at<std::uint8_t>(kBands - 1 - y, x) == 0) return false;
    for (int y = 0; y < kBands; ++y) seen += dips.at<std::uint8_t>(y, x);
    return seen >= kSeen * kBands;
}

// The columns (or the rows, if `level`) of streaks.
std::vector<cv::Range> find_streaks(const cv::Mat& gray, bool level, double char_height) {
    const int beside = std::max(4, cvRound(kBeside * char_height));
    const int along = level ? gray.cols : gray.rows, across = level ? gray.rows : gray.cols;
    if (along < 2 * kBands || across <= 2 * beside) return {};
    cv::Mat dips = find_dips(gray, level, beside);
    for (const cv::Range& margin : {cv::Range(0, kMargins), cv::Range(kBands - kMargins, kBands)})
        if (cv::countNonZero(dips.rowRange(margin)) > kInMargins * kMargins * across) return {};
    cv::dilate(dips, dips, box_kernel(2 * kOff + 1, 1));
    std::vector<cv::Range> streaks;
    for (int x = 0; x < across; ++x) {
        if (!is_streak(dips, x)) continue;
        if (streaks.empty() || x > streaks.back().end)
            streaks.emplace_back(x, x + 1);
        else
            streaks.back().end = x + 1;
    }
    const auto thick = [&](const cv::Range& streak) { return streak.size() > 2 * beside; };
    if (std::ssize(streaks) > kMost || std::ranges::any_of(streaks, thick)) return {};
    return streaks;
}

// By how much column `x` is darker than two beside it; where nothing is printed, as on most of a page.
int darkening(const cv::Mat& gray, int x, int left, int right) {
    std::vector<int> steps;
    for (int y = 0; y < gray.rows; ++y) {
        const auto* row = gray.ptr<std::uint8_t>(y);
        steps.push_back((row[left] + row[right]) / 2 - row[x]);
    }
    const auto middle = steps.begin() + std::ssize(steps) / 2;
    std::nth_element(steps.begin(), middle, steps.end());
    return std::max(0, *middle);
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
                cv::Mat column = upright.col(x);
                column += darkening(upright, x, left, right);
            }
            found.colRange(left + 1, right).setTo(255);
        }
        if (level) {
            cv::transpose(upright, gray);
            cv::transpose(found, found);
        }
        where = where.empty() ? found : where | found;
    }
    return where;
}

}  // namespace biaod::layout
