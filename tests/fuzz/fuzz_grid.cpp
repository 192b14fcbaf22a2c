// Rulings anywhere: the grids that come of them tile, and lie within the rulings.
// Input: 9 bytes for each ruling: direction, three places of two bytes, thickness and inked share.
#include "layout/tables/grid.hpp"
#include "tests/fuzz/input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace biaod;
    tests::FuzzInput input(data, size);
    const double char_height = 4 + input.byte() % 60;
    std::vector<layout::Ruling> rulings;
    while (!input.at_end() && rulings.size() < 60) {
        layout::Ruling ruling;
        ruling.horizontal = input.byte() % 2 == 0;
        ruling.at = input.number(2000);
        ruling.from = input.number(2000);
        ruling.to = ruling.from + input.number(2000) + 1;
        ruling.thickness = 1 + input.byte() % 12;
        ruling.inked = ruling.length() * (input.byte() % 100 + 1) / 100;
        rulings.push_back(ruling);
    }
    for (const layout::Grid& grid : layout::find_grids(rulings, char_height)) {
        tests::require(grid.rows() > 0 && grid.cols() > 0, "a grid without a cell");
        tests::require_tiling(grid.cells, grid.rows(), grid.cols());
        for (std::size_t i = 1; i < grid.row_edges.size(); ++i) {
            tests::require(grid.row_edges[i - 1] < grid.row_edges[i], "row edges out of order");
        }
        for (std::size_t i = 1; i < grid.col_edges.size(); ++i) {
            tests::require(grid.col_edges[i - 1] < grid.col_edges[i], "column edges out of order");
        }
    }
    return 0;
}
