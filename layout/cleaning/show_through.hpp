// What the back of a thin sheet shows through its front.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// The darkest level (0 to 255) of the writing that shows through to `even_gray` (CV_8UC1, even background), or 255
// where none does. It is known by its paleness and by passing over `rulings` in many places: what is printed pale on
// the page itself stays within its cells. (Where both are on one page, they are alike.) `char_height` px.
int show_through_level(const cv::Mat& even_gray, const std::vector<Ruling>& rulings, double char_height);

// Makes paper of what is as light as `level` or lighter, and lightens what is up to 16 levels darker; darker strokes
// stay as they are.
void whiten_from(int level, cv::Mat& even_gray);

}  // namespace biaod::layout
