// From the header rows of a printed table to the grid columns of each of the form's columns.
#pragma once

#include <vector>

#include "models/alignment.hpp"
#include "models/form_definition.hpp"
#include "models/table_grid.hpp"

namespace biaod::models {

// Where one column of a block is printed: grid columns first..last, inclusive.
struct ColumnPlace {
    int first = -1, last = -1;
    double similarity = 0;
    double margin = 0;
    bool doubtful = false;       // found by a way that a person should look at
    bool in_order = false;       // which was: by its place among the others, for its label was not recognised
    bool only_one_left = false;  // its label was misread, but all others, or all but one, have theirs
    bool found() const { return first >= 0; }
    // Whatever way it was found by, the only one left is no other.
    bool is_sure() const {
        return only_one_left || (!doubtful && similarity >= sure_similarity && margin >= sure_margin);
    }
};

struct ColumnMap {
    std::vector<ColumnPlace> columns;  // one for each of the block's columns
    int found() const;
    bool empty() const { return columns.empty(); }
};

// Aligns the header in rows first_row..last_row with the block's column labels, by text and order. Columns that are not
// found so, and as many printed ones in their place, are taken in order. One or two are beyond doubt where all stand
// beside each other, at least two thirds have their labels, and theirs were read with doubt, but not as something else.
ColumnMap columns_from_header(const TableGrid& grid, const FormBlock& block, int first_row, int last_row,
                              const FigureWords& words);

// The map of one piece of a table for another piece, whose header is not printed: by the places of the column edges in
// the table, by the widths of the last columns, or by equal numbers of columns where the cells have no boxes. All are
// doubtful when the places do not agree. Empty when the two cannot be compared.
ColumnMap columns_from_piece(const TableGrid& from, const ColumnMap& map, const TableGrid& to);

// Without any header: when as many columns have figures as the block has, they are taken in order; all are doubtful.
ColumnMap columns_by_count(const TableGrid& grid, const FormBlock& block, const std::vector<int>& value_rows,
                           const FigureWords& words);

}  // namespace biaod::models
