// A table's first column where a page shows nothing of it but its text: one cell that goes on from the page before to
// the page after, without a ruling at its outer side.
#pragma once

#include <vector>

#include "layout/page_text.hpp"
#include "models/record.hpp"

namespace biaod::layout {

// Gives such a column to each page's first table that goes on with the last table of the page before: all but the first
// column of that one must match, and by more edges than all of it or all but the last (see match_columns()); or all but
// a part of the first, which this page alone parts, if something is written there. Lines inside the column become its
// cell's text. Then takes out all other lines that stand in a margin. `types` are parallel
// to the lines of the pages and stay so.
void close_open_columns(std::vector<PageText>& pages, std::vector<std::vector<models::BlockType>>& types);

}  // namespace biaod::layout
