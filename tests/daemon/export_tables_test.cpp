#include <gtest/gtest.h>

#include "daemon/export/export.hpp"
#include "tests/daemon/office.hpp"
#include "tests/models/form_printer.hpp"

namespace biaod::tests {
namespace {

models::Cell cell(int row, int col, int row_span, int col_span, const std::string& text) {
    models::Cell out;
    out.row = row;
    out.col = col;
    out.row_span = row_span;
    out.col_span = col_span;
    out.text = text;
    out.confidence = 1;
    return out;
}

models::Record document() {
    models::Record record = models::testing::empty_record();
    models::Table table;
    table.id = "t1";
    table.caption = "设备/台账";
    table.rows = 3;
    table.cols = 3;
    table.cells = {cell(0, 0, 1, 2, "=HYPERLINK(\"x\")"),
                   cell(0, 2, 2, 1, "1,444,400"),
                   cell(1, 0, 2, 1, "007"),
                   cell(1, 1, 1, 1, "－253"),
                   cell(2, 1, 1, 1, "12元"),
                   cell(2, 2, 1, 1, "")};
    record.tables.push_back(table);
    table.id = "t2";
    table.caption.reset();
    record.tables.push_back(table);
    return record;
}

TEST(ExportTables, CellsAsInTheDocument) {
    const auto book = daemon::tables_book(document());
    ASSERT_TRUE(book);
    EXPECT_EQ(daemon::sheet_names(*book), (std::vector<std::string>{"设备_台账", "t2"}));
    EXPECT_EQ(expected_grid(book->sheets[0]),
              (Grid{{"\"=HYPERLINK(\"\"x\"\")\"", "", "1444400"}, {"\"007\"", "-253"}, {"", "\"12元\""}}));
    expect_opens_alike(*book);
    const std::string xml = part_of(*daemon::xlsx_bytes(*book), "xl/worksheets/sheet1.xml");
    for (const char* range : {"A1:B1", "C1:C2", "A2:A3"}) EXPECT_NE(xml.find(range), std::string::npos) << range;
}

// A reviewer's: of tables that are no known form the sheet looked clean, whatever was doubted.
TEST(ExportTables, WhatIsDoubtfulIsColoured) {
    models::Record record = document();
    std::vector<models::Cell>& cells = record.tables[0].cells;
    for (const std::size_t i : {0, 3, 5}) cells[i].confidence = 0.9;  // a text, a figure, a blank
    cells[4].confidence = 0.5;                                        // a text
    const auto book = daemon::tables_book(record);
    ASSERT_TRUE(book);
    for (const daemon::SheetCell& cell : book->sheets[0].cells) {
        const bool doubtful = cell.col > 0 && cell.row > 0;
        EXPECT_EQ(cell.mark, doubtful ? daemon::CellMark::doubtful : daemon::CellMark::none) << cell.row << cell.col;
    }
    for (const daemon::SheetCell& cell : book->sheets[1].cells) EXPECT_EQ(cell.mark, daemon::CellMark::none);
}

TEST(ExportTables, CellsThatDoNotFitAreRefused) {
    const auto refused = [](const models::Cell& other) {
        models::Record record = document();
        record.tables[0].cells[0] = other;
        return !daemon::tables_book(record);
    };
    EXPECT_TRUE(refused(cell(0, 0, 1, 3, "a")));
    EXPECT_TRUE(refused(cell(-1, 0, 1, 1, "a")));
    EXPECT_TRUE(refused(cell(0, 0, 0, 1, "a")));
    EXPECT_TRUE(refused(cell(0, 2147483647, 1, 1, "a")));
    EXPECT_TRUE(refused(cell(0, 0, 2147483647, 2147483647, "a")));
    EXPECT_FALSE(refused(cell(0, 0, 1, 2, "a")));
}

TEST(ExportTables, ADocumentWithoutTablesHasNothingToExport) {
    EXPECT_EQ(daemon::tables_book(models::testing::empty_record()).error().reason, "the document has no table");
}

}  // namespace
}  // namespace biaod::tests
