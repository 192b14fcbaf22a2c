// The running text of a record as lines that patterns can be matched against.
#pragma once

#include <string>
#include <vector>

#include "models/form_definition.hpp"
#include "models/record.hpp"

namespace biaod::models {

struct TextLine {
    const Block* block = nullptr;
    std::string folded;  // fold() as UTF-8, years in Chinese digits turned into Arabic ones
    int section = -1;    // index of the section heading that this line is; -1 for other lines
};

// Titles, headings and paragraphs in reading order.
struct TextLines {
    std::vector<TextLine> lines;
    std::size_t front = 0;  // lines before the first section heading or table: letterhead, title, addressee
};

TextLines text_lines(const FormDefinition& form, const Record& record);

// fold() with runs of four Chinese digits before the character for "year" turned into Arabic digits, likewise the
// month and the day behind them.
std::string folded_with_years(std::string_view text);

}  // namespace biaod::models
