#include "models/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace biaod::models {
namespace {

using ::testing::ElementsAre;

std::vector<std::vector<std::string>> fields(std::string_view text) {
    const auto rows = parse_csv(text);
    EXPECT_TRUE(rows) << rows.error().reason;
    std::vector<std::vector<std::string>> out;
    if (rows) {
        for (const CsvRow& row : *rows) out.push_back(row.fields);
    }
    return out;
}

std::string error(std::string_view text) {
    const auto rows = parse_csv(text);
    return rows ? "" : rows.error().reason;
}

TEST(Csv, QuotesLinesAndByteOrderMark) {
    EXPECT_THAT(fields("\xEF\xBB\xBF单位,期限\r\n三河镇,\r\n"),
                ElementsAre(ElementsAre("单位", "期限"), ElementsAre("三河镇", "")));
    EXPECT_THAT(fields("\"a,\"\"b\"\"\r\nc\",d"), ElementsAre(ElementsAre("a,\"b\"\r\nc", "d")));
    EXPECT_THAT(fields("a\n\n\r\nb"), ElementsAre(ElementsAre("a"), ElementsAre("b")));
    EXPECT_TRUE(fields("").empty());
}

TEST(Csv, ErrorsNameTheLine) {
    EXPECT_EQ(error("a\n\"b\nc\n"), "line 2: a quote is not closed");
    EXPECT_EQ(error("\"a\nb\"x\n"), "line 2: text after a closing quote");
    EXPECT_EQ(error("a\n\xC8\xFD\xBA\xD3\n"), "line 2: not UTF-8");
}

TEST(Csv, LinesOfRowsCountThoseInsideQuotes) {
    const auto rows = *parse_csv("\"a\nb\"\n\nc\n");
    EXPECT_EQ(rows[0].line, 1);
    EXPECT_EQ(rows[1].line, 4);
}

TEST(Csv, WhatIsWrittenIsRead) {
    const std::vector<std::string> all{"plain", "", "a,b", "\"", "x\r\ny", " edge ", "-1"};
    EXPECT_EQ(csv_line({"1", "a,b", "\""}), "1,\"a,b\",\"\"\"\"\r\n");
    EXPECT_THAT(fields(csv_line(all)), ElementsAre(all));
}

TEST(Csv, TextIsNoFormula) {
    for (const char* text : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
        EXPECT_EQ(csv_text(text), "'" + std::string(text));
    for (const char* text : {"", "规章", "1-2", "'"}) EXPECT_EQ(csv_text(text), text);
}

}  // namespace
}  // namespace biaod::models
