#include "layout/cleaning/touching_dots.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "layout/kernel.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kLeastHeight = 20;      // px, as at 140 dpi: in smaller writing points change as often as among dots
constexpr double kChanges = 0.25;        // of the steps from point to point differ: in writing fewer than 0.2
constexpr double kManyChanges = 0.33;    // the same about each point,
constexpr double kChangeWindow = 0.4;    // in a window of this size
constexpr double kCharacter = 1.1;       // no stroke of a character is farther from dots
constexpr int kStrokeWindow = 5;         // px
constexpr double kNearlyBlack = 0.85;    // of that window: a stroke, whatever the dots cover
constexpr double kStroke = 0.31;         // of a character, that is straight,
constexpr double kWithHoles = 0.9;       // of the way from the dots' share to black
constexpr double kLongestStroke = 0.65;  // that is looked for
constexpr double kThinnest = 2;          // px wide, at least,
constexpr int kDirections = 16;          // in one of these
constexpr double kSure = 5.6;            // standard deviations above the dots' share, or
constexpr double kAll = 0.999;           // of it is inked
constexpr double kShortest = 0.41;       // of strokes that hold on to each other
constexpr double kRulingInked = 0.96;    // of a ruling's length, where
constexpr double kLevel = 3;             // so much of a level one
constexpr double kUpright = 1.5;         // or an upright one is seen: a row is higher
constexpr double kOvershoot = 0.25;      // that dots may lengthen one by

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

// A straight line through the middle, as wide as the thinnest strokes.
cv::Mat stroke_kernel(double length, double radians) {
    const int reach = cvCeil(length / 2);
    cv::Mat kernel = cv::Mat::zeros(2 * reach + 1, 2 * reach + 1, CV_8UC1);
    for (int y = -reach; y <= reach; ++y)
        for (int x = -reach; x <= reach; ++x) {
            const double along = x * std::cos(radians) + y * std::sin(radians);
            const double across = y * std::cos(radians) - x * std::sin(radians);
            const bool inside = std::abs(along) <= length / 2 && across > -kThinnest / 2 && across <= kThinnest / 2;
            kernel.at<std::uint8_t>(y + reach, x + reach) = inside ? 1 : 0;
        }
    return kernel;
}

// How long a line must be, px, for a stroke with some holes in it to be told from dots.
double telling_length(double share, double char_height) {
    const double points = kSure * kSure * share / ((1 - share) * kWithHoles * kWithHoles);
    return std::min(std::max(kStroke * char_height, points / kThinnest), kLongestStroke * char_height);
}

// The straight lines, in some direction, on which more is inked than dots that cover a share of the points come to by
// chance.
cv::Mat lines_by_no_chance(const cv::Mat& ink, double share, double length) {
    cv::Mat lines = cv::Mat::zeros(ink.size(), CV_8UC1), inked, along, back;
    for (int i = 0; i < kDirections; ++i) {
        const cv::Mat kernel = stroke_kernel(length, i * std::numbers::pi / kDirections);
        const int points = cv::countNonZero(kernel);
        const double least = std::min(share + kSure * std::sqrt(share * (1 - share) / points), kAll);
        cv::filter2D(ink, inked, CV_32F, kernel, {-1, -1}, 0, cv::BORDER_CONSTANT);
        // Half of it is surely the stroke's: dots beyond its ends may have lengthened it.
        cv::flip(stroke_kernel(length / 2, i * std::numbers::pi / kDirections), back, -1);
        cv::dilate(inked > least * points * 255, along, back);
        lines |= along;
    }
    return lines;
}

// The lines, level or upright, of which nearly all is inked over `least` px.
cv::Mat lines_of(const cv::Mat& ink, bool level, int least, int overshoot) {
    const auto along = [&](int length) { return level ? cv::Size(length, 1) : cv::Size(1, length); };
    const cv::Size sure = along(least - 2 * overshoot);
    cv::Mat lines;
    cv::dilate(inked_share(ink, along(least)) > kRulingInked, lines, box_kernel(sure.width, sure.height));
    return lines;
}

}  // namespace

cv::Mat squares_of_touching_dots(const cv::Mat& ink, cv::Size squares, int square, double char_height) {
    if (char_height < kLeastHeight) return cv::Mat::zeros(squares, CV_8UC1);
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
    const cv::Mat strokes = ink & lines_by_no_chance(ink, share, telling_length(share, char_height));
    const int overshoot = cvRound(kOvershoot * char_height);
    const auto is_long = [&](const Piece& piece) {
        return std::max(piece.box.width, piece.box.height) > kShortest * char_height;
    };
    return pieces_where(strokes, is_long) | (ink & (lines_of(ink, true, odd(kLevel * char_height), overshoot) |
                                                    lines_of(ink, false, odd(kUpright * char_height), overshoot)));
}

}  // namespace biaod::layout
