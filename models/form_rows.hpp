// The printed rows of a record's tables and the expected rows of a form's table, made comparable.
#pragma once

#include <string>
#include <vector>

#include "models/form_definition.hpp"
#include "models/table_grid.hpp"

namespace biaod::models {

struct PrintedRow {
    int table = 0, row = 0;             // index into the record's tables; row of that table
    std::vector<std::u32string> texts;  // label_key() of the cells that cover the row and are not figures
    int figures = 0;                    // cells with a number or a dash
    bool blank() const { return texts.empty() && figures == 0; }
};

struct ExpectedRow {
    int block = 0;
    int row = -1;                   // of the block; -1 for its heading
    const Label* own = nullptr;     // null for an unlabelled row
    const Label* parent = nullptr;  // the label above the row's own, if it has one
    std::u32string path;            // all labels on the way, joined
    bool optional = false;
};

std::vector<PrintedRow> printed_rows(const TableGrid& grid, int table, const FigureWords& words);
std::vector<ExpectedRow> expected_rows(const FormTable& table);

// 0..1, or negative where the row cannot be it.
double row_similarity(const PrintedRow& printed, const ExpectedRow& expected);

// The same for two printed rows that may be one, torn; not where the upper one's label is whole.
double torn_row_similarity(const PrintedRow& upper, const PrintedRow& lower, const ExpectedRow& expected);

// The best similarity of a text with any wording of a label.
double label_similarity(const std::u32string& text, const Label& label);

// True for a row of column labels (or of the header's corner): most texts are such labels, and of no more than one cell
// to three of them a figure was read.
bool is_header_row(const PrintedRow& printed, const FormBlock& block);

}  // namespace biaod::models
