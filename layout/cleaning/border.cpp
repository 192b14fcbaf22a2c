#include "layout/cleaning/border.hpp"

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "layout/cleaning/levels.hpp"
#include "layout/cleaning/sheet.hpp"
#include "layout/kernel.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

constexpr int kScale = 8;              // the border is looked for in a picture so many times smaller
constexpr int kBlack = 45;             // grey levels: darker than paper in any shadow
constexpr double kStroke = 0.6;        // of the level around it,
constexpr int kLevelWindow = 31;       // so many small px across: it changes with the light
constexpr double kStrokeShare = 4e-3;  // of what lies beyond a straight edge: more is writing in a fill
constexpr double kLightShare = 0.4;    // of it may be lighter than halfway to the paper beside it
constexpr int kRounding = 2;           // px
constexpr double kShortest = 0.1;      // of the picture's smaller side
constexpr double kThickest = 0.5;      // character heights: of a ruling
constexpr int kPaperWindow = 5;        // small px across: paper is to be seen in it

// A few white pixels, from rounding, may stand between the border and the picture's edge: they are left out.
cv::Mat made_small(const cv::Mat& gray) {
    cv::Mat small;
    if (std::min(gray.rows, gray.cols) <= 2 * kRounding) return small;
    const cv::Rect within(kRounding, kRounding, gray.cols - 2 * kRounding, gray.rows - 2 * kRounding);
    cv::copyMakeBorder(gray(within), small, kRounding, kRounding, kRounding, kRounding,
                       cv::BORDER_REPLICATE | cv::BORDER_ISOLATED);
    cv::resize(small, small, {}, 1.0 / kScale, 1.0 / kScale, cv::INTER_AREA);
    return small;
}

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

// What of `mask` is at least so thick. Beyond the picture's edge it goes on.
cv::Mat thick_pieces(const cv::Mat& mask, int thick) {
    cv::Mat wide;
    cv::copyMakeBorder(mask, wide, thick, thick, thick, thick, cv::BORDER_REPLICATE);
    cv::morphologyEx(wide, wide, cv::MORPH_OPEN, box_kernel(thick));
    return wide(cv::Rect({thick, thick}, mask.size())).clone();
}

// Whether what lies beyond an edge is a desk: strokes are to be seen in a fill, and paper beyond a ruling that runs
// along the picture's edge.
bool is_desk(const cv::Mat& gray, const cv::Mat& small, const cv::Mat& beyond) {
    cv::Mat inner, near, sheet, level, whole;
    cv::erode(beyond, inner, box_kernel(3));
    mean_within(small, inner, kLevelWindow).convertTo(level, CV_8U, kStroke);
    cv::resize(level, level, gray.size(), 0, 0, cv::INTER_NEAREST);
    cv::resize(inner, inner, gray.size(), 0, 0, cv::INTER_NEAREST);
    const cv::Mat strokes = (gray < level) & inner;
    if (cv::countNonZero(strokes) > kStrokeShare * cv::countNonZero(inner)) return false;
    cv::dilate(beyond, near, box_kernel(3));  // the blurred edge
    cv::dilate(beyond, sheet, box_kernel(2 * kPaperWindow + 1));
    const double halfway = (cv::mean(small, beyond)[0] + cv::mean(small, sheet & ~near)[0]) / 2;
    cv::resize(beyond, whole, gray.size(), 0, 0, cv::INTER_NEAREST);
    const cv::Mat light = (gray > halfway) & whole;
    return cv::countNonZero(light) < kLightShare * cv::countNonZero(whole);
}

// The black pieces, thicker than rulings, that lie along an edge of the picture.
cv::Mat black_border(const cv::Mat& small, double char_height) {
    const int thick = std::max(3, cvCeil(kThickest * char_height / kScale) | 1);  // odd: opening keeps the place
    const Runs runs = find_runs(thick_pieces(small < kBlack, thick));
    const Pieces pieces = connect(runs);
    const std::vector<int> along = lengths_along_edges(runs, pieces, small.size());
    const int shortest = std::max(1, static_cast<int>(kShortest * std::min(small.rows, small.cols)));
    cv::Mat border = cv::Mat::zeros(small.size(), CV_8UC1);
    for (std::size_t i = 0; i < runs.size(); ++i)
        if (along[static_cast<std::size_t>(pieces.of_run[i])] >= shortest)
            border.row(runs[i].y).colRange(runs[i].from, runs[i].to).setTo(255);
    return border;
}

// The rows above and below the sheet, in its middle: its corners may lean out.
DeskStrips strips_of(const cv::Mat& border) {
    const cv::Rect sheet = cv::boundingRect(~border);
    if (sheet.empty()) return {};
    const int middle = sheet.x + sheet.width / 2;
    const cv::Rect paper = cv::boundingRect(~border.colRange(middle, middle + 1));
    if (paper.empty()) return {};
    return {static_cast<double>(kScale) * paper.y, static_cast<double>(kScale) * (border.rows - paper.br().y)};
}

}  // namespace

DeskStrips erase_border(cv::Mat& gray, double char_height) {
    const cv::Mat small = made_small(gray);
    if (small.rows < 2 || small.cols < 2) return {};
    cv::Mat border = black_border(small, char_height);
    for (const cv::Mat& beyond : beyond_sheet(small))
        if (is_desk(gray, small, beyond)) border |= beyond;
    if (cv::countNonZero(border) == 0) return {};
    const DeskStrips strips = strips_of(border);
    cv::dilate(border, border, box_kernel(5));  // the blurred edge
    cv::Mat paper;
    cv::dilate(small & ~border, paper, box_kernel(kPaperWindow));  // no writing
    paper = paper_across(paper, border);
    cv::resize(paper, paper, gray.size(), 0, 0, cv::INTER_LINEAR);
    cv::resize(border, border, gray.size(), 0, 0, cv::INTER_NEAREST);
    paper.copyTo(gray, border);
    return strips;
}

}  // namespace biaod::layout
