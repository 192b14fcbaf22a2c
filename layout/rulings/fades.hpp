// Hairlines that a scanner saw in pieces, drawn through before rulings are looked for.
#pragma once

#include <opencv2/core.hpp>

#include "layout/runs.hpp"

namespace biaod::layout {

// Fills the gaps of rows and columns of hairline pieces in `ink` (CV_8UC1, 255 = ink), whose `pieces` are given: at
// least four on a line, a quarter of it inked, or many with less ink on a long line, with gaps below 3 of `char_height`
// (px), and white beside the pieces and in the gaps. Rulings may cross some of the gaps: a column of 1s has one in
// each. Returns whether there were any.
bool draw_fades_through(cv::Mat& ink, const Pieces& pieces, double char_height);

}  // namespace biaod::layout
