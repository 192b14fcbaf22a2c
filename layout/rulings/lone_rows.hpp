// A table's row that stands alone at a page's top and lost most of its horizontals.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// Where nothing but a row of a table stands at a page's top, its columns are a comb: thin verticals, at least five,
// that begin and end alike and stand in the clear in `faint` (CV_8UC1, 255 = ink). If crumbs of the horizontal are left
// along their feet it is drawn from end to end, and the verticals that too short pieces of it did not hold are added to
// the page's `rulings`; where the columns are of one width, also an outer one, beyond writing, where the horizontal
// ends and crumbs of it are left, or the horizontal breaks off below the writing. Verticals at its horizontal that lost
// their upper part reach as high as the comb, but for those that begin at a ruling across. `char_height` px.
void mend_lone_row(std::vector<Ruling>& rulings, const cv::Mat& faint, double char_height);

}  // namespace biaod::layout
