#include "layout/tables/stitch.hpp"

#include <algorithm>

#include "layout/tables/column_match.hpp"
#include "layout/tables/repeated_header.hpp"
#include "models/text_norm.hpp"

namespace biaod::layout {
namespace {

constexpr double kFigureInParts = 0.5;  // confidence of one that a page break cut

// A table that grows fragment by fragment.
struct Growing {
    std::vector<double> edges;  // column edges as shares of the width, 0..1
    int rows = 0;
    std::vector<FragmentCell> cells;
    std::vector<int> pages;
    double width = 0;  // pt, of the first fragment
    double char_height = 0;
};

Growing begin_table(const TableFragment& fragment) {
    return {column_shares(fragment.col_edges),
            fragment.rows,
            fragment.cells,
            {fragment.page},
            fragment.at.width,
            fragment.char_height};
}

void place_in_columns(std::vector<FragmentCell>& cells, const std::vector<int>& new_index) {
    for (FragmentCell& c : cells) {
        const int from = new_index[static_cast<std::size_t>(c.cell.col)];
        const int to = new_index[static_cast<std::size_t>(c.cell.col + c.cell.col_span)];
        c.cell.col = from;
        c.cell.col_span = to - from;
    }
}

void join_cells(FragmentCell& upper, const FragmentCell& lower) {
    models::Cell& a = upper.cell;
    const models::Cell& b = lower.cell;
    if (is_lone_bracket(upper, lower)) {
        a.text = "（";
        a.confidence = b.confidence;
        a.second_reading.reset();
    }
    if (!b.text.empty()) {
        a.confidence = a.text.empty() ? b.confidence : std::min(a.confidence, b.confidence);
        if (is_figure(upper) && is_figure(lower)) a.confidence = std::min(a.confidence, kFigureInParts);
        a.text_source = a.text.empty() ? b.text_source : models::both(a.text_source, b.text_source);
        if (a.second_reading || b.second_reading)
            a.second_reading = models::tidy_text(a.second_reading.value_or(a.text) + b.second_reading.value_or(b.text));
        a.text = models::tidy_text(a.text + (closes_bracket(upper, lower) ? "）" : b.text));
        upper.last_line_full = lower.last_line_full;
    }
    a.unreadable = a.unreadable || b.unreadable;
    a.boxes.insert(a.boxes.end(), b.boxes.begin(), b.boxes.end());
}

void append_fragment(Growing& table, const TableFragment& fragment, const ColumnMatch& match,
                     const KnownLabels& known) {
    place_in_columns(table.cells, match.first_index);
    table.edges = match.edges;
    std::vector<FragmentCell> cells = fragment.cells;
    place_in_columns(cells, match.second_index);
    const int rows = fragment.rows - take_repeated_header(table.cells, table.rows, cells, fragment.rows, known);

    const RowBreak seam = judge_row_break(table.cells, table.rows, cells, known);
    const int offset = table.rows - (seam.cut_row ? 1 : 0);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        FragmentCell& c = cells[i];
        if (seam.upper_of[i] < 0) {
            c.cell.row += offset;
            table.cells.push_back(c);
            continue;
        }
        FragmentCell& upper = table.cells[static_cast<std::size_t>(seam.upper_of[i])];
        upper.cell.row_span = offset + c.cell.row_span - upper.cell.row;
        join_cells(upper, c);
    }
    table.rows = offset + rows;
    table.pages.push_back(fragment.page);
}

models::Table finish(Growing& growing, std::size_t number) {
    models::Table table;
    table.id = "t" + std::to_string(number);
    table.pages = growing.pages;
    table.rows = growing.rows;
    table.cols = static_cast<int>(growing.edges.size()) - 1;
    std::sort(growing.cells.begin(), growing.cells.end(), [](const FragmentCell& a, const FragmentCell& b) {
        return std::pair(a.cell.row, a.cell.col) < std::pair(b.cell.row, b.cell.col);
    });
    for (FragmentCell& c : growing.cells) table.cells.push_back(std::move(c.cell));
    return table;
}

}  // namespace

std::vector<models::Table> stitch_tables(const std::vector<TableFragment>& fragments, const std::vector<bool>& joinable,
                                         std::vector<std::size_t>& table_of, const KnownLabels& known) {
    std::vector<Growing> growing;
    table_of.clear();
    for (std::size_t i = 0; i < fragments.size(); ++i) {
        const TableFragment& fragment = fragments[i];
        if (i > 0 && joinable[i - 1]) {
            Growing& last = growing.back();
            const double width_ratio = fragment.at.width / last.width;
            const auto match = match_columns(last.edges, column_shares(fragment.col_edges), width_ratio,
                                             fragment.char_height / fragment.at.width);
            if (match) {
                append_fragment(last, fragment, *match, known);
                table_of.push_back(growing.size() - 1);
                continue;
            }
        }
        growing.push_back(begin_table(fragment));
        table_of.push_back(growing.size() - 1);
    }
    std::vector<models::Table> tables;
    for (Growing& g : growing) tables.push_back(finish(g, tables.size() + 1));
    return tables;
}

}  // namespace biaod::layout
