// How many digits ink can hold. The digits of a table are set in one size and mostly on one pitch, so a figure's width
// tells a digit that networks made up, even where they agree on it: 5 read as 35.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace biaod::ocr {

// A figure that was read, and the width of its ink, px.
struct MeasuredFigure {
    std::string text;
    double width = 0;
};

// The pitch of a table's digits, px: the median of figures of nothing but digits, without those that begin or end with
// a 1 where there are enough others. Three of more digits than one tell it alone, for how much of the pitch a lone one
// fills depends on its face; fewer count twice. 0 when fewer than four tell it.
double measure_digit_pitch(const std::vector<MeasuredFigure>& figures);

// Whether ink of `width` px may be the figure, with room for thin first and last digits, and for marks of any width.
// True where the pitch is not known, and for other texts than digits, marks and signs.
bool may_hold(std::string_view figure, double width, double pitch);

}  // namespace biaod::ocr
