#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "damage.hpp"
#include "form_printer.hpp"
#include "models/forms.hpp"
#include "models/record_json.hpp"
#include "schema_validator.hpp"

namespace biaod::models {
namespace {

using Json = nlohmann::ordered_json;

// A report as data/report_*.json holds it: the printed cells, and the value at each pointer.
struct Printed {
    Record record = testing::empty_record();
    std::map<std::string, Json> values;
};

Printed load_report(const std::string& version) {
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
        testing::finish(table, 1);
        out.record.tables.push_back(table);
    }
    testing::add_block(out.record, BlockType::title, "三河镇2024年政府信息公开工作年度报告");
    testing::add_block(out.record, BlockType::heading, "一、总体情况");
    testing::add_block(out.record, BlockType::paragraph, "2024年，三河镇公开信息。");
    for (const auto& [pointer, value] : json["values"].items()) out.values[pointer] = value;
    return out;
}

class ApplyForms : public ::testing::TestWithParam<std::string> {
  protected:
    FormSet forms = *FormSet::builtin();
    Printed printed = load_report(GetParam());
    Record& record = printed.record;

    void apply() {
        apply_forms(forms, record);
        EXPECT_EQ(testing::record_errors(to_json(record)), "");
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

INSTANTIATE_TEST_SUITE_P(Versions, ApplyForms, ::testing::Values("2021", "2019"));

TEST_P(ApplyForms, EveryValueIsRight) {
    apply();
    EXPECT_EQ(record.report["form"], GetParam());
    EXPECT_EQ(record.report["year"], 2024);
    for (const auto& [pointer, want] : printed.values) EXPECT_EQ(value(pointer), want) << pointer;
    EXPECT_TRUE(record.review.empty());
    EXPECT_EQ(record.status, Status::complete);
    EXPECT_EQ(record.provenance.size(), printed.values.size());
    for (const Check& check : record.checks) {
        EXPECT_TRUE(check.rule.starts_with("soft.") || check.status == CheckStatus::pass)
            << check.rule << ": " << check.detail;
    }
}

TEST_P(ApplyForms, UnitsStandBesideTheirFigures) {
    apply();
    // From the column's label in one form, printed with the figure in the other.
    EXPECT_EQ(value("/proactive_disclosure/" + std::string(GetParam() == "2021" ? "fees" : "procurement") + "/unit"),
              "万元");
}

TEST_P(ApplyForms, ProvenanceTellsTheBlankFromTheDash) {
    const std::string pointer = "/requests/results/not_processed/petition/other";
    changed(pointer).text = "/";
    apply();
    EXPECT_TRUE(value(pointer).is_null());
    EXPECT_EQ(record.provenance.at("/report" + pointer).printed, "/");
    EXPECT_TRUE(reasons(pointer).empty());
}

TEST_P(ApplyForms, UnreadableIsNullAndFlagged) {
    const std::string pointer = "/requests/received/natural_person";
    Cell& cell = changed(pointer);
    const std::string was = cell.text;
    cell.unreadable = true;
    cell.text = "";
    apply();
    EXPECT_TRUE(value(pointer).is_null());
    ASSERT_EQ(reasons(pointer), std::vector{ReviewReason::unreadable});
    EXPECT_EQ(record.review.front().suggested, was);  // the sums imply it
    EXPECT_EQ(record.status, Status::needs_review);
}

TEST_P(ApplyForms, AFigureWithASpeckIsPublishedAndFlagged) {
    const std::string pointer = "/requests/received/natural_person";
    Cell& cell = changed(pointer);
    const std::string was = cell.text;
    cell.text += ".";
    apply();
    EXPECT_EQ(value(pointer).dump(), was);
    ASSERT_EQ(reasons(pointer), std::vector{ReviewReason::low_confidence}) << "though the sums agree";
    EXPECT_EQ(record.review.front().printed, was + ".");
}

// Beside words that the networks for figures do not know a scan's digits are read but once.
TEST_P(ApplyForms, ANumberThatWasReadOnceIsFlagged) {
    const std::string pointer = "/requests/received/natural_person";
    const std::string digits = changed(pointer).text;
    for (const auto& [before, behind] : {std::pair("增", ""), {"增加", ""}, {"", "件"}})
        for (const TextSource source : {TextSource::ocr, TextSource::mixed, TextSource::layer}) {
            Cell& cell = changed(pointer);
            cell.text = before + digits + behind;
            cell.text_source = source;
            apply();
            const bool flagged = before != std::string("增") && source != TextSource::layer;
            EXPECT_EQ(reasons(pointer).size(), flagged ? 1u : 0u) << cell.text << static_cast<int>(source);
        }
}

TEST_P(ApplyForms, TextInAFigureCellIsFlagged) {
    const std::string pointer = "/requests/received/natural_person";
    changed(pointer).text = "口";
    apply();
    EXPECT_TRUE(value(pointer).is_null());
    ASSERT_EQ(reasons(pointer), std::vector{ReviewReason::unreadable});
    EXPECT_EQ(record.review.front().printed, "口");
    EXPECT_LE(record.provenance.at("/report" + pointer).confidence, 0.3);
}

TEST_P(ApplyForms, DisagreeingReadingsAreFlaggedWhereNoSumDecides) {
    const std::string pointer = "/proactive_disclosure/licenses/decisions";
    changed(pointer).second_reading = "7";
    apply();
    ASSERT_EQ(reasons(pointer), std::vector{ReviewReason::readings_disagree});
    EXPECT_EQ(record.review.front().suggested, "7");
}

// A comma that lost its tail is read as a point; a count has none.
TEST_P(ApplyForms, OfTwoReadingsTheOneThatTheFormAllowsIsTaken) {
    const std::string pointer = "/proactive_disclosure/licenses/decisions";
    Cell& cell = changed(pointer);
    cell.text = "22.347";
    cell.second_reading = "22,347";
    apply();
    EXPECT_EQ(value(pointer), 22347);
    ASSERT_EQ(reasons(pointer), std::vector{ReviewReason::readings_disagree});
    EXPECT_EQ(record.review.front().printed, "22,347");
    EXPECT_EQ(record.review.front().suggested, "22.347");
    EXPECT_EQ(cell.text, "22,347") << "the table says the same";
    EXPECT_EQ(cell.second_reading, "22.347");
    reset();
    cell.text = "-5";
    cell.second_reading = "2.5";
    apply();
    EXPECT_EQ(value(pointer), -5) << "neither is allowed";
}

// Found in a dark shadow: the table of disclosures was lost, and with it more labels of the version that was printed
// than of the other.
TEST_P(ApplyForms, TheVersionIsToldByTheTablesThatAreThere) {
    record.tables.erase(record.tables.begin());
    apply();
    EXPECT_EQ(record.report["form"], GetParam());
    EXPECT_TRUE(
        std::ranges::none_of(record.review, [](const ReviewItem& item) { return item.field == "/report/form"; }));
}

TEST_P(ApplyForms, ADisagreementOfAFigureAndABlankIsAlwaysFlagged) {
    const std::string pointer = "/requests/results/not_processed/petition/other";
    changed(pointer).second_reading = "";
    apply();
    EXPECT_EQ(reasons(pointer), std::vector{ReviewReason::readings_disagree});
}

TEST_P(ApplyForms, ReadingsOfOneValueAgree) {
    const std::string pointer = "/proactive_disclosure/licenses/decisions";
    Cell& cell = changed(pointer);
    cell.second_reading = " " + cell.text + "\n";
    apply();
    EXPECT_TRUE(reasons(pointer).empty());
}

TEST_P(ApplyForms, LowConfidenceIsFlaggedUnlessTheSumsConfirm) {
    const std::string in_sums = "/requests/received/natural_person", alone = "/proactive_disclosure/licenses/decisions";
    changed(in_sums).confidence = 0.7;
    cell_of(alone).confidence = 0.7;
    apply();
    EXPECT_TRUE(reasons(in_sums).empty());
    EXPECT_EQ(reasons(alone), std::vector{ReviewReason::low_confidence});
    reset();
    cell_of(in_sums).confidence = 0.3;
    apply();
    EXPECT_EQ(reasons(in_sums), std::vector{ReviewReason::low_confidence});
}

// Found on a JPEG of quality 40: both networks read 257 for 237, sure to 0.956.
TEST_P(ApplyForms, ANumberThatNoSumConfirmsMustBeRatherSure) {
    const std::string number = "/proactive_disclosure/licenses/decisions";
    changed(number).confidence = 0.96;
    apply();
    EXPECT_EQ(reasons(number), std::vector{ReviewReason::low_confidence});
    reset();
    cell_of(number).confidence = 0.975;
    apply();
    EXPECT_TRUE(reasons(number).empty());
}

// Found on a copy of a sealed page: a stroke of the seal was read as a 4 among cells that it had made unreadable.
TEST_P(ApplyForms, AFigureAmongUnreadOnesIsADoubtUnlessTheSumsConfirmIt) {
    const std::string denied = "/requests/results/denied/", between = denied + "prohibited_by_law/business";
    changed(denied + "state_secret/business").text = "口";
    cell_of(denied + "endangers_security/business").text = "口";
    apply();
    EXPECT_TRUE(reasons(between).empty());  // its row adds up
    cell_of(denied + "prohibited_by_law/total").text = "口";
    apply();
    EXPECT_EQ(reasons(between), std::vector{ReviewReason::low_confidence});
    EXPECT_TRUE(reasons(denied + "enforcement_file/business").empty());
}

// Found on a synthesised fax with worn toner: two of three figures were doubted, and some of the others were wrong.
TEST_P(ApplyForms, ATableOfManyDoubtsIsDoubtfulInWhole) {
    const auto flagged_of = [&](const std::string& table) {
        return std::count_if(record.review.begin(), record.review.end(),
                             [&](const ReviewItem& item) { return item.field.starts_with("/report/" + table); });
    };
    changed("/requests/received/natural_person");
    std::vector<std::string> of_table;
    for (const auto& [pointer, value] : printed.values)
        if (pointer.starts_with("/requests/")) of_table.push_back(pointer);
    for (const double share : {0.2, 0.3}) {
        for (std::size_t i = 0; i < static_cast<std::size_t>(share * static_cast<double>(of_table.size())); ++i)
            cell_of(of_table[i]).confidence = 0.3;
        apply();
        if (share < 0.25)
            EXPECT_LT(flagged_of("requests"), static_cast<std::ptrdiff_t>(of_table.size()) / 3);
        else
            EXPECT_EQ(flagged_of("requests"), static_cast<std::ptrdiff_t>(of_table.size()));
        EXPECT_EQ(flagged_of("proactive_disclosure"), 0);
        reset();
    }
}

// Found on a synthesised fax: sums confirmed many figures that were read in two ways, and one that both networks
// misread alike stood among those that were published.
TEST_P(ApplyForms, DoubtsThatSumsConfirmAreDoubtsOfTheTable) {
    changed("/requests/received/natural_person");
    std::vector<std::string> of_table;
    std::set<std::string> rows;
    for (const auto& [pointer, value] : printed.values) {
        if (!pointer.starts_with("/requests/")) continue;
        of_table.push_back(pointer);
        rows.insert(pointer.substr(0, pointer.rfind('/')));
    }
    // In every other row one doubt, which its sum confirms, in the others three, which it does not.
    bool one = false;
    for (const std::string& row : rows) {
        one = !one;
        cell_of(row + "/natural_person").confidence = 0.6;
        for (const char* column : {"/business", "/research"})
            if (!one) cell_of(row + column).confidence = 0.6;
    }
    apply();
    for (const std::string& pointer : of_table) EXPECT_FALSE(reasons(pointer).empty()) << pointer;
}

TEST_P(ApplyForms, AWrongSumStaysAsPrinted) {
    const std::string pointer = "/requests/results/total/business";
    Cell& cell = changed(pointer);
    const std::string was = cell.text;
    cell.text = "100001";
    apply();
    EXPECT_EQ(value(pointer), 100001);
    ASSERT_EQ(reasons(pointer), std::vector{ReviewReason::check_failed});
    EXPECT_EQ(record.review.size(), 1u);
    EXPECT_EQ(record.review.front().suggested, was);
    EXPECT_LE(record.provenance.at("/report" + pointer).confidence, 0.7) << "as sure as such figures are right";
}

TEST_P(ApplyForms, CountsAreWholeAndNotNegative) {
    for (const char* text : {"-3", "2.5"}) {
        const std::string pointer = "/proactive_disclosure/licenses/decisions";
        changed(pointer).text = text;
        apply();
        EXPECT_EQ(reasons(pointer), std::vector{ReviewReason::check_failed}) << text;
        const auto check = std::ranges::find(record.checks, "proactive_disclosure.figures", &Check::rule);
        EXPECT_EQ(check->status, CheckStatus::fail);
    }
}

TEST_P(ApplyForms, MissingRowsAreNullAndFlagged) {
    testing::drop_row(record.tables[1], 9);
    apply();
    EXPECT_TRUE(value("/requests/results/denied/endangers_security/total").is_null());
    EXPECT_EQ(reasons("/requests/results/denied/endangers_security/total"), std::vector{ReviewReason::missing});
    EXPECT_FALSE(record.provenance.contains("/report/requests/results/denied/endangers_security/total"));
}

TEST_P(ApplyForms, PartialStaysPartial) {
    record.status = Status::partial;
    apply();
    EXPECT_EQ(record.status, Status::partial);
}

// Seen on a pale scan with hairlines: no table was recognised, and the record said that it was complete.
TEST_P(ApplyForms, AReportWithoutItsTablesIsMissing) {
    record.tables.clear();
    apply();
    EXPECT_TRUE(record.report.is_null());
    EXPECT_TRUE(record.review.empty()) << "a title alone is no report";
    for (const char* heading : {"一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
                                "四、政府信息公开行政复议、行政诉讼情况"})
        testing::add_block(record, BlockType::heading, heading);
    apply();
    EXPECT_TRUE(record.report.is_null());
    ASSERT_EQ(record.review.size(), 1u);
    EXPECT_EQ(record.review[0].field, "/report");
    EXPECT_EQ(record.review[0].reason, ReviewReason::missing);
    EXPECT_EQ(record.status, Status::needs_review);
}

TEST_P(ApplyForms, NoKnownFormIsNull) {
    record.tables.resize(0);
    apply();
    EXPECT_TRUE(record.report.is_null());
    EXPECT_EQ(record.status, Status::complete);
}

TEST_P(ApplyForms, HostileTablesDoNoHarm) {
    record.tables[0].rows = 2'000'000'000;
    record.tables[1].cells[3].row_span = 1'000'000;
    record.tables[1].cells[4].col = -5;
    record.tables[2].cols = 0;
    EXPECT_NO_THROW(apply_forms(forms, record));
}

}  // namespace
}  // namespace biaod::models
