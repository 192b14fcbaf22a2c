#include "models/csv.hpp"

#include "daemon/export/export.hpp"

namespace biaod::daemon {
namespace {

std::string field_of(const SheetCell& cell) {
    if (const auto* figure = std::get_if<models::Decimal>(&cell.value)) {
        return cell.unit.empty() ? figure->to_string() : models::csv_text(figure->to_string() + cell.unit);
    }
    if (const auto* text = std::get_if<std::string>(&cell.value)) return models::csv_text(*text);
    return "";
}

constexpr const char* kByteOrderMark = "\xEF\xBB\xBF";

std::string lines_of(const Sheet& sheet) {
    std::vector<std::vector<std::string>> grid(static_cast<std::size_t>(sheet.rows()),
                                               std::vector<std::string>(static_cast<std::size_t>(sheet.cols())));
    for (const SheetCell& cell : sheet.cells)
        grid[static_cast<std::size_t>(cell.row)][static_cast<std::size_t>(cell.col)] = field_of(cell);
    std::string out;
    for (const auto& row : grid) out += models::csv_line(row);
    return out;
}

}  // namespace

std::string csv_bytes(const Sheet& sheet, bool byte_order_mark) {
    return (byte_order_mark ? kByteOrderMark : "") + lines_of(sheet);
}

std::string csv_bytes(const Book& book, bool byte_order_mark) {
    const std::vector<std::string> names = sheet_names(book);
    std::string out = byte_order_mark ? kByteOrderMark : "";
    for (std::size_t i = 0; i < book.sheets.size(); ++i) {
        if (i > 0 && !book.alike && !book.sheets[i].tells_doubts) continue;
        if (i > 0) out += models::csv_line({""});
        if (i > 0 || (book.alike && book.sheets.size() > 1)) out += models::csv_line({models::csv_text(names[i])});
        out += lines_of(book.sheets[i]);
    }
    return out;
}

}  // namespace biaod::daemon
