// Grey areas on pictures that know no grey: a fax shows them as dots.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// What an area of dots was on the page; pictures of the page's size (CV_8UC1), empty without any.
struct Halftones {
    cv::Mat edges;   // 255 where an area ends, a point thick: a hairline may have been lost among the dots
    cv::Mat ground;  // 255 where an area is, but for the writing in it
    cv::Mat ink;     // 255 where that had ink
};

// Takes areas of dots out of a picture of black and white alone (`gray`, CV_8UC1; others are left as they are): where
// dots smaller than any of writing stand close to each other, with nothing blank between them, over more than a line of
// writing (`char_height`, px), only strokes stay: straight ones, which dots hardly form, and what is solid. Strokes of
// a single point in such an area are kept only as rulings. Where dots are so many that they touch, strokes are told
// from them by how much is inked (touching_dots.hpp).
Halftones erase_halftones(cv::Mat& gray, double char_height);

}  // namespace biaod::layout
