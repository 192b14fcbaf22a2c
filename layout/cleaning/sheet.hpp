// Where a photographed sheet of paper ends.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace biaod::layout {

// What lies beyond the sheet's edges: for each edge that is found a mask (CV_8UC1, 255 = beyond) of `picture`'s size.
// `picture` (CV_8UC1) is that of a whole page, so small that a character is but a few px: of it an edge is a straight
// line in the outer fifth, level or plumb but for 6 degrees and a little curl, along most of which the paper inside is
// at once lighter than what lies beyond; little of that, and nowhere most of a line along the edge, is as light as the
// paper. Found by votes for the lines, as in the Hough transform (Duda and Hart 1972).
std::vector<cv::Mat> beyond_sheet(const cv::Mat& picture);

}  // namespace biaod::layout
