// Verticals of a table's first or last row that a scan left in pieces.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// Adds verticals to the rows at a table's ends, most of all to one that a page's end tore, where a vertical is too
// short to be told from a stroke of writing when pieces of it are lost: thin ink along most of the way from the ruling
// above to the one below, or to where the other verticals end, reaching one of them and nearly the other, with none
// beside it. `faint` is the page's ink (CV_8UC1, 255 = ink) with its palest parts, `char_height` px.
void mend_end_columns(std::vector<Ruling>& rulings, const cv::Mat& faint, double char_height);

}  // namespace biaod::layout
