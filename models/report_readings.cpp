#include "models/report_readings.hpp"

#include <algorithm>

namespace biaod::models {
namespace {

const Cell& no_cell() {
    static const Cell cell;
    return cell;
}

const Cell* cell_of(const Record& record, const Provenance& from) {
    for (const Table& table : record.tables) {
        if (table.id != from.table) continue;
        for (const Cell& cell : table.cells) {
            if (cell.row == from.row && cell.col == from.col) return &cell;
        }
    }
    return &no_cell();
}

const nlohmann::ordered_json* value_at(const nlohmann::ordered_json& report, const std::string& pointer) {
    const nlohmann::ordered_json::json_pointer at(pointer);
    return report.contains(at) ? &report.at(at) : nullptr;
}

}  // namespace

std::shared_ptr<const FormDefinition> form_of(const FormSet& forms, const Record& record) {
    if (!record.report.is_object()) return nullptr;
    for (const auto& form : forms.definitions()) {
        const auto says = [&](const char* key, const std::string& word) {
            const auto found = record.report.find(key);
            return found != record.report.end() && found->is_string() && found->get_ref<const std::string&>() == word;
        };
        if (says("type", form->type) && says("form", form->form)) return form;
    }
    return nullptr;
}

std::set<std::string> settled_fields(const Record& record) {
    std::vector<std::string> fields;
    for (const Correction& entry : record.corrections) {
        if (entry.action == CorrectionAction::reread) {
            fields.clear();
        } else if (entry.action != CorrectionAction::undo) {
            fields.push_back(entry.field);
        } else if (!fields.empty()) {
            fields.pop_back();
        }
    }
    return {fields.begin(), fields.end()};
}

std::vector<Reading> report_readings(const FormDefinition& form, const Record& record) {
    const std::set<std::string> settled = settled_fields(record);
    std::set<std::string> doubted;
    for (const ReviewItem& item : record.review)
        if (item.reason != ReviewReason::check_failed) doubted.insert(item.field);
    std::vector<Reading> out;
    for (const ValueSlot& slot : form.slots) {
        Reading reading;
        const std::string field = "/report" + slot.pointer;
        reading.told_sure = settled.contains(field) || !doubted.contains(field);
        const auto from = record.provenance.find(field);
        if (from != record.provenance.end()) {
            reading.cell = cell_of(record, from->second);
            reading.figure = read_figure(from->second.printed, form.figures);
            if (reading.cell->second_reading && !settled.contains(field))
                reading.second = read_marred_figure(*reading.cell->second_reading, form.figures);
        }
        const nlohmann::ordered_json* value = value_at(record.report, slot.pointer);
        const auto number = value && value->is_number() ? Decimal::parse(value->dump()) : std::nullopt;
        if (number) {
            reading.figure.kind = FigureKind::number;
            reading.figure.value = *number;
        } else if (settled.contains(field) || reading.figure.kind == FigureKind::number) {
            reading.figure = Figure{};
        }
        if (number || settled.contains(field)) reading.cell = reading.cell ? reading.cell : &no_cell();
        out.push_back(std::move(reading));
    }
    return out;
}

}  // namespace biaod::models
