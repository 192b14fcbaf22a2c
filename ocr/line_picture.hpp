// Crops a line from a page the way the network reads it best.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace biaod::ocr {

// The line in `box` of `gray` (CV_8UC1, dark on light) with a white margin of 16 % of the glyph height, contrast
// stretched, scaled so that a glyph is `glyph_px` high. A box flatter than a character (一, a dash) is first grown to
// the height of one. `char_height` in px of `gray`. `width` stretches the glyphs: the time a line takes to read is that
// of its width.
//
// The margin is the largest lever on errors: 0 % gives 36-46 % wrong characters, 10-20 % gives 0-1 % (measured with
// Tesseract 5.3.0 and chi_sim).
cv::Mat prepare_line(const cv::Mat& gray, const cv::Rect& box, double char_height, int glyph_px, double width = 1);

constexpr int kGlyphPixels = 38;        // what the network's 48 px input leaves for a glyph with its margins
constexpr double kNarrowGlyphs = 0.92;  // as wide as this they are read as well as in full width, and sooner

// Lines that belong together, one behind the other as one line: a short one is read better among its neighbours.
cv::Mat prepare_lines(const cv::Mat& gray, const std::vector<cv::Rect>& boxes, double char_height, int glyph_px,
                      double width = 1);

}  // namespace biaod::ocr
