#include <gtest/gtest.h>

#include <algorithm>

#include "daemon/export/export.hpp"
#include "tests/daemon/office.hpp"
#include "tests/models/form_printer.hpp"

namespace biaod::tests {
namespace {

using daemon::Book;
using daemon::Sheet;
using daemon::SheetCell;

constexpr const char* fees = "/proactive_disclosure/fees/amount";
constexpr const char* licenses = "/proactive_disclosure/licenses/decisions";

class ExportSummary : public testing::Test {
  protected:
    models::FormSet forms = *models::FormSet::builtin();
    std::vector<models::UnitReport> reports;
    std::string roster = "单位,期限\n三河镇,2023-01-31\n宁海县,2023-01-05\n东山乡,\n";

    void add(const std::string& unit, int year, const models::testing::Figures& figures,
             const std::string& version = "2021") {
        reports.push_back(*models::unit_report(
            forms, models::testing::national_report(version, unit, year, figures, "2023-01-10T08:00:00Z")));
    }
    void SetUp() override {
        add("三河镇", 2022, {{fees, "72701.2578"}, {licenses, "5"}});
        add("宁海县", 2022, {{fees, "0.1"}, {licenses, "口"}});
        add("=西山乡", 2022, {{fees, ""}, {licenses, "-"}});
        add("三河镇", 2021, {{"/proactive_disclosure/rules/in_force", "2"}});
        add("东山乡", 2022, {}, "2019");
    }
    Book book() {
        const models::SummaryChoice choice{models::testing::national_form("2021"), 2022, {}};
        const models::Summary summary = models::summarise(choice, reports);
        return daemon::summary_book(summary, models::against_last_year(summary, reports),
                                    models::deliveries(*models::parse_roster(roster), choice, reports, 480));
    }
    static const Sheet& sheet(const Book& book, const std::string& name) {
        const auto found = std::ranges::find(book.sheets, name, &Sheet::name);
        EXPECT_NE(found, book.sheets.end()) << name;
        return *found;
    }
    static bool has_row(const Sheet& sheet, const std::vector<std::string>& row) {
        return std::ranges::count(expected_grid(sheet), row) == 1;
    }
};

TEST_F(ExportSummary, EveryValueOpensAsItStands) { expect_opens_alike(book()); }

TEST_F(ExportSummary, OneRowAUnitAndTheSums) {
    const Book made = book();
    const Grid grid = expected_grid(sheet(made, "二、主动公开政府信息情况"));
    // Three levels of labels above: the row's, the column's; six figures of documents, then 行政许可.
    ASSERT_EQ(grid.size(), 7u);
    EXPECT_EQ(grid[3][0], "\"三河镇\"");
    EXPECT_EQ(grid[3][7], "5");
    EXPECT_EQ(grid[4][7], "");
    EXPECT_EQ(grid[5][0], "\"=西山乡\"");
    EXPECT_EQ(grid[6][0], "\"合计\"");
    EXPECT_EQ(grid[6][7], "5");
    EXPECT_EQ(grid[6][10], "72701.3578");
}

TEST_F(ExportSummary, ASumThatIsNotWholeSaysWhatIsMissing) {
    const Book made = book();
    const auto marked = [](const Sheet& sheet) {
        return std::ranges::count(sheet.cells, daemon::CellMark::doubtful, &SheetCell::mark);
    };
    EXPECT_EQ(marked(sheet(made, "汇总")), 1);
    const auto& cells = sheet(made, "汇总").cells;
    const auto sum = std::ranges::find(cells, daemon::CellMark::doubtful, &SheetCell::mark);
    EXPECT_EQ(sum->value, daemon::CellValue(models::Decimal::whole(5)));
    EXPECT_EQ(sum->note, "未计入 1 份报告：\n宁海县（无法辨认）");
    EXPECT_TRUE(has_row(sheet(made, "未计入"),
                        {"\"宁海县\"", "\"行政许可 本年处理决定数量\"", "", "\"无法辨认\"", "\"宁海县.pdf\""}));
}

TEST_F(ExportSummary, WhatTheUnitsDelivered) {
    const Book made = book();
    const Sheet& found = sheet(made, "报送情况");
    EXPECT_TRUE(
        has_row(found, {"\"三河镇\"", "\"已报\"", "\"2023-01-31\"", "\"2023-01-10\"", "\"2021\"", "\"三河镇.pdf\""}));
    EXPECT_TRUE(
        has_row(found, {"\"宁海县\"", "\"迟报\"", "\"2023-01-05\"", "\"2023-01-10\"", "\"2021\"", "\"宁海县.pdf\""}));
    EXPECT_TRUE(has_row(found, {"\"东山乡\"", "\"旧表式\"", "", "\"2023-01-10\"", "\"2019\"", "\"东山乡.pdf\""}));
    EXPECT_TRUE(has_row(found, {"\"=西山乡\"", "\"不在名单上\"", "", "", "\"2021\"", "\"=西山乡.pdf\""}));
}

TEST_F(ExportSummary, WhatDiffersFromLastYear) {
    const Book made = book();
    const Sheet& found = sheet(made, "与上年比");
    EXPECT_TRUE(has_row(found, {"\"三河镇\"", "\"不符\"", "\"2022 规章 现行有效件数: 0 ≠ 2 + 0 − 0 = 2\""}));
    EXPECT_TRUE(has_row(found, {"\"宁海县\"", "\"未比较\"", "\"没有2021年的报告\""}));
}

}  // namespace
}  // namespace biaod::tests
