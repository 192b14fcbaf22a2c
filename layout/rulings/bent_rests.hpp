// What is left of rulings that flattening left bent once they are erased as straight ones.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// Erases beside each of the `rulings`, which are erased already (see erase_rulings), strokes that run along it as thin
// as it is and longer than strokes of writing: from `text` (CV_8UC1, 255 = ink) and from `gray` (CV_8UC1, 255 = paper).
// `unit` is a character's height, px.
void erase_bent_rests(const std::vector<Ruling>& rulings, double unit, cv::Mat& faint, cv::Mat& text, cv::Mat& gray);

}  // namespace biaod::layout
