// A table's first row where a page shows nothing of it but its text: a title across all columns, whose rulings above
// and at both sides are lost.
#pragma once

#include <vector>

#include "layout/page_text.hpp"
#include "layout/tables/row_break.hpp"
#include "models/record.hpp"

namespace biaod::layout {

// Makes a line that stands close above a table, alone and where the first column begins, as large as what is written in
// cells, and says what a known form prints in one, that table's first row. `types` are parallel to the lines of the
// pages and stay so.
void take_title_rows(std::vector<PageText>& pages, std::vector<std::vector<models::BlockType>>& types,
                     const KnownLabels& known);

}  // namespace biaod::layout
