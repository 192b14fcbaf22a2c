// What a ruling leaves beside its straight course, where a page was not quite flattened, when it is erased.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// Takes the slivers along `rulings` out of `ink` (CV_8UC1, 255 = ink) and `gray` (CV_8UC1), from both of which the
// rulings were erased with `beside` px to either side: what touches that, is no thicker than a tenth of `char_height`
// (px) and begins or ends at a ruling that crosses. A stroke of a figure that stands on a ruling does not.
void erase_slivers(const std::vector<Ruling>& rulings, double beside, double char_height, cv::Mat& ink, cv::Mat& gray);

}  // namespace biaod::layout
