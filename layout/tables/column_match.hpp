// Whether two fragments of a table have the same columns, and the columns of both together.
#pragma once

#include <optional>
#include <vector>

namespace biaod::layout {

struct ColumnMatch {
    std::vector<double> edges;      // of both together, shares of the width
    std::vector<int> first_index;   // edge i of the first is edges[first_index[i]]
    std::vector<int> second_index;  // the same for the second

    std::size_t common() const { return first_index.size() + second_index.size() - edges.size(); }
};

// Column edges as shares of the table's width, 0..1: a page may be shifted or scaled against the one before.
std::vector<double> column_shares(const std::vector<double>& edges);

// Empty when the two cannot be one table: less than 60 % of the inner edges of the one with fewer columns are edges
// of the other, or the widths differ by more than 3 % (10 % where at least three inner edges agree: a photographed page
// has its own scale). From column to column, edges may drift apart a little, and more behind a wide one: a photograph's
// far side is smaller. Where that alone parts them, four inner edges at least must be the same in one projection of the
// one page's line onto the other's. `char_share`: a character's height as a share of the width.
std::optional<ColumnMatch> match_columns(const std::vector<double>& first, const std::vector<double>& second,
                                         double width_ratio, double char_share);

}  // namespace biaod::layout
