// What several readings of one figure say together.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ocr/figure_ink.hpp"

namespace biaod::ocr {

struct Reading;

// A figure's text without spaces at its ends (models::tidy_text). A minus as wide as a character is read as two: it is
// one here.
std::string tidy_figure(const std::string& read);

// Whether it holds a character beyond ASCII: 元 and the like.
bool has_words(const Reading& reading);

// Whether two readings say the same, but for the width of their characters.
bool same_figure(const Reading& a, const Reading& b);

// What two readings say that are the same, as sure as the surer of them.
FigureText agreed(const Reading& a, const Reading& b);

// 0..1, how sure two networks that said the same in each of their looks, of which none is empty, are of it together: of
// each symbol, by the look that was surest. The least sure symbol counts. 0 where one of them is all but sure of none,
// or a look has another number of symbols. Measured: they do not fail as independently as the product of their doubts
// says, but seldom at all here.
double sure_together(const std::vector<Reading>& looks, const std::vector<Reading>& others);

// Whether `merged` is `figure` but for digits that were read as one with the same digit before them.
bool merges_digits(const std::string& merged, const std::string& figure);

// Whether `figure` is one of the readings but for digits that were merged, and so is each that the ink may hold
// (`holds`); or it is with a 0 before it, one of the zeros beside the figure. No figure that begins with 0 and another
// digit is.
bool explains_merged(const std::vector<Reading>& readings, const std::string& figure,
                     const std::function<bool(const Reading&)>& holds);

// What a vote asks the ink.
struct InkOfFigure {
    std::function<bool(const Reading&)> holds;  // whether it may be what the reading says (ink_may_hold)
    bool has_tall_parts = false;                // taller than digits are
    bool leads_with_dash = false;
};

// What most of the readings say, of which there are some and none is empty; with the doubt (kDisagreement) and what
// another says, if one does; no doubt where the ink settles that it has a minus. Those that it may hold are heard
// before others, of these what does not begin with 0 and another digit, and of what is tall those with words: two
// digits are what the English network makes of a word.
FigureText vote_on_figure(const std::vector<Reading>& readings, const InkOfFigure& ink);

}  // namespace biaod::ocr
