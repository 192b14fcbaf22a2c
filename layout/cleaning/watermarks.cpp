#include "layout/cleaning/watermarks.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "layout/cleaning/blocks.hpp"
#include "layout/cleaning/levels.hpp"
#include "layout/kernel.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

constexpr int kLeastSide = 64;   // px
constexpr int kBlock = 2;        // px: letters are looked for in a picture so many times smaller
constexpr int kLeastStroke = 3;  // small px; print that is blurred is as broad as less
constexpr double kFull = 255;
constexpr double kNearlyPaper = 0.94;
constexpr double kPale = 0.5;             // of the step from the darkest ink to paper; print is darker
constexpr double kLeastContrast = 60;     // grey levels between ink and paper
constexpr double kSameLevel = 0.04;       // of the paper's
constexpr double kDarkerThanLevel = 0.1;  // of the paper's: what is printed on a letter
constexpr double kFilled = 0.8;           // of its box
constexpr double kAlike = 0.6;            // of the pieces' area

constexpr double kLeastArea = 4;  // in squares of a character's height; what is dense in writing is less

// In character heights.
constexpr double kStroke = 0.22;     // thicker than those of writing are
constexpr double kCellHeight = 1.1;  // at least, of the backgrounds of cells,
constexpr double kLongGround = 8;    // and of them joined, in either direction
constexpr double kBroad = 1.3;       // than a line of writing
constexpr double kLong = 1.8;        // of a piece
constexpr double kBroadest = 3;      // of letters' strokes
constexpr double kPrintAcross = 1;   // of lines of print across a letter
constexpr double kNear = 5;          // around a letter, its other pieces
constexpr double kLetter = 12;       // of a letter, on both sides of any stroke of it together
constexpr double kAround = 0.5;      // of what goes with a letter, on both sides together

constexpr int kFew = 2;  // pieces

// The level of the paper beside letters, and of what is broader than their strokes: shadows, backgrounds.
cv::Mat paper_between(const cv::Mat& small, double char_height) {
    constexpr int kCoarser = 4;
    cv::Mat paper = means_of_blocks(small, {kCoarser, kCoarser});
    cv::morphologyEx(paper, paper, cv::MORPH_CLOSE, box_kernel(odd(kBroadest * char_height / kCoarser)));
    return enlarged(paper, kCoarser, small.size());
}

// What a rectangle of a cell's least size lies in, and what is near.
cv::Mat cell_grounds(const cv::Mat& darker, double char_height) {
    const int high = std::max(2, cvRound(kCellHeight * char_height)), wide = cvRound(kLongGround * char_height);
    cv::Mat lying, upright;
    cv::morphologyEx(darker, lying, cv::MORPH_OPEN, box_kernel(wide, high));
    cv::morphologyEx(darker, upright, cv::MORPH_OPEN, box_kernel(high, wide));
    lying |= upright;
    cv::dilate(lying, lying, box_kernel(odd(high)));
    return lying;
}

// Strokes between paper and print; those that fill their boxes are backgrounds of short cells.
struct Marks {
    Runs runs;
    Pieces pieces;
    std::vector<double> levels;  // of the pieces, share of the paper's
    std::vector<bool> below;     // print: some stands beside a piece, and parts it from others

    bool is_stroke(std::size_t piece) const { return pieces.all[piece].area < kFilled * pieces.all[piece].box.area(); }
};

// `near_print` (255) is what is near dark print.
Marks marks_of(const cv::Mat& pale, const cv::Mat& of_paper, const cv::Mat& near_print) {
    Marks marks;
    marks.runs = find_runs(pale);
    marks.pieces = connect(marks.runs);
    marks.levels.resize(marks.pieces.all.size());
    marks.below.resize(marks.pieces.all.size());
    for (std::size_t i = 0; i < marks.runs.size(); ++i) {
        const Run& run = marks.runs[i];
        const auto* row = of_paper.ptr<std::uint8_t>(run.y);
        const auto piece = static_cast<std::size_t>(marks.pieces.of_run[i]);
        marks.levels[piece] = std::accumulate(row + run.from, row + run.to, marks.levels[piece]);
        if (cv::countNonZero(near_print.row(run.y).colRange(run.from, run.to)) > 0) marks.below[piece] = true;
    }
    for (std::size_t i = 0; i < marks.levels.size(); ++i) marks.levels[i] /= kFull * marks.pieces.all[i].area;
    return marks;
}

// The level of the watermark, share of the paper's: about which most of the area of long, broad pieces has its own, if
// there are a few of it, and print stands on a few, as on no title. 0 where there is none.
double level_of(const Marks& marks, double char_height) {
    std::vector<std::pair<double, std::size_t>> by_level;
    const auto area = [&](std::size_t i) { return marks.pieces.all[i].area; };
    double all = 0, lower = 0, alike = 0, common = 0;
    for (std::size_t i = 0; i < marks.levels.size(); ++i) {
        const auto [shorter, longer] = std::minmax(marks.pieces.all[i].box.width, marks.pieces.all[i].box.height);
        if (longer <= kLong * char_height || shorter <= kBroad * char_height || !marks.is_stroke(i)) continue;
        by_level.emplace_back(marks.levels[i], i);
        all += area(i);
    }
    std::ranges::sort(by_level);
    for (const auto& [level, i] : by_level) {
        if (lower < all / 2) common = level;
        lower += area(i);
    }
    int count = 0, below = 0;
    for (const auto& [level, i] : by_level) {
        if (std::abs(level - common) > kSameLevel) continue;
        alike += area(i);
        below += marks.below[i];
        ++count;
    }
    return count >= kFew && alike > kAlike * all && below >= kFew ? common : 0;
}

// Where letters of the `level` are: the marks, with what print leaves of them, and their soft edges.
cv::Mat letters_of(const Marks& marks, double level, const cv::Mat& of_paper, double char_height) {
    cv::Mat sure = cv::Mat::zeros(of_paper.size(), CV_8UC1), near, letters;
    for (std::size_t i = 0; i < marks.runs.size(); ++i) {
        const Run& run = marks.runs[i];
        const auto piece = static_cast<std::size_t>(marks.pieces.of_run[i]);
        if (marks.is_stroke(piece) && std::abs(marks.levels[piece] - level) <= kSameLevel)
            sure.row(run.y).colRange(run.from, run.to).setTo(255);
    }
    cv::dilate(sure, near, box_kernel(odd(kNear * char_height)));
    cv::inRange(of_paper, kFull * (level - kSameLevel), kFull * (level + kSameLevel), letters);
    letters = (letters & near) | sure;
    cv::morphologyEx(letters, letters, cv::MORPH_CLOSE, box_kernel(odd(kPrintAcross * char_height)));
    cv::dilate(letters, letters, box_kernel(odd(kAround * char_height)));
    return letters;
}

struct Letters {
    cv::Mat where;     // a point for each block of the picture; empty without any
    double level = 0;  // share of the paper's
};

// `small` is the picture reduced to its blocks, and `paper` its paper's level.
Letters find_letters(const cv::Mat& small, const cv::Mat& paper, int black, int white, double char_height) {
    cv::Mat most_of_paper, of_paper, near_print;
    paper.convertTo(most_of_paper, -1, kNearlyPaper);
    const cv::Mat darker = small < most_of_paper;
    cv::Mat print = small <= black + kPale * (white - black);
    cv::dilate(print, print, box_kernel(3));  // with its soft edges
    cv::Mat pale = darker & ~print;
    const int stroke = std::max(kLeastStroke, cvCeil(kStroke * char_height));
    cv::morphologyEx(pale, pale, cv::MORPH_OPEN, box_kernel(stroke));
    if (cv::countNonZero(pale) < kLeastArea * char_height * char_height) return {};
    cv::dilate(print, near_print, box_kernel(2 * stroke + 1));
    pale.setTo(0, cell_grounds(darker, char_height));
    cv::divide(small, paper, of_paper, kFull);
    const Marks marks = marks_of(pale, of_paper, near_print);
    const double level = level_of(marks, char_height);
    if (level == 0) return {};
    return {letters_of(marks, level, of_paper, char_height), level};
}

}  // namespace

cv::Mat erase_watermarks(cv::Mat& gray, double char_height) {
    if (std::min(gray.rows, gray.cols) < kLeastSide) return {};
    const Levels levels(gray);
    const int black = levels.darkest(), white = levels.quantile(0.5);
    if (white - black < kLeastContrast) return {};
    const cv::Mat small = lightest_means(gray, kBlock), paper = paper_between(small, char_height / kBlock);
    const Letters letters = find_letters(small, paper, black, white, char_height / kBlock);
    if (letters.where.empty()) return {};
    const cv::Size size = small.size() * kBlock;
    cv::Mat where = cv::Mat::zeros(gray.size(), CV_8UC1), most, darkest, lifted;
    cv::Mat inside = where(cv::Rect({0, 0}, size)), part = gray(cv::Rect({0, 0}, size));
    cv::resize(letters.where, inside, size, 0, 0, cv::INTER_NEAREST);
    cv::resize(paper, most, size, 0, 0, cv::INTER_NEAREST);
    most.convertTo(darkest, -1, letters.level - kDarkerThanLevel);
    part.convertTo(lifted, -1, 1 / letters.level);
    cv::min(lifted, most, lifted);
    cv::max(lifted, part, lifted);
    lifted.copyTo(part, inside & (part >= darkest));
    cv::Mat near;
    cv::dilate(letters.where, near, box_kernel(odd(kLetter * char_height / kBlock)));
    cv::resize(near, inside, size, 0, 0, cv::INTER_NEAREST);
    return where;
}

}  // namespace biaod::layout
