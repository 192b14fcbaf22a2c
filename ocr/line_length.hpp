// How many characters a line can hold: Chinese type is set on a fixed pitch, so a line's width tells a character that
// the network left out or made up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace biaod::ocr {

// Width of a text in full-width characters: 1 for Chinese characters and marks, 0.5 for Latin letters and digits. Marks
// at the line's ends leave half of their square blank, which a tight box does not show.
double set_width(std::string_view utf8);

// A line that was read: its tight width and height (px) and set_width() of its text.
struct MeasuredLine {
    double width = 0, height = 0;
    double set = 0;
};

// The pitch of the page's running text, px: the median over the lines of at least ten characters; 0 when fewer than
// four lines tell it.
double measure_pitch(const std::vector<MeasuredLine>& lines);

// By how many characters the text is too short (positive) or too long (negative) for its line. 0 where the pitch says
// nothing about the line: it is set larger, or too short.
double length_error(const MeasuredLine& line, double pitch);

}  // namespace biaod::ocr
