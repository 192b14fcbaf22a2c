// Dotted and dashed rulings, drawn through before anything else looks at the ink: to what finds rulings a dot is a
// speck.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// Fills the gaps of rows and columns of dots or dashes in `ink` (CV_8UC1, 255 = ink): at least five alike, at even
// distances, with gaps below 0.45 of `char_height` (px) and twice a dot's length, and white on both sides; or twelve
// over eight characters with white on one, and what goes on in line with these; or three of a column that fill the way
// between two horizontals, where a dotted one is on the page, or five with white on one side. Returns whether there
// were any.
bool draw_dots_through(cv::Mat& ink, double char_height);

}  // namespace biaod::layout
