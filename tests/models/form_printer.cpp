#include "tests/models/form_printer.hpp"

#include <algorithm>

#include "models/form_layout.hpp"
#include "models/forms.hpp"

namespace biaod::models::testing {
namespace {

Table print_table(const FormDefinition& form, int index, const Figures& figures) {
    const TableLayout layout = layout_table(form, index, least_columns(form.tables[static_cast<std::size_t>(index)]));
    Table table;
    table.rows = layout.rows;
    table.cols = layout.cols;
    for (const LayoutCell& place : layout.cells) {
        Cell cell;
        cell.row = place.row;
        cell.col = place.col;
        cell.row_span = place.row_span;
        cell.col_span = place.col_span;
        cell.text = place.text;
        cell.confidence = 1;
        if (place.slot >= 0) {
            const auto found = figures.find(form.slots[static_cast<std::size_t>(place.slot)].pointer);
            cell.text = found == figures.end() ? "0" : found->second;
        }
        table.cells.push_back(std::move(cell));
    }
    return table;
}

}  // namespace

void finish(Table& table, int page) {
    std::ranges::sort(table.cells, {}, [](const Cell& cell) { return std::pair(cell.row, cell.col); });
    table.pages = {page};
    const double width = 480.0 / std::max(1, table.cols), height = 600.0 / std::max(1, table.rows);
    for (Cell& cell : table.cells) {
        cell.boxes = {{page,
                       {50 + width * cell.col, 100 + height * cell.row, 50 + width * (cell.col + cell.col_span),
                        100 + height * (cell.row + cell.row_span)}}};
    }
}

Record empty_record() {
    Record record;
    record.id = std::string(64, '0');
    record.source = {"report.pdf", record.id, 1000, "application/pdf", "2024-01-31T08:00:00Z", {}};
    record.engine = {"0.1.0", "5.3.0", "chi_sim", 12};
    record.pages.push_back({1, 595.32, 841.92, TextSource::ocr, 0, 0, 300});
    return record;
}

Record print_form(const FormDefinition& form, const Figures& figures) {
    Record record = empty_record();
    for (std::size_t i = 0; i < form.tables.size(); ++i) {
        Table table = print_table(form, static_cast<int>(i), figures);
        table.id = "t" + std::to_string(record.tables.size() + 1);
        finish(table, 1);
        record.tables.push_back(std::move(table));
    }
    return record;
}

Figures distinct_figures(const FormDefinition& form) {
    Figures figures;
    int next = 101;
    for (const ValueSlot& slot : form.slots) figures[slot.pointer] = std::to_string(next++);
    return figures;
}

void add_block(Record& record, BlockType type, const std::string& text, double confidence) {
    Block block;
    block.type = type;
    block.text = text;
    block.page = 1;
    block.bbox = {50, 20, 500, 40};
    block.confidence = confidence;
    record.blocks.push_back(std::move(block));
}

std::shared_ptr<const FormDefinition> national_form(const std::string& version) {
    static const FormSet forms = *FormSet::builtin();
    for (const auto& form : forms.definitions()) {
        if (form->form == version) return form;
    }
    return nullptr;
}

Record national_report(const std::string& version, const std::string& unit, int year, const Figures& figures,
                       const std::string& received_at) {
    static const FormSet forms = *FormSet::builtin();
    Record record = print_form(*national_form(version), figures);
    add_block(record, BlockType::title, unit + std::to_string(year) + "年政府信息公开工作年度报告");
    record.source.name = unit + ".pdf";
    record.source.received_at = received_at;
    apply_forms(forms, record);
    return record;
}

}  // namespace biaod::models::testing
