#include <set>

#include "damage.hpp"
#include "report_fixture.hpp"

namespace biaod::models {
namespace {

using testing::load_report;
using testing::Printed;

class ApplyForms : public testing::FormReport {};

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

// Found in a dark shadow: the table of disclosures was lost, and with it more labels of the version that was printed
// than of the other.
TEST_P(ApplyForms, TheVersionIsToldByTheTablesThatAreThere) {
    record.tables.erase(record.tables.begin());
    apply();
    EXPECT_EQ(record.report["form"], GetParam());
    EXPECT_TRUE(
        std::ranges::none_of(record.review, [](const ReviewItem& item) { return item.field == "/report/form"; }));
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
