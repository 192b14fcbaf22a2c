#include <gtest/gtest.h>

#include "daemon/export/export.hpp"

namespace biaod::tests {
namespace {

using daemon::CellStyle;

TEST(ExportCsv, TextIsNoFormulaAndFiguresKeepTheirSign) {
    daemon::Sheet sheet;
    sheet.add(0, 0, CellStyle::head, "=1+1").col_span = 2;
    sheet.add(1, 0, CellStyle::label, "规章, \"章\"");
    sheet.add(1, 1, CellStyle::figure, *models::Decimal::parse("-253.5"));
    sheet.add(2, 0, CellStyle::label, "-");
    sheet.add(2, 1, CellStyle::figure, models::Decimal::whole(12)).unit = "元";
    const std::string csv = "'=1+1,\r\n\"规章, \"\"章\"\"\",-253.5\r\n'-,12元\r\n";
    EXPECT_EQ(daemon::csv_bytes(sheet, false), csv);
    EXPECT_EQ(daemon::csv_bytes(sheet, true), "\xEF\xBB\xBF" + csv);
}

TEST(ExportCsv, AFileHoldsAllTablesThatAreAlike) {
    daemon::Book book;
    for (const char* name : {"一", "二"}) {
        daemon::Sheet& sheet = book.sheets.emplace_back();
        sheet.name = name;
        sheet.add(0, 0, CellStyle::text, name);
        sheet.add(0, 1, CellStyle::figure, models::Decimal::whole(1));
    }
    EXPECT_EQ(daemon::csv_bytes(book, false), "一,1\r\n");
    book.alike = true;
    EXPECT_EQ(daemon::csv_bytes(book, true), "\xEF\xBB\xBF一\r\n一,1\r\n\r\n二\r\n二,1\r\n");
    book.sheets.pop_back();
    EXPECT_EQ(daemon::csv_bytes(book, false), "一,1\r\n");
}

TEST(ExportCsv, TheDoubtsStandBelowTheMainSheet) {
    daemon::Book book;
    for (const char* name : {"合计", "各单位", "未计入"}) {
        daemon::Sheet& sheet = book.sheets.emplace_back();
        sheet.name = name;
        sheet.add(0, 0, CellStyle::text, "x");
    }
    book.sheets.back().tells_doubts = true;
    EXPECT_EQ(daemon::csv_bytes(book, false), "x\r\n\r\n未计入\r\nx\r\n");
}

}  // namespace
}  // namespace biaod::tests
