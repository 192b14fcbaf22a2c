// Text made comparable and text made publishable.
//
// Comparison drops everything that printing and OCR vary at will; publication only repairs what a rule can decide
// (spaces inside Chinese, the width of marks) and never changes what a reader would call the content.
// All functions accept bytes that are not UTF-8: each bad byte counts as U+FFFD. No function throws on content.
#pragma once

#include <string>
#include <string_view>

namespace biaod::models {

std::u32string to_code_points(std::string_view utf8);
std::string to_utf8(std::u32string_view code_points);

// Valid UTF-8: bad bytes become U+FFFD.
std::string to_valid_utf8(std::string_view bytes);

// A file name fit to be shown and published: bad bytes, control and bidi characters are escaped as \xHH or \u{HHHH}.
std::string escape_name(std::string_view bytes);

bool is_han(char32_t c);  // an ideograph (Unicode script Han), 〇 included
bool is_one_han(std::string_view utf8);

// Unicode NFKC without any white space, with brackets, quotes and dashes of all sorts folded to ()"-.
std::u32string fold(std::string_view utf8);

// For comparing labels: fold() in lower case, letters and digits only.
std::u32string label_key(std::string_view utf8);

// For publication: no spaces between Chinese characters, and , : ; ! ? ( ) in full width where they stand between
// them. fold() of the result equals fold() of the input.
std::string tidy_text(std::string_view utf8);

// For publication of what was read from a picture: tidy_text(), and brackets that OCR confuses made parentheses again,
// in the width of their partner: 《一） is （一）. Braces are always parentheses, for reports have none. Other brackets
// are only where they do not match, one of the two is a parenthesis, and they enclose a Chinese numeral of at most
// three characters, or one or two digits at the beginning of a line; where they enclose the year of a document number
// they are 〔〕; a mark of a title (《…》) whose own partner is on the line stays. 互联网十 is 互联网+ where the ten
// counts nothing, and 一 between digits a dash; 31日上 is 31日止 before a mark. What a file's text layer says is never
// repaired so.
std::string tidy_reading(std::string_view utf8);

// A title within a title is set in 〈〉 (GB/T 15834): the marks of 《…》 and 〈…〉, which OCR confuses, by their
// nesting where both titles are whole, at most 60 characters long, and hold no others.
std::string nest_titles(std::string_view utf8);

// Levenshtein distance over code points. O(|a|·|b|) time, O(|b|) memory.
int edit_distance(std::u32string_view a, std::u32string_view b);

// 1 for equal, 0 for nothing in common: 1 − distance ÷ the longer length. Two empty texts have 0.
double similarity(std::u32string_view a, std::u32string_view b);

// As similarity(), but `part` may also be the beginning of `whole` (a label cut off or shortened), at a discount.
double similarity_to_start(std::u32string_view part, std::u32string_view whole);

}  // namespace biaod::models
