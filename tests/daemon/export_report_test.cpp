#include <gtest/gtest.h>

#include <algorithm>

#include "daemon/export/export.hpp"
#include "tests/daemon/office.hpp"
#include "tests/models/form_printer.hpp"

namespace biaod::tests {
namespace {

using daemon::Book;
using daemon::SheetCell;
using models::testing::national_report;

class ExportReport : public testing::Test {
  protected:
    models::FormSet forms = *models::FormSet::builtin();
    models::testing::Figures figures{{"/proactive_disclosure/fees/amount", "72701.2578"},
                                     {"/proactive_disclosure/licenses/decisions", "/"},
                                     {"/proactive_disclosure/penalties/decisions", "口"},
                                     {"/requests/received/natural_person", "12"},
                                     {"/requests/received/total", "11"}};

    Book book(const std::string& version = "2021") {
        return *daemon::report_book(national_report(version, "=三河镇", 2021, figures), forms);
    }
    static const SheetCell& cell(const Book& book, const std::string& text, std::size_t sheet = 0) {
        const auto& cells = book.sheets[sheet].cells;
        const auto found =
            std::ranges::find_if(cells, [&](const SheetCell& c) { return c.value == daemon::CellValue(text); });
        EXPECT_NE(found, cells.end()) << text;
        return *found;
    }
    // What stands right of a label, in its row.
    static const SheetCell& right_of(const Book& book, const std::string& label, int steps = 1) {
        const SheetCell* at = &cell(book, label);
        for (int i = 0; i < steps; ++i) {
            const auto next = std::ranges::find_if(book.sheets[0].cells, [&](const SheetCell& c) {
                return c.row == at->row && c.col == at->col + at->col_span;
            });
            at = &*next;
        }
        return *at;
    }
};

TEST_F(ExportReport, EveryValueOpensAsItStands) {
    for (const char* version : {"2021", "2019"}) expect_opens_alike(book(version));
}

TEST_F(ExportReport, TheFormAsItIsPrinted) {
    const Book made = book();
    EXPECT_EQ(daemon::sheet_names(made), (std::vector<std::string>{"报告", "核对", "出处"}));
    EXPECT_EQ(cell(made, "三、本年度办理结果").row_span, 22);
    EXPECT_EQ(cell(made, "法人或其他组织").col_span, 5);
    EXPECT_EQ(cell(made, "三、收到和处理政府信息公开申请情况").col_span, 15);
    EXPECT_EQ(right_of(made, "行政事业性收费").value, daemon::CellValue(*models::Decimal::parse("72701.2578")));
    EXPECT_EQ(right_of(made, "行政事业性收费").unit, "");  // the label says 万元
    EXPECT_EQ(right_of(made, "行政许可").value, daemon::CellValue("/"));
    EXPECT_EQ(right_of(made, "行政强制").value, daemon::CellValue(models::Decimal::whole(0)));
    const std::string xml = part_of(*daemon::xlsx_bytes(made), "xl/worksheets/sheet1.xml");
    EXPECT_GT(std::ranges::count(xml, '"'), 0);
    EXPECT_NE(xml.find("<mergeCell "), std::string::npos);
}

TEST_F(ExportReport, WhatIsFlaggedIsColouredAndExplained) {
    const Book made = book();
    const SheetCell& unread = right_of(made, "行政处罚");
    EXPECT_EQ(unread.value, daemon::CellValue());
    EXPECT_EQ(unread.mark, daemon::CellMark::doubtful);
    EXPECT_EQ(unread.note, "待核对：无法辨认\n原件印作：口\n原件第 1 页");
    const SheetCell& total = right_of(made, "一、本年新收政府信息公开申请数量", 7);
    EXPECT_EQ(total.value, daemon::CellValue(models::Decimal::whole(11)));
    EXPECT_EQ(total.mark, daemon::CellMark::doubtful);
    EXPECT_NE(total.note.find("待核对：勾稽关系不符\n原件印作：11"), std::string::npos) << total.note;
    EXPECT_EQ(right_of(made, "行政强制").mark, daemon::CellMark::none);
}

TEST_F(ExportReport, AnotherUnitThanTheLabelsIsShown) {
    figures["/proactive_disclosure/fees/amount"] = "1444400元";
    EXPECT_EQ(right_of(book(), "行政事业性收费").unit, "元");
}

TEST_F(ExportReport, ChecksSayTheSumsFailuresFirst) {
    const Book made = book();
    const SheetCell& sum =
        cell(made, "一、本年新收政府信息公开申请数量 总计: 11 ≠ 12；各数均读得确切，原件本身不符", 1);
    EXPECT_EQ(sum.row, 2);
    EXPECT_EQ(cell(made, "不符", 1).mark, daemon::CellMark::wrong);
    EXPECT_EQ(cell(made, "待核对的内容", 1).style, daemon::CellStyle::caption);
    EXPECT_EQ(cell(made, "无法辨认", 1).mark, daemon::CellMark::doubtful);
}

TEST_F(ExportReport, ProvenanceOfEachFigure) {
    const Book made = book();
    const SheetCell& field = cell(made, "/report/proactive_disclosure/fees/amount", 2);
    std::vector<daemon::CellValue> row;
    for (const SheetCell& c : made.sheets[2].cells) {
        if (c.row == field.row) row.push_back(c.value);
    }
    ASSERT_EQ(row.size(), 10u);
    EXPECT_EQ(row[0], daemon::CellValue("行政事业性收费 本年收费金额（单位：万元）"));
    EXPECT_EQ(row[2], daemon::CellValue("72701.2578"));
    EXPECT_EQ(row[3], daemon::CellValue(models::Decimal::whole(1)));
    EXPECT_EQ(row[5], daemon::CellValue("t1"));
}

TEST_F(ExportReport, AnAcceptedReportHasNoColours) {
    models::Record record = national_report("2021", "三河镇", 2021, figures);
    record.review.clear();
    const Book made = *daemon::report_book(record, forms);
    for (const SheetCell& c : made.sheets[0].cells) EXPECT_EQ(c.note, "");
}

TEST_F(ExportReport, OtherDocumentsAreRefused) {
    EXPECT_EQ(daemon::report_book(models::testing::empty_record(), forms).error().kind, models::ErrorKind::bad_input);
}

}  // namespace
}  // namespace biaod::tests
