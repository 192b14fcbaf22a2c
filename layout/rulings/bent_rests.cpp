#include "layout/rulings/bent_rests.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "layout/rulings/page_rulings.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kReach = 0.16;     // beside what was erased; a digit stands farther from its cell's sides
constexpr double kLongest = 1.25;   // longer than strokes of writing,
constexpr double kTouching = 0.95;  // or than those that touch what was erased
constexpr double kThickest = 0.1;   // of one stroke; a double ruling is as thick as both
constexpr int kThicker = 1;         // px than the ruling
constexpr double kGap = 0.05;       // along it

// The stroke that is nearest to column 0 of a row, from and to which column; none: empty.
cv::Range nearest_stroke(const std::uint8_t* row, int reach, int thickest) {
    const int from = static_cast<int>(std::find(row, row + reach, 255) - row);
    if (from == reach) return {};
    const int to = static_cast<int>(std::find(row + from, row + reach + thickest, 0) - row);
    return to - from <= thickest ? cv::Range(from, to) : cv::Range();
}

// Marks the rests in `beside` (CV_8UC1, 255 = ink), whose rows run across the ruling, away from it.
cv::Mat rests_beside(const cv::Mat& beside, int reach, int thickest, double unit) {
    const int gap = std::max(1, cvRound(kGap * unit));
    cv::Mat rests = cv::Mat::zeros(beside.size(), CV_8UC1);
    std::vector<cv::Range> strokes(static_cast<std::size_t>(beside.rows));
    for (int y = 0; y < beside.rows; ++y)
        strokes[static_cast<std::size_t>(y)] = nearest_stroke(beside.ptr<std::uint8_t>(y), reach, thickest);
    const auto at = [&](int row) { return strokes[static_cast<std::size_t>(row)]; };
    std::vector<int> rows;  // of one stroke along the ruling
    for (int y = 0; y < beside.rows; y = rows.empty() ? y + 1 : rows.back() + 1) {
        rows.clear();
        if (at(y).empty()) continue;
        rows.push_back(y);
        for (int next = y + 1; next < beside.rows && next <= rows.back() + gap + 1; ++next)
            if (!at(next).empty() && std::abs(at(next).start - at(rows.back()).start) <= 1) rows.push_back(next);
        const bool touches = std::ranges::any_of(rows, [&](int row) { return at(row).start == 0; });
        if (rows.back() + 1 - y >= (touches ? kTouching : kLongest) * unit)
            for (const int row : rows) rests.row(row).colRange(at(row)).setTo(255);
    }
    return rests;
}

}  // namespace

cv::Mat find_bent_rests(const std::vector<Ruling>& rulings, double char_height, const cv::Mat& faint) {
    const int reach = cvRound(kReach * char_height);
    const cv::Range down(0, faint.rows), along(0, faint.cols);
    cv::Mat all;
    for (const Ruling& r : rulings) {
        const double half = r.thickness / 2 + kErasedBeside;
        const int thickest = cvCeil(std::min(r.thickness, kThickest * char_height)) + kThicker;
        const cv::Range length = cv::Range(cvFloor(r.from), cvCeil(r.to)) & (r.horizontal ? along : down);
        for (const bool before : {false, true}) {
            const int from = before ? cvFloor(r.at - half) - reach - thickest : cvCeil(r.at + half);
            const cv::Range across(from, from + reach + thickest);
            if ((across & (r.horizontal ? down : along)) != across || length.empty()) continue;
            const cv::Range& rows = r.horizontal ? across : length;
            const cv::Range& columns = r.horizontal ? length : across;
            cv::Mat beside = r.horizontal ? transposed(faint(rows, columns)) : faint(rows, columns).clone();
            if (before) cv::flip(beside, beside, 1);
            cv::Mat rests = rests_beside(beside, reach, thickest, char_height);
            if (cv::countNonZero(rests) == 0) continue;
            if (before) cv::flip(rests, rests, 1);
            if (all.empty()) all = cv::Mat::zeros(faint.size(), CV_8UC1);
            all(rows, columns) |= r.horizontal ? transposed(rests) : rests;
        }
    }
    return all;
}

}  // namespace biaod::layout
