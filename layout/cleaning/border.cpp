#include "layout/cleaning/border.hpp"

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "layout/cleaning/sheet.hpp"
#include "layout/kernel.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

constexpr int kScale = 8;                  // the border is looked for in a picture so many times smaller
constexpr int kBlack = 45;                 // grey levels: darker than paper in any shadow
constexpr double kDark = 0.75;             // of the paper's level: as dark as this are desks below a photographed page
constexpr double kLightWindow = 12;        // character heights across: paper is to be seen in it
constexpr double kWidestRim = 1;           // character heights
constexpr double kPaperShare = 0.2;        // of the picture is at least as light as its paper
constexpr double kStroke = 0.6;            // of the level around it,
constexpr int kLevelWindow = 31;           // so many small px across: it changes with the light
constexpr double kStrokeShare = 5e-4;      // of a dark piece: more is writing, less the desk's grain
constexpr double kDeskStrokeShare = 4e-3;  // of what lies beyond a straight edge: more is writing in a fill
constexpr int kBeside = 2;                 // small px on either side of a dark piece's end
constexpr double kSharp = 0.15;            // of the level beyond it
constexpr double kShortest = 0.1;          // of the picture's smaller side
constexpr double kThickest = 0.5;          // character heights: of a ruling
constexpr int kPaperWindow = 5;            // small px across: paper is to be seen in it

// For each piece, the most of its points that lie on one edge of the picture.
std::vector<int> lengths_along_edges(const Runs& runs, const Pieces& pieces, cv::Size size) {
    std::vector<std::array<int, 4>> on_edges(pieces.all.size());
    for (std::size_t i = 0; i < runs.size(); ++i) {
        auto& [left, right, top, bottom] = on_edges[static_cast<std::size_t>(pieces.of_run[i])];
        left += runs[i].from == 0;
        right += runs[i].to == size.width;
        if (runs[i].y == 0) top += runs[i].length();
        if (runs[i].y == size.height - 1) bottom += runs[i].length();
    }
    std::vector<int> longest;
    for (const auto& lengths : on_edges) longest.push_back(*std::ranges::max_element(lengths));
    return longest;
}

// The level that so much of the picture is lighter than.
int level_above_which(const cv::Mat& gray, double share) {
    std::vector<std::uint8_t> levels(gray.begin<std::uint8_t>(), gray.end<std::uint8_t>());
    const auto place =
        levels.begin() + static_cast<std::ptrdiff_t>((1 - share) * static_cast<double>(levels.size() - 1));
    std::nth_element(levels.begin(), place, levels.end());
    return *place;
}

// What of `mask` is at least so thick. Beyond the picture's edge it goes on.
cv::Mat thick_pieces(const cv::Mat& mask, int thick) {
    cv::Mat wide;
    cv::copyMakeBorder(mask, wide, thick, thick, thick, thick, cv::BORDER_REPLICATE);
    cv::morphologyEx(wide, wide, cv::MORPH_OPEN, box_kernel(thick));
    return wide(cv::Rect({thick, thick}, mask.size())).clone();
}

// Whether strokes are to be seen in a dark piece of the picture: then it is paper in a shadow.
bool holds_writing(const cv::Mat& gray, const cv::Mat& small, const cv::Mat& piece, double least_share) {
    cv::Mat inner;
    cv::erode(piece, inner, box_kernel(3));
    const int inside = cv::countNonZero(inner);
    if (inside == 0) return false;
    cv::Mat level, weight;
    small.copyTo(level, inner);
    const cv::Size around(kLevelWindow, kLevelWindow);
    cv::boxFilter(level, level, CV_32F, around, {-1, -1}, false);
    cv::boxFilter(inner / 255, weight, CV_32F, around, {-1, -1}, false);
    level = kStroke * level / weight;
    level.convertTo(level, CV_8U);
    cv::resize(level, level, gray.size(), 0, 0, cv::INTER_NEAREST);
    cv::resize(inner, inner, gray.size(), 0, 0, cv::INTER_NEAREST);
    const cv::Mat strokes = (gray < level) & inner;
    return cv::countNonZero(strokes) > least_share * cv::countNonZero(inner);
}

// Whether the level changes at once where a dark piece of the small picture ends: in a shadow it changes bit by bit.
bool ends_sharply(const cv::Mat& small, const cv::Mat& piece) {
    cv::Mat near, far, inner;
    cv::dilate(piece, near, box_kernel(3));  // the blurred edge
    cv::dilate(piece, far, box_kernel(2 * kBeside + 3));
    cv::erode(piece, inner, box_kernel(2 * kBeside + 1));
    const cv::Mat outside = far & ~near, inside = piece & ~inner;
    if (cv::countNonZero(outside) == 0) return true;
    const double level = cv::mean(small, outside)[0];
    return level - cv::mean(small, inside)[0] > kSharp * level;
}

// `small`, with each place in `border` given the level of the paper nearest to it. The mean of what is known at half of
// the size, and so on, fills the gaps of each size.
cv::Mat paper_across(const cv::Mat& small, const cv::Mat& border) {
    cv::Mat lightest;
    cv::dilate(small & ~border, lightest, box_kernel(kPaperWindow));  // no writing
    std::vector<cv::Mat> sums(1), weights(1);
    cv::bitwise_not(border, weights[0]);
    weights[0].convertTo(weights[0], CV_32F, 1.0 / 255);
    lightest.convertTo(sums[0], CV_32F);
    sums[0] = sums[0].mul(weights[0]);
    while (std::min(sums.back().rows, sums.back().cols) > 1)
        for (auto* of : {&sums, &weights}) {
            cv::Mat half;
            cv::resize(of->back(), half, {of->back().cols / 2, of->back().rows / 2}, 0, 0, cv::INTER_AREA);
            of->push_back(half);
        }
    cv::Mat level(sums.back().size(), CV_32F, cv::mean(lightest, ~border));
    for (std::size_t i = sums.size(); i-- > 0;) {
        cv::resize(level, level, sums[i].size(), 0, 0, cv::INTER_LINEAR);
        cv::Mat known;
        cv::divide(sums[i], weights[i], known);
        known.copyTo(level, weights[i] > 0);
    }
    level.convertTo(level, CV_8U);
    return level;
}

// Those of the `dark` pieces, with the `black` ones, that lie along an edge of the picture and are no paper.
cv::Mat border_in(const cv::Mat& gray, const cv::Mat& small, const cv::Mat& black, const cv::Mat& dark) {
    // The edges of what is black are dark on either side.
    const Runs runs = find_runs(black | dark);
    const Pieces pieces = connect(runs);
    const std::vector<int> along = lengths_along_edges(runs, pieces, small.size());
    const int shortest = std::max(1, static_cast<int>(kShortest * std::min(small.rows, small.cols)));
    cv::Mat border = cv::Mat::zeros(small.size(), CV_8UC1);
    for (std::size_t at_edge = 0; at_edge < along.size(); ++at_edge) {
        if (along[at_edge] < shortest) continue;
        cv::Mat piece = cv::Mat::zeros(small.size(), CV_8UC1);
        for (std::size_t i = 0; i < runs.size(); ++i)
            if (static_cast<std::size_t>(pieces.of_run[i]) == at_edge)
                piece.row(runs[i].y).colRange(runs[i].from, runs[i].to).setTo(255);
        const bool paper = cv::mean(small, piece)[0] >= kBlack &&
                           (!ends_sharply(small, piece) || holds_writing(gray, small, piece, kStrokeShare));
        border |= paper ? piece & black : piece;
    }
    return border;
}

}  // namespace

void erase_border(cv::Mat& gray, double char_height) {
    cv::Mat small;
    cv::resize(gray, small, {}, 1.0 / kScale, 1.0 / kScale, cv::INTER_AREA);
    if (small.rows < 2 || small.cols < 2) return;
    // A few white pixels, from rounding, may stand between the border and the picture's edge.
    const auto darken = [](cv::Mat outermost, const cv::Mat& next) { cv::min(outermost, next, outermost); };
    darken(small.row(0), small.row(1));
    darken(small.row(small.rows - 1), small.row(small.rows - 2));
    darken(small.col(0), small.col(1));
    darken(small.col(small.cols - 1), small.col(small.cols - 2));
    cv::Mat border = cv::Mat::zeros(small.size(), CV_8UC1);
    for (const cv::Mat& beyond : beyond_sheet(small))
        if (!holds_writing(gray, small, beyond, kDeskStrokeShare)) border |= beyond;
    // What is dark on the sheet beside that is a shadow.
    const cv::Mat inside = ~border;
    const int thick = std::max(3, cvCeil(kThickest * char_height / kScale) | 1);  // odd: opening keeps the place
    const double dark = std::max<double>(kBlack, kDark * level_above_which(small, kPaperShare));
    const cv::Mat black = thick_pieces(small < kBlack, thick) & inside;
    border |= border_in(gray, small, black, thick_pieces(small < dark, thick + 2) & inside);
    // In an uneven light a dim part of the page is as dark as the desk beside it, and a rim of that goes with it; but
    // the rim is darker than what is around.
    cv::Mat around, rim = cv::Mat::zeros(small.size(), CV_8UC1);
    cv::dilate(small, around, box_kernel(cvCeil(kLightWindow * char_height / kScale) | 1));
    cv::rectangle(rim, {{0, 0}, small.size()}, 255, 2 * cvCeil(kWidestRim * char_height / kScale) - 1);
    border |= border_in(gray, small, black, thick_pieces(small < kDark * around, thick + 2) & inside & rim);
    if (cv::countNonZero(border) == 0) return;
    cv::dilate(border, border, box_kernel(5));  // the blurred edge
    if (cv::countNonZero(~border) == 0) {       // and no paper
        gray.setTo(255);
        return;
    }
    cv::Mat paper = paper_across(small, border);
    cv::resize(paper, paper, gray.size(), 0, 0, cv::INTER_LINEAR);
    cv::resize(border, border, gray.size(), 0, 0, cv::INTER_NEAREST);
    paper.copyTo(gray, border);
}

}  // namespace biaod::layout
