// Tables whose outer rulings a scan left in pieces.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// Mends tables at their sides, where horizontals begin or end. One that breaks off before goes on to there over what
// crumbs of it are left, over other pieces and verticals, also where these or the ruling end a little before the side
// and dots of that are left; or where a long vertical ends on its line at nothing else, and more than specks are left
// beyond. Long verticals that break off go on over crumbs, along another of their table, to where others end. A
// horizontal of crumbs alone is drawn from side to side where a vertical ends; and where several end below each other
// the pieces of a vertical are one: over short gaps, and over longer ones along which another vertical of the table
// runs; not over writing, nor where a horizontal passes the side, nor between two tables, nor to the line of a page's
// head above one. `faint` is the page's ink
// (CV_8UC1, 255 = ink) with its palest parts, `char_height` px.
void mend_worn_frames(std::vector<Ruling>& rulings, const cv::Mat& faint, double char_height);

}  // namespace biaod::layout
