// Rulings of tables that break off within a cell.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// Lets the `rulings` of a table that end at none across go on to the next one that another ruling beside them reaches,
// or to their own next piece, over less than 3.2 of `char_height` (px) and where no writing lies on the way in `faint`
// (CV_8UC1, 255 = ink). One that ends where a row or column of the table does has not broken off, unless something of
// it is left at that row's end or beginning beyond: it goes on over rows, and over wider breaks, along such
// stubs, if they are in `ink`, the page's without its palest parts, and no strokes of writing that stands on the ruling
// across, or hangs from it, as others beside do; one that passes it by such a stroke is cut back.
// Pieces on one line are one then, if another ruling runs beside the gap, or both are horizontals at which a few
// verticals end, and no other horizontal ends there: a table's last row that stands alone. Rulings may change their
// places.
void mend_breaks(std::vector<Ruling>& rulings, const cv::Mat& faint, const cv::Mat& ink, double char_height);

// Whether no writing lies along `r`, or goes through it, from `from` to `to` (px).
bool way_is_clear(const Ruling& r, double from, double to, const cv::Mat& faint, double char_height);

}  // namespace biaod::layout
