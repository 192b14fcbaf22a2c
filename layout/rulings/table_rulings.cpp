#include "layout/rulings/table_rulings.hpp"

#include <algorithm>

#include "layout/disjoint_sets.hpp"

namespace biaod::layout {
namespace {

// In character heights.
constexpr double kTouch = 0.8;
constexpr double kNarrowest = 8;  // least width of a table
constexpr double kWide = 20;      // of one of which one horizontal is left

}  // namespace

std::vector<TableRulings> tables_of(const std::vector<Ruling>& rulings, double char_height) {
    DisjointSets sets(rulings.size());
    for (std::size_t h = 0; h < rulings.size(); ++h)
        for (std::size_t v = 0; rulings[h].horizontal && v < rulings.size(); ++v)
            if (touch(rulings[h], rulings[v], kTouch * char_height)) sets.unite(h, v);
    std::vector<TableRulings> all(rulings.size());
    for (std::size_t i = 0; i < rulings.size(); ++i) {
        TableRulings& table = all[sets.root(i)];
        if (!rulings[i].horizontal) {
            table.verticals.push_back(i);
            continue;
        }
        const bool first = table.horizontals.empty();
        table.left = first ? rulings[i].from : std::min(table.left, rulings[i].from);
        table.right = first ? rulings[i].to : std::max(table.right, rulings[i].to);
        table.horizontals.push_back(i);
    }
    std::erase_if(all, [&](const TableRulings& table) {
        return table.horizontals.empty() ||
               table.right - table.left < (table.horizontals.size() == 1 ? kWide : kNarrowest) * char_height;
    });
    return all;
}

}  // namespace biaod::layout
