// Hairlines of which a bilevel scan left rows of crumbs, drawn through before rulings are looked for.
#pragma once

#include <opencv2/core.hpp>

#include "layout/runs.hpp"

namespace biaod::layout {

// Fills the gaps of rows and columns of crumbs in `ink` (CV_8UC1, 255 = ink), whose `pieces` are given: neither even as
// dots nor long as the pieces of fades, but dense over 3.5 of `char_height` (px), with gaps below 0.35 of it, and
// nearly white on both sides. Returns whether it drew.
bool draw_dithers_through(cv::Mat& ink, const Pieces& pieces, double char_height);

}  // namespace biaod::layout
