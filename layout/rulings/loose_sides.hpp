// Outer verticals of a table that a scan parted from it: between the two stands a cell that lost its horizontals.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// Lets the horizontals at which a table's outermost vertical begins and ends go on to a vertical beside it that begins
// and ends as it does, meets nothing and stands in line with another table's vertical, over writing and past no other
// ruling; where there is none, draws it. `text` is the page's ink (CV_8UC1, 255 = ink), `char_height` px.
void join_loose_sides(std::vector<Ruling>& rulings, const cv::Mat& text, double char_height);

}  // namespace biaod::layout
