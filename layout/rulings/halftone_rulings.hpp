// Rulings in grey areas of a fax: rows that are denser than the dots around them.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// The level and upright rulings (CV_8UC1, 255, a point or two thick) on the `ground` of dots (CV_8UC1, 255, without
// writing) of a page that is level, with its `ink` (255). A ruling of dashes is, with the dots in its gaps, no line any
// more, but there is more ink on its way than to both sides: for a level one over 4 of `char_height` (px) and in each
// part of that; for an upright one, which may part one line of writing, over 1.5 and from one level ruling to the next.
// Those may be rulings that are in `faint` (CV_8UC1, 255 = ink) already, where it goes on beyond them; or another
// stands in line with it elsewhere on the page. Where level ones are not dashed, upright ones are not looked for.
cv::Mat rulings_in_halftones(const cv::Mat& ground, const cv::Mat& ink, const cv::Mat& faint, double char_height);

}  // namespace biaod::layout
