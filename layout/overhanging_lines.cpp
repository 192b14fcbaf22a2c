#include "layout/overhanging_lines.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kBelow = 1.0;        // the table's edge, at most
constexpr double kAbove = 0.5;        // it
constexpr double kNextLine = 1.2;     // below the one above
constexpr double kAside = 0.4;        // beyond the sides of its cell: of a speck, or where a page is curled
constexpr double kAligned = 0.6;      // with the line above
constexpr double kFurtherLeft = 1.4;  // than one that begins with a bracket, with a speck
constexpr double kAtEdge = 0.35;

// How many lines that may be page numbers stand below `line`; -1 where any other line does.
int page_numbers_below(const TextLine& line, const PageLayout& page, double unit) {
    int count = 0;
    for (const TextLine& other : page.lines) {
        if (other.box.y <= line.box.br().y + kBelow * unit) continue;
        const double middle = other.box.y + other.box.height / 2.0;
        const bool at_foot = 2 * middle > page.gray.rows && in_outer_part(middle, page.gray.rows, page.desk);
        if (!at_foot || other.box.width > kWidestPageNumber * unit) return -1;
        ++count;
    }
    return count;
}

// Whether a ruling closes the cell `rect` below; none does where the break fell within it.
bool closed_below(const PageLayout& page, const cv::Rect2d& rect) {
    return std::any_of(page.rulings.begin(), page.rulings.end(), [&](const Ruling& r) {
        const double shared = std::min(r.to, rect.br().x) - std::max(r.from, rect.x);
        return r.horizontal && std::abs(r.at - rect.br().y) < kAtEdge * page.char_height && 2 * shared > rect.width;
    });
}

// Whether `line` may be the rest of a cell at `rect` whose last line is `above`.
bool goes_on(const cv::Rect& above, const cv::Rect& line, const cv::Rect2d& rect, bool closed, double unit) {
    const double slack = kAside * unit, shift = (line.x - above.x) / unit;
    if (line.x < rect.x - slack || line.br().x > rect.br().x + slack) return false;
    if (line.y - above.br().y > kNextLine * unit) return false;
    if (shift < kAligned && shift > -(closed ? kAligned : kFurtherLeft)) return true;
    return std::abs(above.x + above.width / 2 - line.x - line.width / 2) < kAligned * unit;
}

// The cell that the line is the rest of; the table's number of cells for none.
std::size_t cell_above(const TextLine& line, const PageLayout& page, const TableLayout& table) {
    const double bottom = table.grid.row_edges.back(), unit = table.char_height;
    const std::size_t none = table.grid.cells.size();
    if (line.box.y < bottom - kAbove * unit || line.box.y > bottom + kBelow * unit) return none;
    const int numbers = page_numbers_below(line, page, unit);
    if (numbers < 0 || numbers > 1) return none;
    for (std::size_t i = 0; i < none; ++i) {
        const GridCell& cell = table.grid.cells[i];
        if (cell.row + cell.row_span != table.grid.rows() || table.cell_lines[i].empty()) continue;
        const cv::Rect2d rect = table.grid.rect(cell);
        const bool closed = closed_below(page, rect);
        if (closed && numbers > 0) continue;
        if (goes_on(table.cell_lines[i].back().box, line.box, rect, closed, unit)) return i;
    }
    return none;
}

}  // namespace

void return_overhanging_lines(PageLayout& page) {
    if (page.tables.empty()) return;
    TableLayout& table = page.tables.back();
    for (auto line = page.lines.begin(); line != page.lines.end();) {
        const std::size_t cell = cell_above(*line, page, table);
        if (cell == table.grid.cells.size()) {
            ++line;
            continue;
        }
        table.cell_lines[cell].push_back(std::move(*line));
        line = page.lines.erase(line);
    }
}

}  // namespace biaod::layout
