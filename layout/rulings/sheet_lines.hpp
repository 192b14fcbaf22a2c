// Lines that the paper itself draws: the edges of the sheet, its folds, and clips on it.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// Takes out of a scan's `rulings` those that are of the sheet:
// - a line along nearly all of a picture of `size` px, close to its end, that at most two others meet, as one edge
//   meets the others, or an upright one that none meets, as a booklet's gutter;
// - a line that goes in pieces from one end of the picture to the other, but for pieces that end at rulings across;
// - short uprights close to each other at the picture's upper or lower end, as the wires of a clip: they meet none
//   across but at their other end, and no more than one other ruling ends there.
// None where hardly any ruling ends within the picture, which may be a part of a table. `char_height` px. Returns where
// clips lie, px.
std::vector<cv::Rect> drop_sheet_lines(std::vector<Ruling>& rulings, cv::Size size, double char_height);

}  // namespace biaod::layout
