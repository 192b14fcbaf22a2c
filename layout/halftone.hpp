// Grey areas on pictures that know no grey: a fax shows them as dots.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// Takes areas of dots out of a picture of black and white alone (`gray`, CV_8UC1; others are left as they are): where
// dots smaller than any of writing stand close to each other, with nothing blank between them, over more than a line of
// writing (`char_height`, px), only strokes stay: straight ones, which dots hardly form, and what is solid. Strokes of
// a single point in such an area are kept only as rulings. Returns the areas' edges (CV_8UC1, 255, a point thick), for
// a hairline may have been lost among the dots; empty without any.
cv::Mat erase_halftones(cv::Mat& gray, double char_height);

}  // namespace biaod::layout
