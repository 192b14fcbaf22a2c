// CSV as RFC 4180 has it, UTF-8: reading what a spreadsheet saved, writing what one opens.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/error.hpp"

namespace biaod::models {

struct CsvRow {
    int line = 0;  // where it begins, from 1
    std::vector<std::string> fields;
};

// A byte order mark is dropped, lines may end in LF or CRLF, blank lines are skipped. Errors (bad_input) begin with
// "line N: ": a quote that is not closed, text after a closing quote, bytes that are not UTF-8.
Result<std::vector<CsvRow>> parse_csv(std::string_view text);

// With CRLF at the end. A field with a comma, a quote, a line break or a space at its edges is quoted.
std::string csv_line(const std::vector<std::string>& fields);

// Text that a spreadsheet would take for a formula ('=', '+', '-', '@', tab or CR in front) made text by an apostrophe
// in front. For text only: a figure keeps its sign.
std::string csv_text(std::string text);

}  // namespace biaod::models
