#include "layout/tables/heading_rows.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/layout/support.hpp"

namespace biaod::layout {
namespace {

using models::BlockType;
using tests::fragment;
using tests::fragment_cell;

ReadLine line(double x, double y, const std::string& text, double height = 10) {
    ReadLine l;
    l.page = 1;
    l.at = {x, y, 100, height};
    l.bbox = {x, y, x + 100, y + height};
    l.text = text;
    l.confidence = 0.9;
    return l;
}

// The rows of the table that stands 20 pt below the top, with `lines` above it.
int rows_below(std::vector<ReadLine> lines, const KnownLabels& known = {U"第二十条第一项"},
               BlockType type = BlockType::paragraph, double other_at = 400) {
    TableFragment table =
        fragment(1, 1, {80, 200, 300}, {fragment_cell(1, 0, 0, 1, 1, "信息内容"), fragment_cell(1, 0, 1, 1, 1, "0")});
    table.at = {80, 20, 220, 15};
    table.char_height = 10;
    std::vector<std::vector<BlockType>> types = {std::vector(lines.size(), type)};
    TableFragment other = table;
    other.at = {320, other_at, 220, 15};
    std::vector<PageText> pages = {{1, 595, 842, std::move(lines), {table, other}}};
    const std::size_t before = types[0].size();
    take_heading_rows(pages, types, known);
    const TableFragment& out = pages[0].tables[0];
    EXPECT_EQ(types[0].size(), pages[0].lines.size());
    EXPECT_LE(out.rows, 2);
    EXPECT_EQ(before > types[0].size(), out.rows == 2) << "each line once";
    return out.rows;
}

// Found on a fax: of the rulings above a table and beside its first row hardly a dot was left.
TEST(HeadingRows, AKnownHeadingCloseAboveATableIsItsFirstRow) {
    EXPECT_EQ(rows_below({line(86, 6, "第二十条第（一）项")}), 2);
    EXPECT_EQ(rows_below({line(86, 6, "第二十条第（一）项")}, {}), 1) << "no known form";
    EXPECT_EQ(rows_below({line(86, -6, "第二十条第（一）项")}), 1) << "a line between";
    EXPECT_EQ(rows_below({line(86, 40, "第二十条第（一）项")}), 1) << "below";
    EXPECT_EQ(rows_below({line(130, 6, "第二十条第（一）项")}), 1) << "further in";
    EXPECT_EQ(rows_below({line(60, 6, "第二十条第（一）项")}), 1) << "before the table";
    EXPECT_EQ(rows_below({line(86, 5, "第二十条第（一）项", 15)}), 2) << "with high brackets";
    EXPECT_EQ(rows_below({line(86, 6, "第二十条第（一）项", 17)}), 1) << "a heading";
    EXPECT_EQ(rows_below({line(86, 6, "第二十条第（一）项"), line(210, 8, "3")}), 1) << "a row of several cells";
    EXPECT_EQ(rows_below({line(86, 6, "第二十条第（一）项")}, {U"第二十条第一项"}, BlockType::header), 1)
        << "a running header";
    EXPECT_EQ(rows_below({line(86, 6, "第二十条第（一）项")}, {U"第二十条第一项"}, BlockType::paragraph, 4), 1)
        << "a table beside it";
}

// Found on a fax: the first row's heading was of two lines.
TEST(HeadingRows, AHeadingMayBeOfSeveralLines) {
    EXPECT_EQ(rows_below({line(86, -8, "第二十条"), line(86, 6, "第（一）项")}), 2);
    EXPECT_EQ(rows_below({line(86, -22, "第二"), line(86, -8, "十条"), line(86, 6, "第（一）项")}), 2);
    EXPECT_EQ(rows_below({line(86, -22, "第二十条"), line(86, 6, "第（一）项")}), 1) << "a line between";
    EXPECT_EQ(rows_below({line(86, -8, "如下：第二十条"), line(86, 6, "第（一）项")}), 1) << "another text";
    EXPECT_EQ(rows_below({line(130, -8, "第二十条"), line(86, 6, "第（一）项")}), 1) << "further in";
    EXPECT_EQ(rows_below({line(86, -6, "第二十条", 15), line(86, 6, "第（一）项")}), 2) << "boxes that overlap";
    EXPECT_EQ(rows_below({line(86, -36, "第"), line(86, -22, "二"), line(86, -8, "十条"), line(86, 6, "第（一）项")}),
              1)
        << "four lines";
    EXPECT_EQ(rows_below({line(86, 6, "第二十条第（一）项"), line(300, -20, "附表", 60)}), 1) << "beside a title";
}

TEST(HeadingRows, AHeadingSpansAllColumns) {
    std::vector<PageText> pages = {
        {1, 595, 842, {line(84, -40, "附表"), line(84, -8, "第二十条"), line(86, 6, "第（一）项")}, {}}};
    pages[0].lines[1].confidence = 0.8;
    pages[0].lines[1].source = models::TextSource::layer;
    pages[0].tables = {
        fragment(1, 1, {80, 200, 300}, {fragment_cell(1, 0, 0, 1, 1, "规章"), fragment_cell(1, 0, 1, 1, 1, "7")})};
    pages[0].tables[0].at = {80, 20, 220, 15};
    pages[0].tables[0].char_height = 10;
    std::vector<std::vector<BlockType>> types = {{BlockType::header, BlockType::paragraph, BlockType::paragraph}};
    take_heading_rows(pages, types, {U"第二十条第一项"});
    EXPECT_EQ(types[0], std::vector{BlockType::header});
    ASSERT_EQ(pages[0].lines.size(), 1u);
    EXPECT_EQ(pages[0].lines[0].text, "附表");
    const TableFragment& table = pages[0].tables[0];
    ASSERT_EQ(table.cells.size(), 3u);
    EXPECT_EQ(table.cells[0].cell.text, "第二十条第（一）项");
    EXPECT_EQ(table.cells[0].cell.col_span, 2);
    EXPECT_EQ(table.cells[0].cell.confidence, 0.8);
    EXPECT_EQ(table.cells[0].cell.text_source, models::TextSource::mixed);
    EXPECT_EQ(table.cells[0].cell.boxes.at(0).bbox, (models::Box{84, -8, 186, 16}));
    EXPECT_EQ(table.cells[2].cell.row, 1);
    EXPECT_EQ(table.at.y, -8);
    EXPECT_EQ(table.at.br().y, 35);
}

TEST(HeadingRows, ANumberInDisputeIsADoubtOfTheCell) {
    const auto confidence = [](std::vector<models::DisputedNumber> disputed) {
        TableFragment table = fragment(1, 1, {80, 200, 300}, {fragment_cell(1, 0, 0, 1, 1, "信息内容")});
        table.at = {80, 20, 220, 15};
        table.char_height = 10;
        ReadLine heading = line(86, 6, "第20条第（一）项");
        heading.disputed = std::move(disputed);
        std::vector<PageText> pages = {{1, 595, 842, {heading}, {table}}};
        std::vector<std::vector<BlockType>> types = {{BlockType::paragraph}};
        take_heading_rows(pages, types, {U"第20条第一项"});
        return pages[0].tables[0].cells.at(0).cell.confidence;
    };
    EXPECT_EQ(confidence({}), 0.9);
    EXPECT_LE(confidence({{"20", "26", 0, {}}}), 0.5);
}

}  // namespace
}  // namespace biaod::layout
