// Lines of writing inside a region of a cleaned page.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/page_layout.hpp"

namespace biaod::layout {

// Tight boxes of the lines in `region` of `ink` (255 = ink), top to bottom, and left to right where a line is parted by
// a gap wider than 4 characters; one side of it may hold more lines than the other. Strokes of one character that a gap
// parts (二, 三) stay together; specks below 0.18 of `char_height` are ignored.
std::vector<cv::Rect> find_text_lines(const cv::Mat& ink, const cv::Rect& region, double char_height);

// The box of a line in `region` of the cleaned picture `gray` (CV_8UC1), widened by paler strokes: close to its left
// and right, as high as it is, a thin minus, or the slant of a 4 that its ink lacks; above and below, joined to it, the
// ends of a thin 0 of which the ink is the sides.
cv::Rect with_pale_strokes(const cv::Mat& gray, const cv::Rect& line, const cv::Rect& region, double char_height);

// The same widened by strokes that are paler still, but joined to it at its left or right: on a pale copy, the slant of
// a 4. In `gray` nothing may be left of a seal.
cv::Rect with_pale_ends(const cv::Mat& gray, const cv::Rect& line, const cv::Rect& region, double char_height);

// Whether the last of a cell's lines leaves no room for a further character, or all stand one character below the
// other; all in the same unit.
bool fill_cell(const std::vector<double>& line_widths, double cell_width, double char_height);

// Orders lines top to bottom; those that share more than half of their height stand side by side, left to right.
void sort_reading_order(std::vector<TextLine>& lines);

}  // namespace biaod::layout
