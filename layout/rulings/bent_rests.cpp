#include "layout/rulings/bent_rests.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>

#include "layout/kernel.hpp"
#include "layout/rulings/page_rulings.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kReach = 0.16;    // beside what was erased; a digit stands farther from its cell's sides
constexpr double kLongest = 1.25;  // longer than strokes of writing,
constexpr double kTouching = 0.8;  // or than those that touch what was erased
constexpr int kThicker = 1;        // px than the ruling
constexpr int kGap = 2;            // px along it

// The stroke that is nearest to column 0 of a row, from and to which column; none: empty.
cv::Range nearest_stroke(const std::uint8_t* row, int reach, int thickest) {
    const int from = static_cast<int>(std::find(row, row + reach, 255) - row);
    if (from == reach) return {};
    const int to = static_cast<int>(std::find(row + from, row + reach + thickest, 0) - row);
    return to - from <= thickest ? cv::Range(from, to) : cv::Range();
}

// Marks the rests in `beside` (CV_8UC1, 255 = ink), whose rows run across the ruling, away from it.
cv::Mat find_rests(const cv::Mat& beside, int reach, int thickest, double unit) {
    cv::Mat rests = cv::Mat::zeros(beside.size(), CV_8UC1);
    std::vector<cv::Range> strokes(static_cast<std::size_t>(beside.rows));
    for (int y = 0; y < beside.rows; ++y)
        strokes[static_cast<std::size_t>(y)] = nearest_stroke(beside.ptr<std::uint8_t>(y), reach, thickest);
    for (int y = 0; y < beside.rows;) {
        const auto at = [&](int row) { return strokes[static_cast<std::size_t>(row)]; };
        if (at(y).empty()) {
            ++y;
            continue;
        }
        int last = y;
        bool touches = at(y).start == 0;
        for (int next = y + 1; next < beside.rows && next <= last + kGap + 1; ++next)
            if (!at(next).empty() && std::abs(at(next).start - at(last).start) <= 1) {
                last = next;
                touches = touches || at(next).start == 0;
            }
        if (last + 1 - y >= (touches ? kTouching : kLongest) * unit)
            for (int row = y; row <= last; ++row)
                if (!at(row).empty()) rests.row(row).colRange(at(row)).setTo(255);
        y = last + 1;
    }
    return rests;
}

}  // namespace

void erase_bent_rests(const std::vector<Ruling>& rulings, double unit, cv::Mat& faint, cv::Mat& text, cv::Mat& gray) {
    erase_rulings(rulings, faint, 0);
    const int reach = cvRound(kReach * unit);
    for (const Ruling& r : rulings) {
        const double half = r.thickness / 2 + kErasedBeside;
        const int thickest = cvCeil(r.thickness) + kThicker, from = cvFloor(r.from), length = cvCeil(r.to) - from;
        for (const bool before : {false, true}) {
            const int across = before ? cvFloor(r.at - half) - reach - thickest : cvCeil(r.at + half);
            const cv::Rect box = r.horizontal ? cv::Rect(from, across, length, reach + thickest)
                                              : cv::Rect(across, from, reach + thickest, length);
            const cv::Rect page({0, 0}, text.size());
            if ((box & page) != box) continue;
            cv::Mat beside = faint(box).clone();
            const auto turn = [&](cv::Mat& strip) {
                if (r.horizontal) cv::transpose(strip, strip);
            };
            turn(beside);
            if (before) cv::flip(beside, beside, 1);
            cv::Mat rests = find_rests(beside, reach, thickest, unit);
            if (before) cv::flip(rests, rests, 1);
            turn(rests);
            text(box).setTo(0, rests);
            cv::dilate(rests, rests, box_kernel(3));
            gray(box).setTo(255, rests);
        }
    }
}

}  // namespace biaod::layout
