// Reports as their cells were read, to be mapped to a form.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "form_printer.hpp"
#include "models/forms.hpp"
#include "models/record_json.hpp"
#include "schema_validator.hpp"

namespace biaod::models::testing {

using Json = nlohmann::ordered_json;

// A report as data/report_*.json holds it: the printed cells, and the value at each pointer.
struct Printed {
    Record record = empty_record();
    std::map<std::string, Json> values;
};

inline Printed load_report(const std::string& version) {
    std::ifstream file(std::string(MODELS_TEST_DATA) + "/report_" + version + ".json");
    const Json json = Json::parse(file);
    Printed out;
    for (const Json& cells : json["tables"]) {
        Table table;
        table.id = "t" + std::to_string(out.record.tables.size() + 1);
        for (const Json& c : cells) {
            Cell cell;
            cell.row = c[0];
            cell.col = c[1];
            cell.row_span = c[2];
            cell.col_span = c[3];
            cell.text = c[4];
            cell.confidence = 0.97;
            table.rows = std::max(table.rows, cell.row + cell.row_span);
            table.cols = std::max(table.cols, cell.col + cell.col_span);
            table.cells.push_back(cell);
        }
        finish(table, 1);
        out.record.tables.push_back(table);
    }
    add_block(out.record, BlockType::title, "三河镇2024年政府信息公开工作年度报告");
    add_block(out.record, BlockType::heading, "一、总体情况");
    add_block(out.record, BlockType::paragraph, "2024年，三河镇公开信息。");
    for (const auto& [pointer, value] : json["values"].items()) out.values[pointer] = value;
    return out;
}

// Such a report of each version, before and after it was mapped; its parameter is the version.
class FormReport : public ::testing::TestWithParam<std::string> {
  protected:
    FormSet forms = *FormSet::builtin();
    Printed printed = load_report(GetParam());
    Record& record = printed.record;

    void apply() {
        apply_forms(forms, record);
        EXPECT_EQ(record_errors(to_json(record)), "");
    }
    Json value(const std::string& pointer) const { return record.report.at(Json::json_pointer(pointer)); }
    // The cell that was read for a value; of the last apply() that has provenance.
    Cell& cell_of(const std::string& pointer) {
        const Provenance from = places_.at("/report" + pointer);
        for (Table& table : record.tables) {
            for (Cell& cell : table.cells) {
                if (table.id == from.table && cell.row == from.row && cell.col == from.col) return cell;
            }
        }
        throw std::runtime_error("no cell");
    }
    void reset() {
        places_ = record.provenance;
        record.provenance.clear();
        record.checks.clear();
        record.review.clear();
        record.status = Status::complete;
    }
    std::vector<ReviewReason> reasons(const std::string& pointer) const {
        std::vector<ReviewReason> out;
        for (const ReviewItem& item : record.review) {
            if (item.field == "/report" + pointer) out.push_back(item.reason);
        }
        return out;
    }
    // Reads once and gives the cell of a value, for another reading.
    Cell& changed(const std::string& pointer) {
        reset();
        apply();
        reset();
        return cell_of(pointer);
    }

  private:
    std::map<std::string, Provenance> places_;
};

}  // namespace biaod::models::testing
