// Specks that a page is strewn with, from dirt on the glass or a worn drum, and crumbs of a table's worn sides.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/runs.hpp"

namespace biaod::layout {

// The boxes of the specks among the `pieces` of a scan's ink, whose picture has `size` px; none unless specks stand all
// over blank paper, more than three in a hundred squares of `char_height` (px). What is as small as they are is one of
// them wherever it stands, but for dots in a row or column, as those of a dotted ruling, and what parts two digits at
// their feet as a point does.
std::vector<cv::Rect> find_specks(const Pieces& pieces, cv::Size size, double char_height);

// The boxes of what is left of an outer vertical of the `table`, beside its side: at least four pieces below each other
// within 0.45 of `char_height`, the table's own (px), each thinner and lower than a stroke of a digit. None where any
// writing in the table reaches as far out: then they may be parts of it.
std::vector<cv::Rect> find_side_crumbs(const Pieces& pieces, const cv::Rect2d& table, double char_height);

}  // namespace biaod::layout
