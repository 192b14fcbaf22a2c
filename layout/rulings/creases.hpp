// What folding leaves on a sheet.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// Takes out of the `rulings` of a scan those so pale beside the others that they are creases: their contrast is below a
// quarter of what most of the rulings' length has, they are few, and they, or others on their line, go on beyond all
// others (`char_height` px) or end at none, as no pale ruling does. `edges` (CV_8UC1, 255; may be empty) of backgrounds
// that were lifted are as pale: those at which dark rulings end, as the lower edge of a header, stay, and those that
// end at such. `gray` (CV_8UC1) has white paper, which creases become, too, but for what is printed across them; on one
// of black and white alone nothing is pale. Returns where they were (CV_8UC1, 255); empty where none was.
cv::Mat erase_creases(std::vector<Ruling>& rulings, const cv::Mat& edges, double char_height, cv::Mat& gray);

}  // namespace biaod::layout
