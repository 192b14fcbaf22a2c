#include "layout/border.hpp"

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "layout/kernel.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

constexpr int kScale = 8;          // the border is looked for in a picture so many times smaller
constexpr int kBlack = 45;         // grey levels; paper in a deep shadow is lighter, and is evened
constexpr double kShortest = 0.1;  // of the picture's smaller side
constexpr double kThickest = 0.5;  // character heights: of a ruling

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

}  // namespace

void whiten_border(cv::Mat& gray, double char_height) {
    cv::Mat small;
    cv::resize(gray, small, {}, 1.0 / kScale, 1.0 / kScale, cv::INTER_AREA);
    if (small.rows < 2 || small.cols < 2) return;
    // A few white pixels, from rounding, may stand between the border and the picture's edge.
    const auto darken = [](cv::Mat outermost, const cv::Mat& next) { cv::min(outermost, next, outermost); };
    darken(small.row(0), small.row(1));
    darken(small.row(small.rows - 1), small.row(small.rows - 2));
    darken(small.col(0), small.col(1));
    darken(small.col(small.cols - 1), small.col(small.cols - 2));
    cv::Mat black = small < kBlack;
    const int thick = std::max(3, cvCeil(kThickest * char_height / kScale) | 1);  // odd: opening keeps the place
    // Beyond the picture's edge it is as black as at it.
    cv::copyMakeBorder(black, black, thick, thick, thick, thick, cv::BORDER_REPLICATE);
    cv::morphologyEx(black, black, cv::MORPH_OPEN, box_kernel(thick));
    black = black(cv::Rect(thick, thick, small.cols, small.rows)).clone();
    const Runs runs = find_runs(black);
    const Pieces pieces = connect(runs);
    const std::vector<int> along = lengths_along_edges(runs, pieces, small.size());
    const int shortest = std::max(1, static_cast<int>(kShortest * std::min(small.rows, small.cols)));
    cv::Mat border = cv::Mat::zeros(small.size(), CV_8UC1);
    bool any = false;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (along[static_cast<std::size_t>(pieces.of_run[i])] < shortest) continue;
        any = true;
        border.row(runs[i].y).colRange(runs[i].from, runs[i].to).setTo(255);
    }
    if (!any) return;
    cv::dilate(border, border, box_kernel(5));  // the blurred edge
    cv::resize(border, border, gray.size(), 0, 0, cv::INTER_NEAREST);
    gray.setTo(255, border);
}

}  // namespace biaod::layout
