// A row of which a scan left no side, but crumbs of a vertical within.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// Lets a vertical that ends at a horizontal go on to the next one of the same extent, where crumbs of it run through
// the row between and no other vertical is left there: without it the row would part the table in two. `faint` is the
// page's ink (CV_8UC1, 255 = ink) with its palest parts, `char_height` px.
void bridge_rows(std::vector<Ruling>& rulings, const cv::Mat& faint, double char_height);

}  // namespace biaod::layout
