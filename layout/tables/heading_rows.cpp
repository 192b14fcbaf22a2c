#include "layout/tables/heading_rows.hpp"

#include <algorithm>
#include <optional>
#include <span>

#include "models/text_norm.hpp"

namespace biaod::layout {
namespace {

// In character heights.
constexpr double kAbove = 1.1;    // a row leaves no more room below its writing
constexpr double kInside = 1.5;   // from the table's side
constexpr double kTallest = 1.6;  // brackets, and what a fax adds

constexpr std::size_t kMostLines = 3;

bool stands_above(const cv::Rect2d& line, double top, const TableFragment& table) {
    const double unit = table.char_height, gap = top - line.br().y, indent = line.x - table.at.x;
    return gap > -unit / 2 && gap < kAbove * unit && indent > -unit / 2 && indent < kInside * unit &&
           line.height < kTallest * unit;
}

bool stands_alone(const cv::Rect2d& line, const PageText& page, const TableFragment& table) {
    const auto holds_middle = [](const cv::Rect2d& a, const cv::Rect2d& b) {
        const double middle = b.y + b.height / 2;
        return middle > a.y && middle < a.br().y;
    };
    const auto beside = [&](const cv::Rect2d& other) { return holds_middle(line, other) || holds_middle(other, line); };
    const auto lines = std::ranges::count_if(page.lines, [&](const ReadLine& other) { return beside(other.at); });
    return lines == 1 && std::ranges::none_of(page.tables, [&](const TableFragment& other) {
               return &other != &table && other.at.y < line.br().y && other.at.br().y > line.y;
           });
}

// A cell above all columns with what these lines say.
void add_first_row(TableFragment& table, std::span<const ReadLine> lines) {
    for (FragmentCell& c : table.cells) ++c.cell.row;
    FragmentCell heading;
    heading.cell.col_span = static_cast<int>(table.col_edges.size()) - 1;
    heading.cell.text_source = lines.front().source;
    heading.cell.confidence = 1;
    models::Box box = lines.front().bbox;
    for (const ReadLine& line : lines) {
        heading.cell.text += line.text;
        heading.cell.text_source = models::both(heading.cell.text_source, line.source);
        heading.cell.confidence = std::min(heading.cell.confidence, confidence_of_whole(line));
        box = models::around(box, line.bbox);
    }
    heading.cell.boxes = {{table.page, box}};
    table.cells.insert(table.cells.begin(), heading);
    ++table.rows;
    const double higher = table.at.y - lines.front().at.y;
    table.at.y -= higher;
    table.at.height += higher;
}

// The lines, from the first to behind the last, that stand close above the table and are one of `headings` together.
std::optional<std::pair<std::size_t, std::size_t>> heading_above(const TableFragment& table, const PageText& page,
                                                                 const std::vector<models::BlockType>& types,
                                                                 const KnownLabels& headings) {
    const auto stands = [&](std::size_t i, double top) {
        return types[i] == models::BlockType::paragraph && stands_above(page.lines[i].at, top, table) &&
               stands_alone(page.lines[i].at, page, table);
    };
    for (std::size_t last = 0; last < page.lines.size(); ++last) {
        double top = table.at.y;
        std::string text;
        for (std::size_t first = last; last - first < kMostLines && stands(first, top); --first) {
            text = page.lines[first].text + text;
            if (headings.contains(models::label_key(text))) return std::pair(first, last + 1);
            if (first == 0) break;
            top = page.lines[first].at.y;
        }
    }
    return std::nullopt;
}

}  // namespace

void take_heading_rows(std::vector<PageText>& pages, std::vector<std::vector<models::BlockType>>& types,
                       const KnownLabels& headings) {
    for (std::size_t p = 0; p < pages.size(); ++p)
        for (TableFragment& table : pages[p].tables) {
            const auto found = heading_above(table, pages[p], types[p], headings);
            if (!found) continue;
            std::vector<ReadLine>& lines = pages[p].lines;
            const auto from = static_cast<std::ptrdiff_t>(found->first),
                       to = static_cast<std::ptrdiff_t>(found->second);
            add_first_row(table, std::span(lines).subspan(found->first, found->second - found->first));
            types[p].erase(types[p].begin() + from, types[p].begin() + to);
            lines.erase(lines.begin() + from, lines.begin() + to);
        }
}

}  // namespace biaod::layout
