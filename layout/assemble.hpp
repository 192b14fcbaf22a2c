// From pages of lines and table fragments to the document's blocks and tables.
#pragma once

#include <vector>

#include "layout/page_text.hpp"
#include "layout/tables/row_break.hpp"
#include "models/record.hpp"

namespace biaod::layout {

struct Assembled {
    std::vector<models::Block> blocks;  // reading order
    std::vector<models::Table> tables;
};

// Sorts out page furniture, stitches tables over page breaks and joins lines to titles, headings and paragraphs, these
// too over page breaks. `known`: see judge_row_break(); `headings`: see take_heading_rows().
Assembled assemble(const std::vector<PageText>& pages, const KnownLabels& known = {}, const KnownLabels& headings = {});

}  // namespace biaod::layout
