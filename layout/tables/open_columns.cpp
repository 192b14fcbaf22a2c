#include "layout/tables/open_columns.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "layout/tables/column_match.hpp"
#include "layout/text_lines.hpp"
#include "models/text_norm.hpp"

namespace biaod::layout {
namespace {

using models::BlockType;

constexpr std::size_t kSureEdges = 5;  // the outer two and three between
constexpr double kSlack = 0.5;         // in character heights

std::optional<ColumnMatch> match(const std::vector<double>& edges, const TableFragment& fragment) {
    return match_columns(column_shares(edges), column_shares(fragment.col_edges),
                         fragment.at.width / (edges.back() - edges.front()), fragment.char_height / fragment.at.width);
}

// Width of the first of the columns `edges` (pt) when the fragment has all but that one; 0 otherwise.
double missing_width(const std::vector<double>& edges, const TableFragment& fragment) {
    if (edges.size() < kSureEdges + 1) return 0;
    const std::vector<double> others(edges.begin() + 1, edges.end());
    const auto without = match(others, fragment), whole = match(edges, fragment);
    if (!without || without->common() < kSureEdges || (whole && whole->common() >= without->common())) return 0;
    // Where columns are of one width, it may as well be the last one.
    const auto without_last = match({edges.begin(), edges.end() - 1}, fragment);
    if (without_last && without_last->common() >= without->common()) return 0;
    return (edges[1] - edges[0]) * fragment.at.width / (others.back() - others.front());
}

// The same of a part of the first of `edges`, which this page alone parts: all others must be there.
double missing_part(const std::vector<double>& edges, const TableFragment& fragment) {
    if (edges.size() < kSureEdges + 1) return 0;
    const double left = edges.back() - fragment.at.width, least = fragment.char_height;
    if (left < edges[0] + least || left > edges[1] - least) return 0;
    std::vector<double> others = edges;
    others.front() = left;
    const auto found = match(others, fragment);
    return found && found->common() == others.size() ? left - edges[0] : 0;
}

models::Box box_of_column(const TableFragment& fragment, int col) {
    models::Box all{1e9, 1e9, -1e9, -1e9};
    for (const FragmentCell& c : fragment.cells)
        if (c.cell.col <= col && c.cell.col + c.cell.col_span > col)
            for (const models::PageBox& box : c.cell.boxes) all = models::around(all, box.bbox);
    return all;
}

// What lies `width` pt before the first column. A delivered page may be turned: the last column tells where to.
models::Box box_before(const TableFragment& fragment, double width) {
    const models::Box first = box_of_column(fragment, 0);
    const models::Box last = box_of_column(fragment, static_cast<int>(fragment.col_edges.size()) - 2);
    const double across = last.x0 + last.x1 - first.x0 - first.x1, down = last.y0 + last.y1 - first.y0 - first.y1;
    if (std::abs(across) >= std::abs(down))
        return across >= 0 ? models::Box{first.x0 - width, first.y0, first.x0, first.y1}
                           : models::Box{first.x1, first.y0, first.x1 + width, first.y1};
    return down >= 0 ? models::Box{first.x0, first.y0 - width, first.x1, first.y0}
                     : models::Box{first.x0, first.y1, first.x1, first.y1 + width};
}

FragmentCell cell_of(const std::vector<ReadLine>& lines, const TableFragment& fragment, double width) {
    FragmentCell out;
    models::Cell& cell = out.cell;
    cell.row_span = fragment.rows;
    cell.boxes = {{fragment.page, box_before(fragment, width)}};
    cell.confidence = 1;
    std::vector<double> widths;
    for (const ReadLine& line : lines) {
        cell.text_source = widths.empty() ? line.source : models::both(cell.text_source, line.source);
        cell.text += (cell.text.empty() ? "" : " ") + line.text;
        cell.confidence = std::min(cell.confidence, confidence_of_whole(line));
        widths.push_back(line.at.width);
    }
    cell.text = models::tidy_text(cell.text);
    out.last_line_full = fill_cell(widths, width, fragment.char_height);
    return out;
}

void add_first_column(TableFragment& fragment, double width, const std::vector<ReadLine>& lines) {
    const FragmentCell first = cell_of(lines, fragment, width);
    for (FragmentCell& c : fragment.cells) ++c.cell.col;
    fragment.cells.insert(fragment.cells.begin(), first);
    fragment.col_edges.insert(fragment.col_edges.begin(), fragment.col_edges.front() - width);
    fragment.at.x -= width;
    fragment.at.width += width;
}

// A page with the types of its lines.
struct TypedPage {
    PageText& page;
    std::vector<BlockType>& types;

    // Page numbers and running headers stay.
    template <typename Predicate>
    std::vector<ReadLine> take(Predicate matches) {
        std::vector<ReadLine> taken, kept;
        std::vector<BlockType> kept_types;
        for (std::size_t i = 0; i < page.lines.size(); ++i) {
            const bool take =
                types[i] != BlockType::page_number && types[i] != BlockType::header && matches(page.lines[i]);
            (take ? taken : kept).push_back(page.lines[i]);
            if (!take) kept_types.push_back(types[i]);
        }
        page.lines = std::move(kept);
        types = std::move(kept_types);
        return taken;
    }

    template <typename Predicate>
    bool has_text(Predicate matches) const {
        for (std::size_t i = 0; i < page.lines.size(); ++i)
            if (types[i] == BlockType::paragraph && !page.lines[i].in_margin && matches(page.lines[i])) return true;
        return false;
    }
};

// `edges`: the columns of the table that the page before ended with, pt; empty when it did not end with one.
void close_first_table(TypedPage& on, const std::vector<double>& edges) {
    if (edges.empty()) return;
    TableFragment& table = on.page.tables.front();
    double width = missing_width(edges, table);
    const bool in_parts = width <= 0;
    if (in_parts) width = missing_part(edges, table);
    if (width <= 0) return;
    const double slack = kSlack * table.char_height;
    const cv::Rect2d column(table.at.x - width - slack, table.at.y - slack, width + 2 * slack,
                            table.at.height + 2 * slack);
    const auto in_column = [&](const ReadLine& line) { return (line.at & column) == line.at; };
    const std::vector<ReadLine> lines = on.take(in_column);
    if (!in_parts || !lines.empty()) add_first_column(table, width, lines);
}

// The columns of the table that `page` ends with.
std::vector<double> columns_at_end(const PageText& page, const std::vector<double>& before) {
    const std::vector<double>& own = page.tables.back().col_edges;
    if (page.tables.size() > 1 || before.empty()) return own;
    const auto both = match(before, page.tables.back());
    if (!both) return own;
    std::vector<double> edges;
    for (const double share : both->edges) edges.push_back(own.front() + share * (own.back() - own.front()));
    return edges;
}

}  // namespace

void close_open_columns(std::vector<PageText>& pages, std::vector<std::vector<BlockType>>& types) {
    std::vector<double> edges;
    for (std::size_t p = 0; p < pages.size(); ++p) {
        TypedPage on{pages[p], types[p]};
        if (pages[p].tables.empty()) {
            if (on.has_text([](const ReadLine&) { return true; })) edges.clear();
        } else {
            const double top = pages[p].tables.front().at.y;
            if (on.has_text([&](const ReadLine& line) { return line.at.br().y < top; })) edges.clear();
            close_first_table(on, edges);
            edges = columns_at_end(pages[p], edges);
            const double bottom = pages[p].tables.back().at.br().y;
            if (on.has_text([&](const ReadLine& line) { return line.at.y > bottom; })) edges.clear();
        }
        on.take([](const ReadLine& line) { return line.in_margin; });
    }
}

}  // namespace biaod::layout
