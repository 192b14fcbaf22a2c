// What a pen leaves beside printed figures when somebody checks them.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// The figure without the tick (✓) that a pen drew behind it, with paper between the two; the line itself where there is
// none, or where Chinese characters stand before it. `line` is its box in `ink` (CV_8UC1, 255 = ink), px.
cv::Rect without_tick(const cv::Mat& ink, const cv::Rect& line, double char_height);

// Takes ticks that a pen drew over `rulings` out of `ink` (CV_8UC1, 255 = ink) and `gray` (CV_8UC1), from both of which
// the rulings were erased with `beside` px to either side. Print ends at a ruling: what goes on beyond it and is a tick
// as a whole is none. Ticks that touch print stay.
void erase_ticks_over(const std::vector<Ruling>& rulings, double beside, double char_height, cv::Mat& ink,
                      cv::Mat& gray);

}  // namespace biaod::layout
