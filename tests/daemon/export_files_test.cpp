#include <gtest/gtest.h>

#include "daemon/export/files.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using daemon::ExportFiles;
using daemon::ExportFormat;
using daemon::safe_file_name;

daemon::Book book() {
    daemon::Book out;
    for (const char* name : {"一", "二"}) {
        daemon::Sheet& sheet = out.sheets.emplace_back();
        sheet.name = name;
        sheet.add(0, 0, daemon::CellStyle::text, name);
    }
    return out;
}

TEST(ExportFiles, NamesStayInTheFolder) {
    EXPECT_EQ(safe_file_name("三河镇2021年报告"), "三河镇2021年报告");
    EXPECT_EQ(safe_file_name("../../etc/passwd"), "_._.._etc_passwd");
    EXPECT_EQ(safe_file_name("."), "_");
    EXPECT_EQ(safe_file_name(".hidden"), "_hidden");
    EXPECT_EQ(safe_file_name("-rf"), "_rf");
    EXPECT_EQ(safe_file_name("a\nb"), "a_u{000A}b");
    EXPECT_EQ(safe_file_name(""), "_");
    EXPECT_LE(safe_file_name(std::string(1000, 'a')).size(), 120u);
}

TEST(ExportFiles, AFolderTakesAFileForEachBookOrSheet) {
    TempFolder folder;
    ExportFiles workbooks(folder.path("out"), ExportFormat::xlsx, false);
    EXPECT_TRUE(workbooks.write("a", book()));
    EXPECT_TRUE(workbooks.write("a", book()));
    EXPECT_EQ(names_in(folder.path("out")), "a-2.xlsx a.xlsx");
    ExportFiles tables(folder.path("csv"), ExportFormat::csv, true);
    EXPECT_TRUE(tables.write("a", book()));
    EXPECT_EQ(names_in(folder.path("csv")), "a-一.csv a-二.csv");
    EXPECT_EQ(read_file(folder.path("csv/a-二.csv")), "\xEF\xBB\xBF二\r\n");
}

TEST(ExportFiles, AFileTakesOneBook) {
    TempFolder folder;
    ExportFiles file(folder.path("a.csv"), ExportFormat::csv, false);
    EXPECT_TRUE(file.write("x", book()));
    EXPECT_EQ(read_file(folder.path("a.csv")), "一\r\n");
    EXPECT_EQ(file.write("y", book()).error().kind, models::ErrorKind::config);
    EXPECT_FALSE(ExportFiles(folder.path("missing/a.xlsx"), ExportFormat::xlsx, false).write("x", book()));
    EXPECT_EQ(names_in(folder.path()), "a.csv");
}

}  // namespace
}  // namespace biaod::tests
