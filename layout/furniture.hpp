// Page furniture: page numbers and running headers.
#pragma once

#include <vector>

#include "layout/page_text.hpp"
#include "models/record.hpp"

namespace biaod::layout {

// For each line of each page: page_number, header, or paragraph for what is not furniture. A page number stands in the
// outer part of the sheet (in_outer_part()): it reads as one, or it is a short line that has a fellow in the same place
// on at least half of the pages. A header has nothing but furniture, and lines of its own row, above or below it, and
// comes again, alike and at the same height, on at least half of the pages (three or more); none names a table.
std::vector<std::vector<models::BlockType>> find_furniture(const std::vector<PageText>& pages);

}  // namespace biaod::layout
