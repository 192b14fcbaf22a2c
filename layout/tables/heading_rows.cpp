#include "layout/tables/heading_rows.hpp"

#include <algorithm>

#include "models/text_norm.hpp"

namespace biaod::layout {
namespace {

// In character heights.
constexpr double kAbove = 1.1;   // a row leaves no more room below its writing
constexpr double kInside = 1.5;  // from the table's side
constexpr double kTallest = 1.3;

bool stands_above(const cv::Rect2d& line, const TableFragment& table) {
    const double unit = table.char_height, gap = table.at.y - line.br().y, indent = line.x - table.at.x;
    return gap > -unit / 2 && gap < kAbove * unit && indent > -unit / 2 && indent < kInside * unit &&
           line.height < kTallest * unit;
}

bool stands_alone(const cv::Rect2d& line, const PageText& page, const TableFragment& table) {
    const auto beside = [&](const cv::Rect2d& other) { return other.y < line.br().y && other.br().y > line.y; };
    const auto lines = std::ranges::count_if(page.lines, [&](const ReadLine& other) { return beside(other.at); });
    return lines == 1 && std::ranges::none_of(page.tables, [&](const TableFragment& other) {
               return &other != &table && beside(other.at);
           });
}

void add_first_row(TableFragment& table, const ReadLine& line) {
    for (FragmentCell& c : table.cells) ++c.cell.row;
    FragmentCell heading;
    heading.cell.col_span = static_cast<int>(table.col_edges.size()) - 1;
    heading.cell.text = line.text;
    heading.cell.text_source = line.source;
    heading.cell.confidence = line.confidence;
    heading.cell.boxes = {{table.page, line.bbox}};
    table.cells.insert(table.cells.begin(), heading);
    ++table.rows;
    const double higher = table.at.y - line.at.y;
    table.at.y -= higher;
    table.at.height += higher;
}

}  // namespace

void take_heading_rows(std::vector<PageText>& pages, std::vector<std::vector<models::BlockType>>& types,
                       const KnownLabels& headings) {
    for (std::size_t p = 0; p < pages.size(); ++p) {
        std::vector<ReadLine>& lines = pages[p].lines;
        for (TableFragment& table : pages[p].tables) {
            std::size_t i = 0;
            while (i < lines.size() &&
                   !(types[p][i] == models::BlockType::paragraph && stands_above(lines[i].at, table) &&
                     stands_alone(lines[i].at, pages[p], table) && headings.contains(models::label_key(lines[i].text))))
                ++i;
            if (i == lines.size()) continue;
            add_first_row(table, lines[i]);
            types[p].erase(types[p].begin() + static_cast<std::ptrdiff_t>(i));
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }
}

}  // namespace biaod::layout
