#include "layout/cleaning/border.hpp"

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "layout/cleaning/blocks.hpp"
#include "layout/cleaning/levels.hpp"
#include "layout/cleaning/sheet.hpp"
#include "layout/kernel.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

constexpr int kScale = 8;               // the border is looked for in a picture so many times smaller
constexpr int kBlack = 45;              // grey levels: darker than paper in any shadow
constexpr double kDark = 0.75;          // of the paper's level: as dark as this is a desk at a curled sheet's corner
constexpr double kPaperShare = 0.2;     // of the picture is at least as light as its paper
constexpr double kStroke = 0.6;         // of the level around it,
constexpr int kLevelWindow = 31;        // so many small px across: it changes with the light
constexpr double kStrokeShare = 4e-3;   // of what lies beyond a straight edge: more is writing in a fill
constexpr double kLeastWriting = 5e-4;  // of a dark piece: more is writing, less the desk's grain
constexpr int kBeside = 2;              // small px on either side of a dark piece's end
constexpr double kSharp = 0.15;         // of the level beyond it
constexpr double kLightShare = 0.4;     // of it may be lighter than halfway to the paper beside it
constexpr int kRounding = 2;            // px
constexpr double kShortest = 0.1;       // of the picture's smaller side
constexpr double kThickest = 0.5;       // character heights: of a ruling
constexpr int kPaperWindow = 5;         // small px across: paper is to be seen in it

// A few white pixels, from rounding, may stand between the border and the picture's edge: they are left out, as is what
// fills no whole point: a ruling near the edge would.
cv::Mat made_small(const cv::Mat& gray) {
    cv::Mat small;
    if (std::min(gray.rows, gray.cols) <= 2 * kRounding) return small;
    const cv::Rect within(kRounding, kRounding, gray.cols - 2 * kRounding, gray.rows - 2 * kRounding);
    cv::copyMakeBorder(gray(within), small, kRounding, kRounding, kRounding, kRounding,
                       cv::BORDER_REPLICATE | cv::BORDER_ISOLATED);
    return means_of_blocks(small(cv::Rect({0, 0}, small.size() / kScale * kScale)), {kScale, kScale});
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

// Whether strokes are to be seen in a piece of the picture, of which they are more than a share.
bool holds_writing(const cv::Mat& gray, const cv::Mat& small, const cv::Mat& piece, double least_share) {
    cv::Mat inner, level;
    cv::erode(piece, inner, box_kernel(3));
    mean_within(small, inner, kLevelWindow).convertTo(level, CV_8U, kStroke);
    cv::resize(level, level, gray.size(), 0, 0, cv::INTER_NEAREST);
    cv::resize(inner, inner, gray.size(), 0, 0, cv::INTER_NEAREST);
    const cv::Mat strokes = (gray < level) & inner;
    return cv::countNonZero(strokes) > least_share * cv::countNonZero(inner);
}

// What of `within` lies around a piece, up to `reach` small px off, without its blurred edge.
cv::Mat around(const cv::Mat& piece, int reach, const cv::Mat& within) {
    cv::Mat near, far;
    cv::dilate(piece, near, box_kernel(3));
    cv::dilate(piece, far, box_kernel(2 * reach + 1));
    return far & ~near & within;
}

// Whether much of a piece is paper, as beyond a ruling that runs along the picture's edge. `within`: what may be the
// sheet.
bool holds_paper(const cv::Mat& gray, const cv::Mat& small, const cv::Mat& piece, const cv::Mat& within) {
    const cv::Mat sheet = around(piece, kPaperWindow, within);
    const double halfway = (cv::mean(small, piece)[0] + cv::mean(small, sheet)[0]) / 2;
    cv::Mat whole;
    cv::resize(piece, whole, gray.size(), 0, 0, cv::INTER_NEAREST);
    const cv::Mat light = (gray > halfway) & whole;
    return cv::countNonZero(light) >= kLightShare * cv::countNonZero(whole);
}

// Whether the level changes at once where a dark piece of the small picture ends: in a shadow it changes bit by bit.
bool ends_sharply(const cv::Mat& small, const cv::Mat& piece, const cv::Mat& within) {
    cv::Mat inner;
    cv::erode(piece | ~within, inner, box_kernel(2 * kBeside + 1));  // towards black it does not end
    const cv::Mat outside = around(piece, kBeside + 1, within), inside = piece & ~inner;
    if (cv::countNonZero(outside) == 0) return true;
    const double level = cv::mean(small, outside)[0];
    return level - cv::mean(small, inside)[0] > kSharp * level;
}

// The pieces of `mask`, thicker than rulings, that lie along an edge of the picture.
std::vector<cv::Mat> pieces_along_edges(const cv::Mat& mask, int thick) {
    const Runs runs = find_runs(thick_pieces(mask, thick));
    const Pieces pieces = connect(runs);
    const std::vector<int> along = lengths_along_edges(runs, pieces, mask.size());
    const int shortest = std::max(1, static_cast<int>(kShortest * std::min(mask.rows, mask.cols)));
    std::vector<cv::Mat> found;
    for (std::size_t id = 0; id < along.size(); ++id) {
        if (along[id] < shortest) continue;
        found.push_back(draw_piece(runs, pieces, id, mask.size()));
    }
    return found;
}

// Adds a scanner's black, and what a curled sheet leaves of a desk at a corner: dark, but no paper in a shadow.
void add_dark_pieces(const cv::Mat& gray, const cv::Mat& small, double char_height, cv::Mat& border) {
    const int thick = std::max(3, cvCeil(kThickest * char_height / kScale) | 1);  // odd: opening keeps the place
    for (const cv::Mat& black : pieces_along_edges(small < kBlack, thick)) border |= black;
    cv::Mat within;
    cv::dilate(border, within, box_kernel(3));  // the blurred edge
    within = ~within;
    const double dark = kDark * Levels(small).quantile(1 - kPaperShare);
    for (const cv::Mat& piece : pieces_along_edges((small < dark) & within, thick + 2))
        if (ends_sharply(small, piece, within) && !holds_paper(gray, small, piece, within) &&
            !holds_writing(gray, small, piece, kLeastWriting))
            border |= piece;
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
    cv::Mat border = cv::Mat::zeros(small.size(), CV_8UC1);
    for (const cv::Mat& beyond : beyond_sheet(small))
        if (!holds_writing(gray, small, beyond, kStrokeShare) && !holds_paper(gray, small, beyond, ~beyond))
            border |= beyond;
    add_dark_pieces(gray, small, char_height, border);
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
