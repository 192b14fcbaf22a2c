// Cells that are printed so dark that a copy, or a fax, shows them black.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// Turns oblong areas that are as dark as the darkest ink, thicker than any stroke of writing and longer than a few
// characters (`char_height`, px), into their negative in `gray` (CV_8UC1): what is written white on them becomes black
// on white. Returns where they were (CV_8UC1, 255): what was written in black is lost. Empty without any. What lies at
// the picture's edges is a border's business.
cv::Mat turn_black_areas(cv::Mat& gray, double char_height);

}  // namespace biaod::layout
