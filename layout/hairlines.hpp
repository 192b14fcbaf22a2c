// Hairlines that a scanner saw in shades about the threshold of ink.
#pragma once

#include <opencv2/core.hpp>

#include "layout/runs.hpp"

namespace biaod::layout {

// Draws into `ink` (CV_8UC1, 255 = ink), whose `pieces` are given, how far each hairline that is a piece of its own
// goes on in `gray` (CV_8UC1, paper evened to white): for as long as a thin line there is clearly darker than what lies
// on either side. `char_height` in px. Returns whether any went on.
bool follow_hairlines(const cv::Mat& gray, const Pieces& pieces, double char_height, cv::Mat& ink);

}  // namespace biaod::layout
