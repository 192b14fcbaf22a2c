// Grey areas on pictures that know no grey: a fax shows them as dots.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// Makes areas of dots in `gray` (CV_8UC1) grey, for them to be looked at as the fills that they are: where a square of
// `char_height` (px) holds many dots smaller than any of writing, the picture is blurred by about a dot. Rulings and
// writing in such an area stay darker than it.
void smooth_halftones(cv::Mat& gray, double char_height);

}  // namespace biaod::layout
