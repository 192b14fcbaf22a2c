// What the ink of a figure says before any network reads it, and of what networks read.
#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <string>

namespace biaod::ocr {

// Whether the character parts groups of digits or stands before decimals.
inline bool is_mark(char c) { return c == '.' || c == ','; }

// Of each function, `gray` is CV_8UC1 and `box` the tight box of the ink, px.

// Whether the ink in `box` is shaped like a figure: every piece clearly narrower than a Chinese character, or a hyphen,
// or a broad zero.
bool shaped_as_figure(const cv::Mat& gray, const cv::Rect& box, double char_height);

// Whether the ink is but a dash, which needs no network: flat, and with clean paper above and below.
bool is_dash(const cv::Mat& gray, const cv::Rect& box, double char_height);

// Whether the ink is one straight stroke of even width that rises to the right: a slash, which needs no network either.
bool is_slash(const cv::Mat& gray, const cv::Rect& box, double char_height);

// The same of one that falls to the right, which some print where there is nothing.
bool is_backslash(const cv::Mat& gray, const cv::Rect& box, double char_height);

// Whether the ink is such a slash and specks beside it, which together may be read as a 7.
bool is_slash_with_specks(const cv::Mat& gray, const cv::Rect& box, double char_height);

// Whether what was read as a lone 7 begins, at its top, to the right of its foot: a slash that touches a speck.
bool is_seven_without_bar(const cv::Mat& gray, const cv::Rect& box);

// Whether it is one straight stroke that is steeper, as a slash of condensed type: it may be a slanted 1, too, or a
// condensed 7 that lost its bar.
bool may_be_slash(const cv::Mat& gray, const cv::Rect& box, double char_height);

// Whether the ink is one zero and nothing else: a stroke on either side at each height, closed above and below, round
// at its corners, and between them a hollow, or, as in type of one width, a slash. What no other digit is; but a 6, 8
// or 9 that a pen crossed looks like the slashed one. A zero whose thin ends were torn may be none.
enum class Zero { none, plain, slashed };
Zero zero_in(const cv::Mat& gray, const cv::Rect& box, double char_height);

// The width of the ink behind the figure's leftmost piece, px; 0 where it is all one piece.
int width_behind_first(const cv::Mat& gray, const cv::Rect& box);

// What stands behind the figure's first character, a word as wide as it is high, px; empty where no gap parts them.
cv::Rect behind_word(const cv::Mat& gray, const cv::Rect& box);

// Whether the figure starts with a minus: its leftmost piece of ink is flat and stands at half height.
bool leads_with_dash(const cv::Mat& gray, const cv::Rect& box);

// Whether the first of what was read as `digits` digits begins well below the top of the others, and does not end below
// their foot: as a plus does, which may touch the digit after it. A 3, 4, 5, 7 or 9 of an old style ends below it.
bool first_lacks_top(const cv::Mat& gray, const cv::Rect& box, std::size_t digits);

// Whether the ink is as wide as a figure of so many characters can be: a reading that is not overlooked or made up most
// of what is there.
bool fits(const std::u32string& figure, const cv::Rect& box, double char_height);

// `figure` (digits and marks) with each point and comma as the ink has it: a comma hangs below the digits, a point
// stands where they do. The marks of the reading are kept where the ink has another number of them or leaves it open.
std::string with_marks_of_ink(const std::string& figure, const cv::Mat& gray, const cv::Rect& box);

// `figure` with a 0 for each digit whose ink is shaped as one (zero_in()). The reading is kept where the ink has
// another number of pieces than the reading has characters.
std::string with_zeros_of_ink(const std::string& figure, const cv::Mat& gray, const cv::Rect& box, double char_height);

}  // namespace biaod::ocr
