// Which of the rulings that were found on a page are rulings, and which tables they form are tables.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/ink_pieces.hpp"
#include "layout/rulings/rulings.hpp"
#include "layout/sheet_margins.hpp"
#include "layout/tables/grid.hpp"

namespace biaod::layout {

// Takes out what is no table: a frame around one cell, which is the rest of a table only where it begins or ends the
// page, but for a page number; and strokes of a title that closed up, beside which writing goes on. `text` is the
// page's ink (CV_8UC1, 255 = ink), `desk` what it shows beyond the sheet, px, `unit` a character's height, px.
void drop_frames_of_no_table(std::vector<Grid>& grids, const cv::Mat& text, const DeskStrips& desk, double unit);

// Ends the verticals at the next horizontal where what they enclose beyond it, in a row that no ruling closes, or none
// across half of the table, is a heading: it is in larger type, or the row's edge would go through it; strokes of its
// characters stood on them. At the page's end it is a torn row. Returns whether there was any.
bool cut_off_headings(std::vector<Ruling>& rulings, const std::vector<Grid>& grids, const InkPieces& pieces,
                      const cv::Mat& text, const DeskStrips& desk, double dpi, double unit);

// Rulings of tables, and others that are longer than a few characters and on which no writing hangs: else they are
// strokes of it that touch.
std::vector<Ruling> confirmed_rulings(const std::vector<Ruling>& found, const std::vector<Grid>& grids,
                                      const cv::Mat& text, double unit);

// The long ones, and those that end at such at both ends, or a little before: no strokes of writing. `unit` as above.
std::vector<Ruling> surely_ruled(const std::vector<Ruling>& rulings, double unit);

// Sets the points of the rulings, and so many px beside them, to `value`.
inline constexpr double kErasedBeside = 2;
void erase_rulings(const std::vector<Ruling>& rulings, cv::Mat& picture, double value);

}  // namespace biaod::layout
