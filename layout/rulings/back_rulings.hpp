// Rulings that show through from the back of a thin sheet.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// Takes the back's rulings out of `rulings`, if there are any, and returns the darkest level (0 to 255) of what shows
// through; else 255. Pale uprights are known by the print that runs on over them, line after line, as over no ruling of
// its own table; the pale ones that they meet, and that do not end at dark ones, are of the back with them. `even_gray`
// CV_8UC1, even background, `char_height` px.
int take_back_rulings(std::vector<Ruling>& rulings, const cv::Mat& even_gray, double char_height);

}  // namespace biaod::layout
