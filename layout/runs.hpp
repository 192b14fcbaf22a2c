// A bilevel picture as its runs of ink, and the connected pieces that the runs form. A page is mostly paper: working on
// runs costs what its ink costs.
#pragma once

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

// The columns of a CV_8UC1 picture as rows. cv::transpose() goes point by point, and misses the cache at each.
cv::Mat transposed(const cv::Mat& ink);

// 8-connected pieces: runs of neighbouring rows that touch are united (Rosenfeld and Pfaltz 1966, over runs).
Pieces connect(const Runs& runs);

}  // namespace biaod::layout
