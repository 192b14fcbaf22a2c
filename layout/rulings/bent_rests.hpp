// What is left of rulings that flattening left bent once they are erased as straight ones.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// Strokes that run along one of the `rulings`, which are erased already (see erase_rulings), as thin as it is and
// longer than strokes of writing: a mask (CV_8UC1, 255), empty where there are none. `faint` is the page's ink
// (CV_8UC1, 255 = ink) by the threshold for hairlines, without the rulings; `char_height` is of the writing, px.
cv::Mat find_bent_rests(const std::vector<Ruling>& rulings, double char_height, const cv::Mat& faint);

}  // namespace biaod::layout
