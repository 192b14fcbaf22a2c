// Strokes of writing that line up as rulings do, told from them.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// Whether a vertical piece is a stroke of a heading, and not the rest, behind a gap, of a vertical that begins at the
// table's first horizontal: none of the long `horizontals` is at either end, and writing stands beside it in `ink`
// (CV_8UC1, 255 = ink). `char_height` px.
bool is_stroke_before_table(const Ruling& piece, const std::vector<Ruling>& verticals,
                            const std::vector<Ruling>& horizontals, const cv::Mat& ink, double char_height);

// Takes strokes of writing out of a page's rulings. A short ruling (below 3.5 characters) must run from one crossing
// ruling to another, or reach over two of them, solid and in the clear, or hang from one alone and in the clear, or
// with others alike (the page ended there), or be the other stroke of a double one, and what is full of gaps, or has
// `ink` close beside it over much of its length, is writing, but for a long one that ends at rulings across, or as
// others do, and keeps clear of it. So is a short one that ends 0.35 of `char_height` before both, and a horizontal
// that breaks off before a vertical on both sides of it and before those at its ends. So are short ones that touch,
// none much higher or wider together, or in one line of a heading, if they reach from no longer one to another; a
// vertical that strokes of its word touch; and one thicker than rulings, of characters below each other that closed up.
void drop_strokes(std::vector<Ruling>& rulings, const cv::Mat& ink, double char_height);

}  // namespace biaod::layout
