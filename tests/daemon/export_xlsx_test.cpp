#include <gtest/gtest.h>

#include "daemon/export/export.hpp"
#include "models/text_norm.hpp"
#include "tests/daemon/office.hpp"

namespace biaod::tests {
namespace {

using daemon::Book;
using daemon::CellStyle;
using daemon::Sheet;
using models::Decimal;

Book one_sheet() {
    Book book;
    book.sheets.emplace_back().name = "表";
    return book;
}

TEST(ExportXlsx, TextIsTextAndFiguresAreNumbers) {
    Book book = one_sheet();
    Sheet& sheet = book.sheets[0];
    int row = 0;
    for (const char* text :
         {"=1+1", "+1", "-1", "@SUM(A1)", "{=1+1}", "=cmd|' /C calc'!A0", "007", "12", "TRUE", "2024-01-31", "1e5",
          "http://example.com", "mailto:a@b.cn", "'x", "a\"b,c", "两行\n文字", " 空格 ", "<b>&amp;</b>", "_x0041_"})
        sheet.add(row++, 0, CellStyle::text, text);
    for (const char* figure : {"0", "-253", "72701.2578", "1573179", "0.0001", "123456789012345"})
        sheet.add(row++, 0, CellStyle::figure, *Decimal::parse(figure));
    expect_opens_alike(book);
    const std::string xml = part_of(*daemon::xlsx_bytes(book), "xl/worksheets/sheet1.xml");
    EXPECT_NE(xml.find("<sheetData>"), std::string::npos);
    EXPECT_EQ(xml.find("<f>"), std::string::npos);
    EXPECT_EQ(xml.find("<hyperlink"), std::string::npos);
}

TEST(ExportXlsx, AFigureBeyondASpreadsheetsDigitsIsText) {
    Book book = one_sheet();
    book.sheets[0].add(0, 0, CellStyle::figure, *Decimal::parse("1234567890123456789"));
    const auto found = open_in_office(*daemon::xlsx_bytes(book));
    EXPECT_EQ(found.at("表"), (Grid{{"\"1234567890123456789\""}}));
}

TEST(ExportXlsx, MergedCells) {
    Book book = one_sheet();
    Sheet& sheet = book.sheets[0];
    auto& wide = sheet.add(0, 0, CellStyle::head, "宽");
    wide.col_span = 3;
    auto& high = sheet.add(1, 0, CellStyle::label, "高");
    high.row_span = 2;
    sheet.add(1, 1, CellStyle::figure, Decimal::whole(1)).col_span = 2;
    sheet.add(2, 1, CellStyle::figure, Decimal::whole(2));
    sheet.add(2, 2, CellStyle::figure);
    expect_opens_alike(book);
    const std::string xml = part_of(*daemon::xlsx_bytes(book), "xl/worksheets/sheet1.xml");
    for (const char* range : {"\"A1:C1\"", "\"A2:A3\"", "\"B2:C2\""})
        EXPECT_NE(xml.find("<mergeCell ref=" + std::string(range)), std::string::npos) << range;
}

TEST(ExportXlsx, WhatNeedsARepairIsNeverWritten) {
    Book overlap = one_sheet();
    overlap.sheets[0].add(0, 0, CellStyle::text, "a").col_span = 2;
    overlap.sheets[0].add(0, 1, CellStyle::text, "b");
    EXPECT_EQ(daemon::xlsx_bytes(overlap).error().kind, models::ErrorKind::bad_input);
    Book far = one_sheet();
    far.sheets[0].add(1'048'576, 0, CellStyle::text, "a");
    EXPECT_FALSE(daemon::xlsx_bytes(far));
    far.sheets[0].cells[0].row = 0;
    far.sheets[0].cells[0].col_span = 16'385;
    EXPECT_FALSE(daemon::xlsx_bytes(far));
    far.sheets[0].cells[0].col_span = 16'384;
    far.sheets[0].cells[0].row_span = 1'048'576;
    EXPECT_FALSE(daemon::xlsx_bytes(far));
}

TEST(ExportXlsx, TextOverTheLimitIsCutAndSaysSo) {
    Book book = one_sheet();
    std::string exact, longer;
    for (int i = 0; i < 32'767; ++i) exact += "字";
    for (int i = 0; i < 20'000; ++i) longer += "𠮷";  // two UTF-16 units each
    book.sheets[0].add(0, 0, CellStyle::text, exact);
    book.sheets[0].add(1, 0, CellStyle::text, longer);
    book.sheets[0].add(2, 0, CellStyle::text, std::string("a\x01\xEF\xBF\xBF\xFF") + "b\r\n");
    const auto found = open_in_office(*daemon::xlsx_bytes(book)).at("表");
    EXPECT_EQ(found.at(0).at(0), "\"" + exact + "\"");
    EXPECT_TRUE(found.at(1).at(0).ends_with("（内容过长，已截断）\""));
    EXPECT_LT(models::to_code_points(found.at(1).at(0)).size(), 16'384u);
    EXPECT_EQ(found.at(2).at(0), "\"a\uFFFD\uFFFD\uFFFDb\n\"");
}

TEST(ExportXlsx, NotesAndMarks) {
    Book book = one_sheet();
    auto& cell = book.sheets[0].add(1, 2, CellStyle::figure, Decimal::whole(12));
    cell.mark = daemon::CellMark::doubtful;
    cell.note = "待核对：<勾稽>\n建议：11";
    cell.unit = "元";
    const std::string bytes = *daemon::xlsx_bytes(book);
    const std::string notes = part_of(bytes, "xl/comments1.xml");
    EXPECT_NE(notes.find("ref=\"C2\""), std::string::npos);
    EXPECT_NE(notes.find("待核对：&lt;勾稽&gt;\n建议：11"), std::string::npos);
    const std::string styles = part_of(bytes, "xl/styles.xml");
    EXPECT_NE(styles.find("FFFFF2A8"), std::string::npos);
    EXPECT_NE(styles.find("General&quot;元&quot;"), std::string::npos);
    expect_opens_alike(book);
}

TEST(ExportXlsx, SheetNames) {
    Book book;
    const std::string long_name = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三";
    for (const std::string& name : {std::string("a/b:c*d?[e]\\"), std::string("Sales"), std::string("SALES"),
                                    std::string("'x'"), std::string(""), std::string("History"), long_name, long_name})
        book.sheets.emplace_back().name = name;
    const std::vector<std::string> expected{"a_b_c_d__e__",
                                            "Sales",
                                            "SALES (2)",
                                            "x",
                                            "Sheet",
                                            "History_",
                                            long_name.substr(0, 93),
                                            long_name.substr(0, 81) + " (2)"};
    EXPECT_EQ(daemon::sheet_names(book), expected);
    for (Sheet& sheet : book.sheets) sheet.add(0, 0, CellStyle::text, sheet.name.empty() ? "无" : sheet.name);
    EXPECT_TRUE(daemon::xlsx_bytes(book));
}

}  // namespace
}  // namespace biaod::tests
