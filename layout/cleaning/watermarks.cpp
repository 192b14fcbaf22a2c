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
constexpr double kPale = 0.4;          // of the step from the darkest ink to paper; print is darker
constexpr double kLeastContrast = 60;  // grey levels between ink and paper
constexpr double kSameLevel = 0.04;    // of the paper's
constexpr double kAlike = 0.6;         // of the pieces' area

constexpr double kLeastArea = 4;  // in squares of a character's height; what is dense in writing is less

// In character heights.
constexpr double kStroke = 0.2;      // thicker than those of writing are
constexpr double kCellHeight = 1.1;  // at least, of the backgrounds of cells,
constexpr double kLongGround = 8;    // and of them joined, in either direction
constexpr double kBroad = 1.3;       // than a line of writing
constexpr double kLong = 1.8;        // of a piece
constexpr double kBroadest = 3;      // of letters' strokes
constexpr double kPrintAcross = 1;   // of lines of print across a letter
constexpr double kNear = 5;          // around a letter, its other pieces
constexpr double kAround = 1;        // of what goes with a letter, on both sides

constexpr int kFew = 2;           // long pieces
constexpr int kMany = 12;         // of small letters
constexpr double kAllOver = 0.4;  // of the page's width and height

// The level of the paper beside letters, and of what is broader than their strokes: shadows, backgrounds.
cv::Mat paper_between(const cv::Mat& small, double char_height) {
    constexpr int kCoarser = 4;
    cv::Mat paper;
    cv::resize(small, paper, small.size() / kCoarser, 0, 0, cv::INTER_AREA);
    cv::morphologyEx(paper, paper, cv::MORPH_CLOSE, box_kernel(odd(kBroadest * char_height / kCoarser)));
    cv::resize(paper, paper, small.size(), 0, 0, cv::INTER_LINEAR);
    return paper;
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

struct Marks {
    Runs runs;
    Pieces pieces;
    std::vector<double> levels;  // of the pieces, share of the paper's
    std::vector<bool> below;     // print: some stands beside a piece, and parts it from others
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

// The level about which most of the area of pieces longer than `least` and broader than `broad` has its own, if there
// are so `many` of it, and print stands on a few, as on no title.
double common_level(const Marks& marks, double least, double broad, int many, cv::Rect& around) {
    std::vector<std::pair<double, std::size_t>> by_level;
    const auto area = [&](std::size_t i) { return marks.pieces.all[i].area; };
    double all = 0, lower = 0, alike = 0, common = 0;
    for (std::size_t i = 0; i < marks.levels.size(); ++i) {
        const auto [shorter, longer] = std::minmax(marks.pieces.all[i].box.width, marks.pieces.all[i].box.height);
        if (longer <= least || shorter <= broad) continue;
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
        around |= marks.pieces.all[i].box;
        alike += area(i);
        below += marks.below[i];
        ++count;
    }
    return count >= many && alike > kAlike * all && below >= kFew ? common : 0;
}

// The level of the watermark, share of the paper's; 0 where there is none.
double level_of(const Marks& marks, cv::Size page, double char_height) {
    const double broad = kBroad * char_height;
    cv::Rect around;
    if (const double level = common_level(marks, kLong * char_height, broad, kFew, around); level > 0) return level;
    around = {};
    const double level = common_level(marks, broad, broad, kMany, around);
    return around.width > kAllOver * page.width && around.height > kAllOver * page.height ? level : 0;
}

// Where letters of the `level` are, and around: the marks, with what print leaves of them.
cv::Mat letters_of(const Marks& marks, double level, const cv::Mat& of_paper, double char_height) {
    cv::Mat sure = cv::Mat::zeros(of_paper.size(), CV_8UC1), near, letters;
    for (std::size_t i = 0; i < marks.runs.size(); ++i) {
        const Run& run = marks.runs[i];
        if (std::abs(marks.levels[static_cast<std::size_t>(marks.pieces.of_run[i])] - level) <= kSameLevel)
            sure.row(run.y).colRange(run.from, run.to).setTo(255);
    }
    cv::dilate(sure, near, box_kernel(odd(kNear * char_height)));
    cv::inRange(of_paper, kFull * (level - kSameLevel), kFull * (level + kSameLevel), letters);
    letters = (letters & near) | sure;
    cv::morphologyEx(letters, letters, cv::MORPH_CLOSE, box_kernel(odd(kPrintAcross * char_height)));
    cv::dilate(letters, letters, box_kernel(odd(kAround * char_height)));
    return letters;
}

}  // namespace

bool erase_watermarks(cv::Mat& gray, double char_height) {
    if (std::min(gray.rows, gray.cols) < kLeastSide) return false;
    const double unit = char_height / kBlock;
    const Levels levels(gray);
    const int black = levels.darkest(), white = levels.quantile(0.5);
    if (white - black < kLeastContrast) return false;
    const cv::Mat small = lightest_means(gray, kBlock), paper = paper_between(small, unit);
    cv::Mat of_paper, most_of_paper;
    paper.convertTo(most_of_paper, -1, kNearlyPaper);
    const cv::Mat darker = small < most_of_paper;
    cv::Mat print = small <= black + kPale * (white - black), near_print;
    cv::dilate(print, print, box_kernel(3));  // with its soft edges
    cv::Mat pale = darker & ~print;
    const int stroke = std::max(kLeastStroke, cvRound(kStroke * unit));
    cv::morphologyEx(pale, pale, cv::MORPH_OPEN, box_kernel(stroke));
    if (cv::countNonZero(pale) < kLeastArea * unit * unit) return false;
    cv::dilate(print, near_print, box_kernel(2 * stroke + 1));
    pale.setTo(0, cell_grounds(darker, unit));
    cv::divide(small, paper, of_paper, kFull);
    const Marks marks = marks_of(pale, of_paper, near_print);
    const double level = level_of(marks, pale.size(), unit);
    if (level == 0) return false;
    const cv::Mat letters = letters_of(marks, level, of_paper, unit);
    const cv::Size size = letters.size() * kBlock;
    cv::Mat whole, most, lifted, within = gray(cv::Rect({0, 0}, size));
    cv::resize(letters, whole, size, 0, 0, cv::INTER_NEAREST);
    cv::resize(paper, most, size, 0, 0, cv::INTER_NEAREST);
    within.convertTo(lifted, -1, 1 / level);
    cv::min(lifted, most, lifted);
    cv::max(lifted, within, lifted);
    lifted.copyTo(within, whole);
    return true;
}

}  // namespace biaod::layout
