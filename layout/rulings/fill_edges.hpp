// Which edges of backgrounds that were lifted may be rulings of a table.
#pragma once

#include <opencv2/core.hpp>

#include "layout/cleaning/ink.hpp"

namespace biaod::layout {

// Takes out of the `edges` (CV_8UC1, 255) of lifted backgrounds those that end within a cell, where rulings of `ink`
// pass on either side and none at the end, and those within a table that lie on no ruling's line: its hairlines are not
// lost all the way. What fills cells ends at their rulings, or with the table; a marker's stroke ends anywhere.
// `char_height` in px.
void drop_loose_edges(const Ink& ink, double char_height, cv::Mat& edges);

}  // namespace biaod::layout
