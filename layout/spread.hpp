// Two pages that were scanned side by side as one.
#pragma once

#include <vector>

#include "layout/page_text.hpp"

namespace biaod::layout {

// Appends `page` to `pages`, as its left and its right half where it is a spread: a landscape page of which both halves
// hold something and across whose middle nothing runs. The halves keep the page's number; places on the cleaned page
// (`at`, column edges) count from each half's own left edge.
void split_spread(const PageText& page, std::vector<PageText>& pages);

}  // namespace biaod::layout
