// The header of a table that a page repeats at its top.
#pragma once

#include <vector>

#include "layout/page_text.hpp"
#include "layout/tables/row_break.hpp"

namespace biaod::layout {

// Takes the rows that repeat the first rows of `table` (its cells, in `table_rows` rows) out of `cells`, which follow
// it on the next page in `rows` rows and in the same columns. Their boxes go to the cells of `table` that say the same.
// Returns how many rows these were; 0 where nothing is repeated.
//
// A header is repeated where cells in the same places say much the same, with the same numbers. Where many say exactly
// that, or many of either are labels of `known` forms and none of them another, the rest may be misread, and one cell
// may be parted in two on either page. Of a header that has a corner as high as itself and at least five known labels
// the shape alone tells: its cells are there again, at most one of them in parts, one spans columns, few hold figures,
// and none surely says anything else. Where the table's own header was torn, nearly all labels must be known ones that
// stand in it somewhere. A row that holds figures is none.
int take_repeated_header(std::vector<FragmentCell>& table, int table_rows, std::vector<FragmentCell>& cells, int rows,
                         const KnownLabels& known);

}  // namespace biaod::layout
