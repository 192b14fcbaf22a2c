// A table's cells by grid place, and the places of its column edges on the page.
#pragma once

#include <optional>
#include <vector>

#include "models/record.hpp"

namespace biaod::models {

// Keeps a reference to the table. Cells that are not wholly inside rows × cols are ignored.
class TableGrid {
  public:
    explicit TableGrid(const Table& table);

    const Table& table() const { return table_; }
    int rows() const { return rows_; }
    int cols() const { return cols_; }
    const Cell* at(int row, int col) const;  // null where no cell covers the place

    // The different cells that cover a row, left to right.
    std::vector<const Cell*> row_cells(int row) const;

    // Edges of the columns as shares of the table's width (0 left, 1 right), cols() + 1 of them; empty when the cells
    // have no boxes to tell.
    std::vector<double> column_edges() const;

  private:
    bool is_inside(const Cell& cell) const;

    const Table& table_;
    int rows_ = 0, cols_ = 0;
    std::vector<const Cell*> places_;
};

}  // namespace biaod::models
