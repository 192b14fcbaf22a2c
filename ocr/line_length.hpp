// How many characters a line can hold: Chinese type is set on a fixed pitch, so a line's width tells a character that
// the network left out or made up.
#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocr/engine.hpp"

namespace biaod::ocr {

// Width of a text in full-width characters: 1 for Chinese characters and marks and for the ASCII marks that the network
// writes for them beside Chinese, 0.5 for Latin letters, digits and other marks; spaces beside Chinese are the
// network's own. Marks at the line's ends leave half of their square blank, which a tight box does not show.
double set_width(std::string_view utf8);

// A line that was read: its tight width and height (px) and set_width() of its text.
struct MeasuredLine {
    double width = 0, height = 0;
    double set = 0;
};

// The pitch of the page's running text, px: the one that most lines of at least ten characters agree on, though others
// were read with a character too many. 0 when fewer than four lines tell it.
double measure_pitch(const std::vector<MeasuredLine>& lines);

// By how many characters the text is too short (positive) or too long (negative) for its line. 0 where the pitch says
// nothing about the line: it is set larger, or too short.
double length_error(const MeasuredLine& line, double pitch);

// How many full-width squares a line consists of, where its ink keeps to them: hardly any stands where one square ends
// and the next begins. nullopt: figures, Latin letters or narrow marks put it off the squares, or `pitch` (px of
// `gray`, from measure_pitch()) is not the line's. `gray` is dark on light.
std::optional<int> squares_of(const cv::Mat& gray, const cv::Rect& box, double pitch);

// Whether the line's ink keeps to the squares of its own text: it is set wider or closer than others, as lines are
// whose end a mark may not stand at, and the text has as many characters as the line. `set`: set_width() of the text.
bool keeps_to_own_squares(const cv::Mat& gray, const cv::Rect& box, double set);

// Which symbol of a text that is a square too long was made up: the one without which the others stand on their squares
// best, by where the network saw them and how surely. `pitch` in px of the picture that was read. The reading has two
// symbols or more.
std::size_t made_up_symbol(const Reading& reading, double pitch);

}  // namespace biaod::ocr
