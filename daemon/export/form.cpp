#include "daemon/export/form.hpp"

#include <algorithm>

#include "models/form_layout.hpp"

namespace biaod::daemon {
namespace {

constexpr double page_width = 97;  // of a portrait A4 sheet, in characters

CellStyle style_of(models::LayoutKind kind) {
    switch (kind) {
        case models::LayoutKind::row_label:
            return CellStyle::label;
        case models::LayoutKind::value:
            return CellStyle::figure;
        default:
            return CellStyle::head;
    }
}

}  // namespace

int form_columns(const models::FormDefinition& form) {
    int out = 0;
    for (const models::FormTable& table : form.tables) out = std::max(out, models::least_columns(table));
    return out;
}

int add_form(Sheet& sheet, const models::FormDefinition& form, int row,
             const std::function<void(int slot, SheetCell& cell)>& fill) {
    const int cols = form_columns(form);
    sheet.widths.assign(static_cast<std::size_t>(cols), std::clamp(page_width / cols, 5.0, 24.0));
    for (std::size_t t = 0; t < form.tables.size(); ++t) {
        sheet.add(row++, 0, CellStyle::caption, form.tables[t].caption).col_span = cols;
        const models::TableLayout layout = models::layout_table(form, static_cast<int>(t), cols);
        for (const models::LayoutCell& place : layout.cells) {
            SheetCell& cell = sheet.add(row + place.row, place.col, style_of(place.kind));
            cell.row_span = place.row_span;
            cell.col_span = place.col_span;
            if (!place.text.empty()) cell.value = place.text;
            if (place.slot >= 0) fill(place.slot, cell);
        }
        row += layout.rows + 1;
    }
    return row;
}

std::string unit_to_show(const models::FormDefinition& form, int slot, const std::optional<std::string>& unit) {
    if (!unit) return "";
    const models::ValueSlot& value = form.slots[static_cast<std::size_t>(slot)];
    const auto& block =
        form.tables[static_cast<std::size_t>(value.table)].blocks[static_cast<std::size_t>(value.block)];
    const models::AxisLeaf& column = block.columns[static_cast<std::size_t>(value.col)];
    // "：万元" and not "元", which ends many words.
    return column.path.back().texts.front().find("：" + *unit) == std::string::npos ? *unit : "";
}

}  // namespace biaod::daemon
