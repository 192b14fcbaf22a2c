// Tables that are printed without their outer verticals.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// Adds the missing verticals at both ends of the rows of a table: horizontals of the same extent, between which stand
// inner verticals, or no more than the writing of one cell (holds_one_cell()). What was found of such a side is moved
// in line with it. So is what did not print between two pieces of a side, where another vertical of the table runs
// along all of it. Rulings between which a heading stands belong to two tables: it is larger, or has more white around
// it, or begins at the left above other columns. One or two verticals in such a heading, as of a stamp's frame, that
// end off one of the tables are taken out. `text` is the page's ink (CV_8UC1, 255 = ink), `char_height` px.
void close_open_sides(std::vector<Ruling>& rulings, const cv::Mat& text, double char_height);

// Whether `row`, between two horizontals, holds the writing of one cell and no more: up to three lines, not much larger
// than `char_height` (px) and with little white around.
bool holds_one_cell(const cv::Mat& text, const cv::Rect& row, double char_height);

}  // namespace biaod::layout
