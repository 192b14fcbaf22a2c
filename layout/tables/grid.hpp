// From rulings to tables: the cells that the rulings enclose, with their row and column spans.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

struct GridCell {
    int row = 0, col = 0, row_span = 1, col_span = 1;
    bool operator==(const GridCell&) const = default;
};

// The part of a table that stands on one page. Cells tile the grid: each place belongs to exactly one cell.
struct Grid {
    std::vector<double> row_edges;  // y of the rows' boundaries, px, ascending; rows() + 1 of them
    std::vector<double> col_edges;  // x of the columns' boundaries
    std::vector<GridCell> cells;    // ordered by row, then column
    bool open_top = false;          // no ruling closes the first row: it may go on from the page before
    bool open_bottom = false;       // the same for the last row and the page after
    double ruling_thickness = 1;    // px, median

    int rows() const { return static_cast<int>(row_edges.size()) - 1; }
    int cols() const { return static_cast<int>(col_edges.size()) - 1; }
    cv::Rect2d rect(const GridCell& cell) const;
    cv::Rect inner_rect(const GridCell& cell) const;  // within the rulings
    cv::Rect2d bounds() const;
};

// The tables that a page's rulings form, from top to bottom. Rulings that cross or nearly touch (within 0.6 of
// `char_height`) belong together; a ruling separates two places where it covers at least 70 % of their common edge. A
// side that no ruling closes is closed where the crossing rulings end, and so is an outer column of which a page break
// left but one vertical, whose ends (2.5 of `char_height` each) may be lost. Cells are the faces of rectangular_faces()
// (faces.hpp). Rulings that form no cell (underlines, the line below a letterhead) are left out.
std::vector<Grid> find_grids(const std::vector<Ruling>& rulings, double char_height);

}  // namespace biaod::layout
