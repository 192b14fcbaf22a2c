// A workbook before it is written: sheets of cells, for Excel and CSV (export.hpp) alike.
//
// Text is text and a figure is a figure: a cell holds a string or an exact decimal, never a formula. Rows and columns
// are numbered from 0.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "models/number.hpp"

namespace biaod::daemon {

enum class CellStyle {
    title,    // of the sheet
    caption,  // of a table on it
    plain,    // text outside tables
    head,     // column and block labels
    label,    // row labels
    figure,   // values, blanks
    text      // text in tables
};

enum class CellMark {
    none,
    doubtful,  // waits for review
    wrong      // a check that failed
};

using CellValue = std::variant<std::monostate, std::string, models::Decimal>;

struct SheetCell {
    int row = 0, col = 0, row_span = 1, col_span = 1;
    CellStyle style = CellStyle::text;
    CellValue value;
    CellMark mark = CellMark::none;
    std::string note;  // the comment on the cell
    std::string unit;  // shown behind a figure whose label does not say it
};

struct Sheet {
    std::string name;
    std::vector<SheetCell> cells;  // do not overlap
    std::vector<double> widths;    // of the columns, in characters
    int frozen_rows = 0, frozen_cols = 0;
    bool landscape = false;
    bool one_page = false;      // when printed; otherwise only the width is fitted
    bool tells_doubts = false;  // which of the first sheet's figures are doubtful, or not in its sums

    int rows() const;
    int cols() const;
    // Appends a cell of one place and returns it, to be given what it needs beyond.
    SheetCell& add(int row, int col, CellStyle style, CellValue value = {});
};

struct Book {
    std::vector<Sheet> sheets;
    bool alike = false;  // no sheet is the main one: a single CSV file holds them all
};

// The sheets' names as Excel takes them: at most 31 UTF-16 units, none of []:*?/\, no apostrophe at the edges, none
// empty, no two alike but for case.
std::vector<std::string> sheet_names(const Book& book);

// How wide text is in characters of a spreadsheet's column: 2 for a Chinese one, 1 for others; of the longest line.
int text_width(const std::string& text);

}  // namespace biaod::daemon
