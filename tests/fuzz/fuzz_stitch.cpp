// Fragments of random tables on random pages: what is joined tiles, and each fragment became part of one table.
// Input: for each fragment pages apart, flags, columns, rows, char height, then for each place a byte that may let its
// cell span, and one for its text.
#include "layout/tables/stitch.hpp"
#include "tests/fuzz/input.hpp"

namespace {

using namespace biaod;

layout::TableFragment fragment_of(tests::FuzzInput& input, int page) {
    layout::TableFragment fragment;
    fragment.page = page;
    const unsigned flags = input.byte();
    fragment.open_top = flags & 1;
    fragment.open_bottom = flags & 2;
    const int cols = static_cast<int>(input.byte() % 6) + 1;
    fragment.rows = static_cast<int>(input.byte() % 6) + 1;
    fragment.char_height = 6 + input.byte() % 10;
    fragment.col_edges.push_back(input.byte() % 8);
    for (int c = 0; c < cols; ++c) fragment.col_edges.push_back(fragment.col_edges.back() + 20 + input.byte() % 8);
    fragment.at = {fragment.col_edges.front(), 100, fragment.col_edges.back() - fragment.col_edges.front(), 200};
    std::vector<bool> taken(static_cast<std::size_t>(cols * fragment.rows), false);
    const auto place = [&](int r, int c) { return static_cast<std::size_t>(r * cols + c); };
    for (int r = 0; r < fragment.rows; ++r) {
        for (int c = 0; c < cols; ++c) {
            if (taken[place(r, c)]) continue;
            const unsigned span = input.byte();
            layout::FragmentCell cell;
            cell.cell.row = r;
            cell.cell.col = c;
            // Grows downwards, then to the right, while the places are free.
            while (cell.cell.row_span <= static_cast<int>(span % 4) && r + cell.cell.row_span < fragment.rows) {
                ++cell.cell.row_span;
            }
            const auto column_is_free = [&](int column) {
                for (int at = r; at < r + cell.cell.row_span; ++at) {
                    if (taken[place(at, column)]) return false;
                }
                return true;
            };
            while (cell.cell.row_span > 1 && !column_is_free(c)) --cell.cell.row_span;
            while (cell.cell.col_span <= static_cast<int>(span / 64) && c + cell.cell.col_span < cols &&
                   column_is_free(c + cell.cell.col_span)) {
                ++cell.cell.col_span;
            }
            for (int row = r; row < r + cell.cell.row_span; ++row) {
                for (int col = c; col < c + cell.cell.col_span; ++col) taken[place(row, col)] = true;
            }
            static const char* const texts[] = {"", "0", "（四）无", "法提供", "1.", "总计", "一、本年新收", "/"};
            cell.cell.text = texts[input.byte() % 8];
            cell.last_line_full = span & 32;
            cell.cell.boxes.push_back({page, {1, 1, 2, 2}});
            fragment.cells.push_back(cell);
        }
    }
    return fragment;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    tests::FuzzInput input(data, size);
    std::vector<layout::TableFragment> fragments;
    std::vector<bool> joinable;
    int page = 1;
    while (!input.at_end() && fragments.size() < 6) {
        const unsigned apart = input.byte();
        page += static_cast<int>(apart % 3);
        joinable.push_back(apart & 128);
        fragments.push_back(fragment_of(input, page));
    }
    std::vector<std::size_t> table_of;
    const auto tables = layout::stitch_tables(fragments, joinable, table_of);
    tests::require(table_of.size() == fragments.size(), "a fragment without a table");
    for (const std::size_t table : table_of) tests::require(table < tables.size(), "a fragment of no table");
    for (const models::Table& table : tables) tests::require_tiling(table.cells, table.rows, table.cols);
    return 0;
}
