// Which places of a grid of edges belong to one cell: the faces between the rulings, each a rectangle.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/tables/grid.hpp"

namespace biaod::layout {

// How much of each place's upper and left edge is ruled: CV_64F, rows x columns of the grid, 0..1; the first row of
// `above` and the first column of `left` are not looked at.
struct RuledShares {
    cv::Mat above, left;
};

// The cells of `grid`, whose edges are set, by row and column. An edge that is ruled over 70 % of its length separates.
// Where a face is no rectangle a piece of a ruling did not print: it is parted along a line on which another edge goes
// on, the one that is ruled most; where hardly any is, one on which rulings end. Cells tile the grid.
std::vector<GridCell> rectangular_faces(const Grid& grid, const RuledShares& shares);

}  // namespace biaod::layout
