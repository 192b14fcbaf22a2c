// Which rulings of a page belong to one table, before there are grids.
#pragma once

#include <cstddef>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// The rulings of one table, by their places in the page's list, and how far its horizontals reach, px.
struct TableRulings {
    std::vector<std::size_t> horizontals, verticals;
    double left = 0, right = 0;
};

// Rulings that cross or nearly touch (within 0.8 of `char_height`, px) are of one table; what is narrower than one, and
// a horizontal that may stand below a heading, is left out.
std::vector<TableRulings> tables_of(const std::vector<Ruling>& rulings, double char_height);

}  // namespace biaod::layout
