#include "models/table_grid.hpp"

#include <algorithm>
#include <map>

#include "models/median.hpp"

namespace biaod::models {
namespace {

constexpr std::int64_t most_places = 4'000'000;  // a grid above this is no form

}  // namespace

TableGrid::TableGrid(const Table& table) : table_(table) {
    if (table.rows <= 0 || table.cols <= 0 || std::int64_t{table.rows} * table.cols > most_places) return;
    rows_ = table.rows;
    cols_ = table.cols;
    places_.assign(static_cast<std::size_t>(rows_) * static_cast<std::size_t>(cols_), nullptr);
    for (const Cell& cell : table.cells) {
        if (!is_inside(cell)) continue;
        for (int r = cell.row; r < cell.row + cell.row_span; ++r) {
            for (int c = cell.col; c < cell.col + cell.col_span; ++c) {
                places_[static_cast<std::size_t>(r) * static_cast<std::size_t>(cols_) + static_cast<std::size_t>(c)] =
                    &cell;
            }
        }
    }
}

bool TableGrid::is_inside(const Cell& cell) const {
    return cell.row >= 0 && cell.row < rows_ && cell.row_span >= 1 && cell.row_span <= rows_ - cell.row &&
           cell.col >= 0 && cell.col < cols_ && cell.col_span >= 1 && cell.col_span <= cols_ - cell.col;
}

const Cell* TableGrid::at(int row, int col) const {
    if (row < 0 || col < 0 || row >= rows_ || col >= cols_) return nullptr;
    return places_[static_cast<std::size_t>(row) * static_cast<std::size_t>(cols_) + static_cast<std::size_t>(col)];
}

std::vector<const Cell*> TableGrid::row_cells(int row) const {
    std::vector<const Cell*> out;
    for (int c = 0; c < cols_; ++c) {
        const Cell* cell = at(row, c);
        if (cell && (out.empty() || out.back() != cell)) out.push_back(cell);
    }
    return out;
}

std::vector<double> TableGrid::column_edges() const {
    // A table may lie on pages with different margins: each page has its own left edge and width.
    std::map<int, std::pair<double, double>> extent;
    for (const Cell& cell : table_.cells) {
        for (const PageBox& box : cell.boxes) {
            auto [at, fresh] = extent.try_emplace(box.page, box.bbox.x0, box.bbox.x1);
            at->second.first = std::min(at->second.first, box.bbox.x0);
            at->second.second = std::max(at->second.second, box.bbox.x1);
        }
    }
    std::vector<std::vector<double>> seen(static_cast<std::size_t>(cols_) + 1);
    for (const Cell& cell : table_.cells) {
        if (!is_inside(cell)) continue;
        const int right = cell.col + cell.col_span;
        for (const PageBox& box : cell.boxes) {
            const auto [x0, x1] = extent[box.page];
            if (x1 - x0 <= 0) continue;
            seen[static_cast<std::size_t>(cell.col)].push_back((box.bbox.x0 - x0) / (x1 - x0));
            seen[static_cast<std::size_t>(right)].push_back((box.bbox.x1 - x0) / (x1 - x0));
        }
    }
    std::vector<double> edges;
    for (const auto& values : seen) {
        if (values.empty()) return {};
        edges.push_back(median(values));
    }
    return std::is_sorted(edges.begin(), edges.end()) ? edges : std::vector<double>{};
}

}  // namespace biaod::models
