#include "layout/tables/open_columns.hpp"

#include <gtest/gtest.h>

#include "layout/assemble.hpp"
#include "tests/layout/support.hpp"

namespace biaod::layout {
namespace {

using models::BlockType;
using tests::cell_at;
using tests::fragment;
using tests::fragment_cell;

const std::vector<double> kEdges = {80, 130, 260, 310, 370, 440, 520};

ReadLine line(int page, double x, double y, double width, const std::string& text) {
    ReadLine l;
    l.page = page;
    l.at = {x, y, width, 10};
    l.bbox = {x, y, x + width, y + 10};
    l.text = text;
    l.confidence = 0.9;
    return l;
}

// Rows of a label and four figures; with `first`, the label of all rows before them.
TableFragment rows(int page, const std::vector<std::string>& labels, double shift, const std::string* first) {
    std::vector<double> edges(kEdges.begin() + (first == nullptr), kEdges.end());
    for (double& edge : edges) edge += shift;
    std::vector<FragmentCell> cells;
    const int count = static_cast<int>(labels.size()), col = first != nullptr;
    if (first != nullptr) cells.push_back(fragment_cell(page, 0, 0, count, 1, *first, true));
    for (int r = 0; r < count; ++r) {
        cells.push_back(fragment_cell(page, r, col, 1, 1, labels[static_cast<std::size_t>(r)]));
        for (int c = 1; c < 5; ++c) cells.push_back(fragment_cell(page, r, col + c, 1, 1, std::to_string(10 * r + c)));
    }
    TableFragment out = fragment(page, count, std::move(edges), std::move(cells));
    out.at.y = 60;
    return out;
}

PageText page(int number, std::vector<ReadLine> lines, std::vector<TableFragment> tables) {
    return {number, 595, 842, std::move(lines), std::move(tables)};
}

const std::string kUpper = "三、本年度办", kLower = "";

std::vector<PageText> three_pages(const std::vector<ReadLine>& beside) {
    return {page(1, {}, {rows(1, {"（一）予以公开", "（二）部分公开"}, 0, &kUpper)}),
            page(2, beside, {rows(2, {"1.属于国家秘密", "2.危及安全", "3.重复申请"}, 4, nullptr)}),
            page(3, {}, {rows(3, {"（七）总计"}, -2, &kLower)})};
}

TEST(OpenColumns, AColumnWithoutRulingsIsRebuiltFromThePageBefore) {
    const auto tables = assemble(three_pages({line(2, 86, 62, 30, "理结"), line(2, 86, 76, 10, "果")})).tables;
    ASSERT_EQ(tables.size(), 1u);
    EXPECT_EQ(tables[0].cols, 6);
    EXPECT_EQ(tables[0].rows, 6);
    tests::expect_tiling(tables[0].cells, 6, 6);
    const models::Cell* label = cell_at(tables[0], 2, 0);
    EXPECT_EQ(label->text, "三、本年度办理结果");
    EXPECT_EQ(label->row_span, 6);
    EXPECT_EQ(label->confidence, 0.9);
    ASSERT_EQ(label->boxes.size(), 3u);
    EXPECT_EQ(cell_at(tables[0], 4, 5)->text, "24");
}

// Found on a bilevel scan: the page before ended with rows whose label takes both columns.
TEST(OpenColumns, AColumnThatThePageBeforeDoesNotPartIsRebuilt) {
    const auto parted = [](const std::vector<ReadLine>& beside, double from) {
        auto pages = three_pages(beside);
        std::vector<FragmentCell> cells;
        const std::vector<double> edges = {from, 260, 310, 370, 440, 520};
        const char* texts[] = {"二、上年结转申请数量", "1", "2", "3", "4"};
        for (int c = 0; c < 5; ++c) cells.push_back(fragment_cell(1, 0, c, 1, 1, texts[c]));
        pages[0].tables[0] = fragment(1, 1, edges, std::move(cells));
        return assemble(pages).tables;
    };
    const std::vector<ReadLine> label = {line(2, 86, 62, 30, "三、结"), line(2, 86, 76, 10, "果")};
    const auto tables = parted(label, 80);
    ASSERT_EQ(tables.size(), 1u);
    EXPECT_EQ(tables[0].cols, 6);
    tests::expect_tiling(tables[0].cells, tables[0].rows, 6);
    EXPECT_EQ(cell_at(tables[0], 0, 0)->col_span, 2);
    EXPECT_EQ(cell_at(tables[0], 1, 0)->text, "三、结果");
    EXPECT_EQ(parted({}, 80).front().cols, 5) << "without writing it may be a narrower table";
    EXPECT_EQ(parted(label, 126).front().cols, 5) << "no column is as narrow";
}

TEST(OpenColumns, ThePageNumberAndTheSourceOfTheTextAreKept) {
    auto pages = three_pages({line(2, 86, 62, 10, "理"), line(2, 86, 72, 10, "结"), line(2, 86, 82, 10, "- 2 -")});
    pages[1].lines[0].source = models::TextSource::layer;
    std::vector<std::vector<BlockType>> types = {
        {}, {BlockType::heading, BlockType::paragraph, BlockType::page_number}, {}};
    close_open_columns(pages, types);
    ASSERT_EQ(pages[1].lines.size(), 1u);
    EXPECT_EQ(pages[1].lines[0].text, "- 2 -");
    const FragmentCell& label = pages[1].tables[0].cells[0];
    EXPECT_EQ(label.cell.text, "理结");
    EXPECT_EQ(label.cell.text_source, models::TextSource::mixed);
    EXPECT_TRUE(label.last_line_full);  // one character below the other: the label may go on
}

TEST(OpenColumns, AColumnMayShowNothingOfItself) {
    const auto tables = assemble(three_pages({})).tables;
    ASSERT_EQ(tables.size(), 1u);
    EXPECT_EQ(cell_at(tables[0], 3, 0)->text, kUpper);
}

TEST(OpenColumns, TheNewCellLiesBeforeTheFirstColumnAsThePageWasDelivered) {
    // Boxes of fragment_cell(): a column is 10 wide and a row 10 high; here turned by 90 degrees to the left.
    auto pages = three_pages({});
    for (FragmentCell& c : pages[1].tables[0].cells) {
        models::Box& box = c.cell.boxes[0].bbox;
        box = {box.y0, 100 - box.x1, box.y1, 100 - box.x0};
    }
    auto types = std::vector<std::vector<BlockType>>(3);
    close_open_columns(pages, types);
    const models::Box box = pages[1].tables[0].cells[0].cell.boxes[0].bbox;
    EXPECT_NEAR(box.y0, 100, 0.01);
    EXPECT_NEAR(box.y1, 150, 0.01);  // the column before is 50 pt wide
    EXPECT_NEAR(box.x0, 0, 0.01);
    EXPECT_NEAR(box.x1, 30, 0.01);
}

TEST(OpenColumns, ATableThatIsWholeOrAnotherOneIsLeftAlone) {
    auto whole = three_pages({});
    whole[1].tables[0] = rows(2, {"1.属于国家秘密"}, 4, &kLower);
    auto other = three_pages({});
    for (std::size_t i = 1; i < 4; ++i) other[1].tables[0].col_edges[i] += 20;
    auto after_text = three_pages({line(2, 90, 30, 300, "另一张表在下面")});
    for (auto* pages : {&whole, &other, &after_text}) {
        const std::size_t columns = (*pages)[1].tables[0].col_edges.size();
        std::vector<std::vector<BlockType>> types;
        for (const PageText& p : *pages) types.emplace_back(p.lines.size(), BlockType::paragraph);
        close_open_columns(*pages, types);
        EXPECT_EQ((*pages)[1].tables[0].col_edges.size(), columns);
    }
}

// Found on a scan: the last of fifteen columns of one width was lost, and every figure moved by one.
TEST(OpenColumns, AMissingColumnThatMayBeTheLastIsNotTakenForTheFirst) {
    const auto row = [](int number, int columns) {
        std::vector<double> edges;
        std::vector<FragmentCell> cells;
        for (int c = 0; c <= columns; ++c) edges.push_back(80 + 30 * c);
        for (int c = 0; c < columns; ++c) cells.push_back(fragment_cell(number, 0, c, 1, 1, std::to_string(c)));
        return fragment(number, 1, std::move(edges), std::move(cells));
    };
    std::vector<PageText> pages = {page(1, {}, {row(1, 15)}), page(2, {}, {row(2, 14)})};
    std::vector<std::vector<BlockType>> types(2);
    close_open_columns(pages, types);
    EXPECT_EQ(pages[1].tables[0].col_edges.size(), 15u);
}

TEST(OpenColumns, WhatNoColumnClaimsInAMarginIsNoText) {
    auto pages = three_pages({line(2, 20, 70, 8, "·"), line(2, 300, 780, 60, "备注"), line(2, 290, 810, 20, "- 2 -")});
    pages[1].lines[0].in_margin = true;
    std::vector<std::vector<BlockType>> types = {
        {}, {BlockType::paragraph, BlockType::paragraph, BlockType::page_number}, {}};
    close_open_columns(pages, types);
    ASSERT_EQ(pages[1].lines.size(), 2u);
    EXPECT_EQ(pages[1].lines[0].text, "备注");
    EXPECT_EQ(types[1], (std::vector<BlockType>{BlockType::paragraph, BlockType::page_number}));
}

TEST(OpenColumns, ANumberInDisputeIsADoubtOfTheColumn) {
    auto pages = three_pages({line(2, 86, 62, 30, "第20条")});
    pages[1].lines[0].disputed = {{"20", "26", 0, {}}};
    std::vector<std::vector<BlockType>> types = {{}, {BlockType::paragraph}, {}};
    close_open_columns(pages, types);
    const models::Cell& column = pages[1].tables[0].cells[0].cell;
    EXPECT_EQ(column.text, "第20条");
    EXPECT_LE(column.confidence, 0.5);
}

}  // namespace
}  // namespace biaod::layout
