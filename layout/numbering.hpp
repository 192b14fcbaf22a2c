// The numbering of Chinese official documents (GB/T 9704-2012, 7.3.3): 一、 then （一） then 1. then （1）.
#pragma once

#include <string_view>

namespace biaod::layout {

// 1 for "一、", 2 for "（一）", 3 for "1." or "1、", 4 for "（1）"; 0 when `text` does not start with a number.
int numbering_level(std::string_view text);

// Names a table or what is annexed: 表1, 附表二, 附件.
bool is_caption(std::string_view text);

// A page number on its own: 3, - 3 -, — 3 —, 第3页, 第3页共9页, 3/9.
bool is_page_number(std::string_view text);

// A digit or a Chinese numeral from one to ten.
bool is_numeral(char32_t c);

bool contains_han(std::string_view text);

// Starts like a figure: a digit, or a sign and a digit.
bool starts_as_figure(std::string_view text);

// Starts with the number of a label whose point was overlooked or misread: one or two digits, then several Chinese
// characters of which the first measures nothing: 3其他, 3,其他, but not 3件次 or 10万元以上.
bool lacks_point(std::string_view text);

}  // namespace biaod::layout
