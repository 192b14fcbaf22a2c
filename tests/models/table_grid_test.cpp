#include "models/table_grid.hpp"

#include <gtest/gtest.h>

#include "form_printer.hpp"

namespace biaod::models {
namespace {

Table two_by_three() {
    Table table;
    table.rows = 2;
    table.cols = 3;
    table.cells.resize(5);
    const int places[][3] = {{0, 0, 1}, {0, 1, 2}, {1, 0, 1}, {1, 1, 1}, {1, 2, 1}};
    for (std::size_t i = 0; i < 5; ++i) {
        table.cells[i].row = places[i][0];
        table.cells[i].col = places[i][1];
        table.cells[i].col_span = places[i][2];
    }
    testing::finish(table, 1);
    return table;
}

TEST(TableGrid, FindsTheCellOfAPlace) {
    const Table table = two_by_three();
    const TableGrid grid(table);
    EXPECT_EQ(grid.at(0, 2), &table.cells[1]);
    EXPECT_EQ(grid.at(2, 0), nullptr);
    EXPECT_EQ(grid.at(0, -1), nullptr);
    EXPECT_EQ(grid.row_cells(0).size(), 2u);
    EXPECT_EQ(grid.row_cells(1).size(), 3u);
}

TEST(TableGrid, ColumnEdgesAreSharesOfTheWidth) {
    Table table = two_by_three();
    const auto edges = TableGrid(table).column_edges();
    ASSERT_EQ(edges.size(), 4u);
    EXPECT_NEAR(edges[0], 0, 1e-9);
    EXPECT_NEAR(edges[1], 1.0 / 3, 1e-9);
    EXPECT_NEAR(edges[3], 1, 1e-9);
    for (Cell& cell : table.cells) cell.boxes.clear();
    EXPECT_TRUE(TableGrid(table).column_edges().empty());
}

TEST(TableGrid, CellsBeyondTheGridAreIgnored) {
    Table table = two_by_three();
    table.cells[0].col_span = 1'000'000'000;
    table.cells[4].row_span = 2'147'483'647;
    table.cells[2].col = -1;
    const TableGrid grid(table);
    EXPECT_EQ(grid.at(1, 0), nullptr);
    EXPECT_EQ(grid.column_edges().size(), 0u);
    table.rows = table.cols = 1'000'000;
    EXPECT_EQ(TableGrid(table).rows(), 0);
}

}  // namespace
}  // namespace biaod::models
