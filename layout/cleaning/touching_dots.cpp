#include "layout/cleaning/touching_dots.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "layout/kernel.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kChanges = 0.25;      // of the steps from point to point differ: in writing fewer than 0.2
constexpr double kManyChanges = 0.33;  // the same about each point,
constexpr double kChangeWindow = 0.4;  // in a window of this size
constexpr double kCharacter = 1.1;     // no stroke of a character is farther from dots
constexpr int kStrokeWindow = 5;       // px
constexpr double kNearlyBlack = 0.85;  // of that window: a stroke, whatever the dots cover
constexpr double kDenser = 0.65;       // of the way from the dots' share to black: a stroke among them,
constexpr double kShortest = 0.35;     // if it is as long
constexpr double kRulingInked = 0.96;  // of a ruling's length, where
constexpr double kLevel = 3;           // so much of a level one
constexpr double kUpright = 1.5;       // or an upright one is seen: a row is higher
constexpr double kOvershoot = 0.25;    // that dots may lengthen one by

const cv::Point kSteps[] = {{1, 0}, {0, 1}};

// Where a point differs from the next one in the direction of the step.
cv::Mat changes_of(const cv::Mat& ink, const cv::Point& step) {
    cv::Mat changes = cv::Mat::zeros(ink.size(), CV_8UC1);
    const cv::Rect rest(0, 0, ink.cols - step.x, ink.rows - step.y);
    if (!rest.empty()) cv::bitwise_xor(ink(rest), ink(rest + step), changes(rest));
    return changes;
}

// The mean of the `points` (0 or 255), 0..255, in each square and its eight neighbours.
cv::Mat mean_about(const cv::Mat& points, cv::Size squares, int square) {
    cv::Mat whole, out;
    cv::copyMakeBorder(points, whole, 0, squares.height * square - points.rows, 0, squares.width * square - points.cols,
                       cv::BORDER_CONSTANT, cv::Scalar(0));
    cv::resize(whole, out, squares, 0, 0, cv::INTER_AREA);
    cv::blur(out, out, {3, 3}, {-1, -1}, cv::BORDER_CONSTANT);
    return out;
}

// What of the ink lies in a window around each point, 0..1.
cv::Mat inked_share(const cv::Mat& ink, cv::Size window) {
    cv::Mat share;
    cv::boxFilter(ink, share, CV_32F, window, {-1, -1}, true, cv::BORDER_CONSTANT);
    return share / 255;
}

// The pieces of `dense` that are as long as strokes.
cv::Mat long_pieces(const cv::Mat& dense, double least) {
    cv::Mat out = cv::Mat::zeros(dense.size(), CV_8UC1);
    const Runs runs = find_runs(dense);
    const Pieces pieces = connect(runs);
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const cv::Rect& box = pieces.all[static_cast<std::size_t>(pieces.of_run[i])].box;
        if (std::max(box.width, box.height) > least)
            out(cv::Rect(runs[i].from, runs[i].y, runs[i].length(), 1)).setTo(255);
    }
    return out;
}

// The lines, level or upright, of which nearly all is inked over `least` px.
cv::Mat lines_of(const cv::Mat& ink, bool level, int least, int overshoot) {
    const auto along = [&](int length) { return level ? cv::Size(length, 1) : cv::Size(1, length); };
    const cv::Size sure = along(std::max(1, odd(least - 2 * overshoot)));
    cv::Mat lines;
    cv::dilate(inked_share(ink, along(least)) > kRulingInked, lines, box_kernel(sure.width, sure.height));
    return lines;
}

}  // namespace

cv::Mat squares_of_touching_dots(const cv::Mat& ink, cv::Size squares, int square) {
    cv::Mat touching = mean_about(ink, squares, square) > kTouchingShare * 255;
    if (cv::countNonZero(touching) == 0) return touching;
    for (const cv::Point& step : kSteps)
        touching &= mean_about(changes_of(ink, step), squares, square) > kChanges * 255;
    return touching;
}

double share_of_dots(const cv::Mat& ink, const cv::Mat& area) {
    cv::Mat strokes;
    cv::dilate(inked_share(ink, {kStrokeWindow, kStrokeWindow}) > kNearlyBlack, strokes,
               box_kernel(2 * kStrokeWindow - 1));
    return cv::mean(ink, area & ~strokes)[0] / 255;
}

cv::Mat reach_of_touching_dots(const cv::Mat& ink, double char_height) {
    const int window = odd(kChangeWindow * char_height);
    cv::Mat reach(ink.size(), CV_8UC1, cv::Scalar(255));
    for (const cv::Point& step : kSteps) reach &= inked_share(changes_of(ink, step), {window, window}) > kManyChanges;
    cv::morphologyEx(reach, reach, cv::MORPH_CLOSE, box_kernel(odd(kCharacter * char_height)));
    cv::dilate(reach, reach, box_kernel(window / 2 + 1));
    return reach;
}

cv::Mat strokes_among_touching_dots(const cv::Mat& ink, double share, double char_height) {
    const cv::Mat dense = inked_share(ink, {kStrokeWindow, kStrokeWindow}) > share + kDenser * (1 - share);
    const int overshoot = cvRound(kOvershoot * char_height);
    return ink &
           (long_pieces(dense, kShortest * char_height) | lines_of(ink, true, odd(kLevel * char_height), overshoot) |
            lines_of(ink, false, odd(kUpright * char_height), overshoot));
}

}  // namespace biaod::layout
