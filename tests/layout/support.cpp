#include "tests/layout/support.hpp"

#include <utility>

namespace biaod::tests {

layout::FragmentCell fragment_cell(int page, int row, int col, int row_span, int col_span, const std::string& text,
                                   bool full) {
    layout::FragmentCell c;
    c.cell.row = row;
    c.cell.col = col;
    c.cell.row_span = row_span;
    c.cell.col_span = col_span;
    c.cell.text = text;
    c.cell.confidence = 1;
    c.cell.boxes = {{page, {10.0 * col, 10.0 * row, 10.0 * (col + col_span), 10.0 * (row + row_span)}}};
    c.last_line_full = full;
    return c;
}

layout::TableFragment fragment(int page, int rows, std::vector<double> edges, std::vector<layout::FragmentCell> cells) {
    layout::TableFragment f;
    f.page = page;
    f.rows = rows;
    f.at = {edges.front(), 0, edges.back() - edges.front(), 20.0 * rows};
    f.col_edges = std::move(edges);
    f.char_height = 10;
    f.cells = std::move(cells);
    return f;
}

const models::Cell* cell_at(const models::Table& table, int row, int col) {
    for (const models::Cell& c : table.cells)
        if (c.row <= row && row < c.row + c.row_span && c.col <= col && col < c.col + c.col_span) return &c;
    return nullptr;
}

}  // namespace biaod::tests
