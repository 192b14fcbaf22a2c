// Lines that a page break left hanging below their cell.
#pragma once

#include "layout/page_layout.hpp"

namespace biaod::layout {

// A browser that breaks a page inside a spanning cell prints the rest of its line below the table's edge. Such a line,
// the last one on the page, is given back to the cell; also where it begins further left than the one above, or the
// page's number follows, if no ruling closes the cell: else it may be a note.
void return_overhanging_lines(PageLayout& page);

}  // namespace biaod::layout
