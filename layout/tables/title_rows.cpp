#include "layout/tables/title_rows.hpp"

#include <algorithm>
#include <cmath>

#include "models/text_norm.hpp"

namespace biaod::layout {
namespace {

// In character heights.
constexpr double kAbove = 1.1;   // the table, at most: no row is higher
constexpr double kBefore = 1.5;  // from the table's side, at most
constexpr double kTallest = 1.3;

bool stands_above(const cv::Rect2d& line, const TableFragment& table) {
    const double unit = table.char_height, gap = table.at.y - line.br().y, indent = line.x - table.at.x;
    return gap > -unit / 2 && gap < kAbove * unit && indent > -unit / 2 && indent < kBefore * unit &&
           line.br().x < table.at.br().x && line.height < kTallest * unit;
}

bool stands_alone(const ReadLine& line, const PageText& page) {
    return std::ranges::none_of(page.lines, [&](const ReadLine& other) {
        return &other != &line && other.at.y < line.at.br().y && other.at.br().y > line.at.y;
    });
}

void add_first_row(TableFragment& table, const ReadLine& line) {
    for (FragmentCell& c : table.cells) ++c.cell.row;
    FragmentCell title;
    title.cell.col_span = static_cast<int>(table.col_edges.size()) - 1;
    title.cell.text = line.text;
    title.cell.text_source = line.source;
    title.cell.confidence = line.confidence;
    title.cell.boxes = {{table.page, line.bbox}};
    table.cells.insert(table.cells.begin(), title);
    ++table.rows;
    const double higher = table.at.y - line.at.y;
    table.at.y -= higher;
    table.at.height += higher;
}

}  // namespace

void take_title_rows(std::vector<PageText>& pages, std::vector<std::vector<models::BlockType>>& types,
                     const KnownLabels& known) {
    for (std::size_t p = 0; p < pages.size(); ++p) {
        PageText& page = pages[p];
        for (TableFragment& table : page.tables) {
            const auto title = std::ranges::find_if(page.lines, [&](const ReadLine& line) {
                return stands_above(line.at, table) && stands_alone(line, page) &&
                       known.contains(models::label_key(line.text));
            });
            if (title == page.lines.end()) continue;
            add_first_row(table, *title);
            types[p].erase(types[p].begin() + (title - page.lines.begin()));
            page.lines.erase(title);
        }
    }
}

}  // namespace biaod::layout
