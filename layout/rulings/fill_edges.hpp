// Which edges of backgrounds that were lifted may be rulings of a table.
#pragma once

#include <opencv2/core.hpp>

#include "layout/cleaning/ink.hpp"

namespace biaod::layout {

// Takes out of the `edges` (CV_8UC1, 255) of lifted backgrounds what a marker's stroke or lifted paper leaves and no
// background of cells does, as the rulings of `ink` show:
// - one that ends amid a cell, far from the rulings of its table that enclose the end, and does not run along most of
//   that table;
// - two that run along each other within a row or a column, that is, between the same two rulings, and not along most
//   of these either;
// - one that leads up to a ruling on its line from outside of the table, where no other edge meets it.
// The edge of a header or of a band of rows that lost its hairlines has no such fellow, and ends at rulings or sides,
// or a little before. `char_height` in px.
void drop_loose_edges(const Ink& ink, double char_height, cv::Mat& edges);

}  // namespace biaod::layout
