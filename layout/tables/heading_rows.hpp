// A table's first row where a page shows nothing of it but its text: a heading across all columns, whose rulings above
// and at both sides are lost.
#pragma once

#include <vector>

#include "layout/page_text.hpp"
#include "layout/tables/row_break.hpp"
#include "models/record.hpp"

namespace biaod::layout {

// Gives each table back the heading that stands close above it, alone in its row, beginning where the first column does
// and hardly larger than the table's writing: one of those that known forms print in a row of their own, on up to three
// lines. `types` are parallel to the lines of the pages and stay so.
void take_heading_rows(std::vector<PageText>& pages, std::vector<std::vector<models::BlockType>>& types,
                       const KnownLabels& headings);

}  // namespace biaod::layout
