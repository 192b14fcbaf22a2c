// Recognising a form in a record's tables: which printed table, row and column is which of the form's.
#pragma once

#include <memory>
#include <vector>

#include "models/alignment.hpp"
#include "models/form_columns.hpp"
#include "models/form_definition.hpp"
#include "models/record.hpp"
#include "models/table_grid.hpp"

namespace biaod::models {

// Where a row of the form is printed; `count` is 2 for a row that is torn into this one and the next of its table
// (or the first of the next table).
struct RowPlace {
    int table = -1, row = -1;                // index into the record's tables
    int second_table = -1, second_row = -1;  // the lower half of a torn row
    double similarity = 0, margin = 0;
    bool labelled = true;  // the form gives the row a label
    bool found() const { return table >= 0; }
};

struct BlockMatch {
    std::vector<RowPlace> rows;      // one for each of the block's rows
    std::vector<ColumnMap> columns;  // one for each of the record's tables; empty where none was found
};

struct TableMatch {
    std::vector<int> tables;  // the record's tables that hold it, in reading order
    std::vector<BlockMatch> blocks;
    int labels = 0, found = 0;  // of the form's table, and of these those that were found
    int others = 0;             // printed rows with a text that are none of the form's
};

struct FormMatch {
    std::shared_ptr<const FormDefinition> form;
    std::vector<TableMatch> tables;
    double agreement = 0;  // share of the form's labels that were found, 0..1
};

// The grids of all of the record's tables; refers to the record.
std::vector<TableGrid> make_grids(const Record& record);

// How well the record fits the form. Never fails; a record without the form has a small agreement.
FormMatch match_form(std::shared_ptr<const FormDefinition> form, const std::vector<TableGrid>& grids);

// A form is recognised from this agreement on.
inline constexpr double least_agreement = 0.4;

}  // namespace biaod::models
