#include "daemon/export/heights.hpp"

#include <algorithm>

namespace biaod::daemon {
namespace {

constexpr double line_height = 14, padding = 6, title_height = 30, least = 18, most = 400;  // pt
constexpr double default_width = 8.4;  // of a column, in characters
// Our 10 pt type in columns that are measured in 11 pt characters, and the margins of a cell.
constexpr double per_width = 1.05, edges = 0.8;

double width_of(const Sheet& sheet, const SheetCell& cell) {
    double out = 0;
    for (int col = cell.col; col < cell.col + cell.col_span; ++col) {
        const auto index = static_cast<std::size_t>(col);
        out += index < sheet.widths.size() ? sheet.widths[index] : default_width;
    }
    return std::max(2.0, out * per_width - edges);
}

double height_of(const Sheet& sheet, const SheetCell& cell) {
    if (cell.style == CellStyle::title) return title_height;
    const auto* text = std::get_if<std::string>(&cell.value);
    if (!text || cell.style == CellStyle::figure) return least;
    const double width = width_of(sheet, cell);
    int lines = 0;
    for (std::size_t from = 0; from <= text->size();) {
        const std::size_t end = std::min(text->find('\n', from), text->size());
        lines += std::max(1, static_cast<int>(text_width(text->substr(from, end - from)) / width + 0.999));
        from = end + 1;
    }
    return std::clamp(lines * line_height + padding, least, most);
}

}  // namespace

std::map<int, double> row_heights(const Sheet& sheet) {
    std::map<int, double> heights;
    for (const SheetCell& cell : sheet.cells) {
        double& height = heights[cell.row];
        height = std::max(height, cell.row_span == 1 ? height_of(sheet, cell) : least);
    }
    // A spanning cell stretches its last row when the rows together are too low for it.
    for (const SheetCell& cell : sheet.cells) {
        if (cell.row_span == 1) continue;
        double sum = 0;
        for (int row = cell.row; row < cell.row + cell.row_span; ++row)
            sum += heights.try_emplace(row, least).first->second;
        const double wanted = height_of(sheet, cell);
        if (wanted > sum) heights[cell.row + cell.row_span - 1] += wanted - sum;
    }
    return heights;
}

}  // namespace biaod::daemon
