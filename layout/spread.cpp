#include "layout/spread.hpp"

#include <algorithm>

namespace biaod::layout {
namespace {

constexpr double kLandscape = 1.2;  // width to height

template <typename Item>
bool cross(const std::vector<Item>& items, double x) {
    return std::any_of(items.begin(), items.end(),
                       [&](const Item& item) { return item.at.x < x && item.at.br().x > x; });
}

// What stands right of `from` and left of `from` + `width`.
PageText half_of(const PageText& page, double from, double width) {
    PageText half{page.page, width, page.height, {}, {}, page.desk};
    const auto inside = [&](const cv::Rect2d& at) { return at.x >= from && at.x < from + width; };
    for (ReadLine line : page.lines) {
        if (!inside(line.at)) continue;
        line.at.x -= from;
        half.lines.push_back(std::move(line));
    }
    for (TableFragment table : page.tables) {
        if (!inside(table.at)) continue;
        table.at.x -= from;
        for (double& edge : table.col_edges) edge -= from;
        half.tables.push_back(std::move(table));
    }
    return half;
}

bool holds_something(const PageText& page) { return !page.lines.empty() || !page.tables.empty(); }

}  // namespace

void split_spread(const PageText& page, std::vector<PageText>& pages) {
    const double middle = page.width / 2;
    if (page.width > kLandscape * page.height && !cross(page.lines, middle) && !cross(page.tables, middle)) {
        PageText left = half_of(page, 0, middle), right = half_of(page, middle, middle);
        if (holds_something(left) && holds_something(right)) {
            pages.push_back(std::move(left));
            pages.push_back(std::move(right));
            return;
        }
    }
    pages.push_back(page);
}

}  // namespace biaod::layout
