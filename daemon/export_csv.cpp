#include "daemon/export.hpp"
#include "models/csv.hpp"

namespace biaod::daemon {
namespace {

std::string field_of(const SheetCell& cell) {
    if (const auto* figure = std::get_if<models::Decimal>(&cell.value)) {
        return cell.unit.empty() ? figure->to_string() : models::csv_text(figure->to_string() + cell.unit);
    }
    if (const auto* text = std::get_if<std::string>(&cell.value)) return models::csv_text(*text);
    return "";
}

}  // namespace

std::string csv_bytes(const Sheet& sheet, bool byte_order_mark) {
    std::vector<std::vector<std::string>> grid(static_cast<std::size_t>(sheet.rows()),
                                               std::vector<std::string>(static_cast<std::size_t>(sheet.cols())));
    for (const SheetCell& cell : sheet.cells)
        grid[static_cast<std::size_t>(cell.row)][static_cast<std::size_t>(cell.col)] = field_of(cell);
    std::string out = byte_order_mark ? "\xEF\xBB\xBF" : "";
    for (const auto& row : grid) out += models::csv_line(row);
    return out;
}

}  // namespace biaod::daemon
