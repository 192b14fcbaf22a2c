// Grey areas on pictures that know no grey: a fax shows them as dots.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// Makes areas of dots grey in a picture of black and white alone (`gray`, CV_8UC1; others are left as they are), for them
// to be looked at as the fills that they are: where dots smaller than any of writing stand close to each other over more
// than a line of writing (`char_height`, px), the picture is blurred by about a dot. Rulings and writing in such an area
// stay darker than it.
bool smooth_halftones(cv::Mat& gray, double char_height);

}  // namespace biaod::layout
