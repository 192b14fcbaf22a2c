// The black border that a scanner with an open lid leaves around the paper.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// Makes the border of `gray` (CV_8UC1) white: what is dark, thicker than half of `char_height` (px) and goes along the
// picture's edge. Rulings that reach the edge are thinner and stay.
void whiten_border(cv::Mat& gray, double char_height);

}  // namespace biaod::layout
