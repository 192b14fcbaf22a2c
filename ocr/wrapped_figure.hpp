// Figures in cells of several lines: one that is too long for its cell and goes on in the next line, or one beside
// which specks and rests of rulings make lines of their own.
#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ocr/figure_ink.hpp"

namespace biaod::ocr {

// Whether `lines` (px) of digits may be those of one figure: close below each other, all but the last full and wider
// than that.
bool may_be_wrapped(const std::vector<cv::Rect>& lines, double cell_width, double char_height);

// The number whose parts, line by line, were read by themselves; nothing where the digits of one were not read surely,
// or they make no number. What else it may say is the second reading: what the lines said in one row, `as_text`, where
// those digits differ; or the parts with other marks; or a comma for a point that parts the last three digits.
std::optional<FigureText> wrapped_figure(const std::vector<FigureText>& parts, std::string as_text);

// The figure among what was read of the lines where the others hold none, or but a 1, which a rest of a ruling is read
// as; else nothing.
std::optional<std::string> only_figure(const std::vector<FigureText>& lines);

}  // namespace biaod::ocr
