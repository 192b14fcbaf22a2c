// A bilevel picture as its runs of ink, and the connected pieces that the runs form. A page is mostly paper: working on
// runs costs what its ink costs.
#pragma once

#include <functional>
#include <opencv2/core.hpp>
#include <vector>

namespace biaod::layout {

// Ink in row `y` from column `from` up to, not including, `to`; px.
struct Run {
    int y = 0;
    int from = 0;
    int to = 0;
    int length() const { return to - from; }
};

// Top to bottom, left to right in a row; runs of one row do not touch.
using Runs = std::vector<Run>;

struct Piece {
    cv::Rect box;
    int area = 0;  // px of ink
};

struct Pieces {
    std::vector<Piece> all;
    std::vector<int> of_run;  // index into `all` for each run
};

// The runs of a CV_8UC1 picture of 0 and 255 (ink).
Runs find_runs(const cv::Mat& ink);

// The same along the columns, with x and y swapped: `y` of a run is its column.
Runs find_column_runs(const cv::Mat& ink);

// The columns of a CV_8UC1 picture as rows, and the rows as columns. cv::transpose() goes point by point, and misses
// the cache at each.
cv::Mat transposed(const cv::Mat& picture);

// 8-connected pieces: runs of neighbouring rows that touch are united (Rosenfeld and Pfaltz 1966, over runs).
Pieces connect(const Runs& runs);

// The `piece`-th of the `pieces` of `runs`, drawn (255) on a picture of `size`; CV_8UC1.
cv::Mat draw_piece(const Runs& runs, const Pieces& pieces, std::size_t piece, cv::Size size);

// Those 8-connected pieces of `ink` (CV_8UC1, 0 and 255) for which `holds`; CV_8UC1.
cv::Mat pieces_where(const cv::Mat& ink, const std::function<bool(const Piece&)>& holds);

}  // namespace biaod::layout
