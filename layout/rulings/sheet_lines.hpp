// Lines that the paper itself draws: the edges of the sheet, and its folds.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// Takes out of a scan's `rulings` those that are of the sheet: a line along nearly all of a picture of `size` px that
// at most two others meet, as one edge meets two; and a line that goes in pieces from one end of the picture to the
// other, which print does not reach, as long as most rulings do not: a picture may show nothing but a table.
// `char_height` px.
void drop_sheet_lines(std::vector<Ruling>& rulings, cv::Size size, double char_height);

}  // namespace biaod::layout
