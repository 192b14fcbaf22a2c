#include "layout/tables/stitch.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "layout/tables/column_match.hpp"
#include "tests/layout/support.hpp"

namespace biaod::layout {
namespace {

using tests::cell_at;
using tests::fragment;
using tests::fragment_cell;
using tests::kEdges;
using tests::row;
using tests::stitch;
using tests::with_rows;

TEST(Stitch, ATornSpanningCellIsOneCellWithTwoBoxes) {
    const auto upper =
        with_rows(1, {fragment_cell(1, 0, 0, 1, 1, "（三）不予公开"), fragment_cell(1, 1, 0, 1, 1, "（四）无", true)},
                  {row(1, 0, "8.属于行政查询事项", "0", "1"), row(1, 1, "1.本机关不掌握相关政府信息", "2", "3")});
    const auto lower =
        with_rows(2, {fragment_cell(2, 0, 0, 2, 1, "法提供")},
                  {row(2, 0, "2.没有现成信息需要另行制作", "4", "5"), row(2, 1, "3.补正后申请内容仍不明确", "6", "7")});
    const auto tables = stitch({upper, lower});
    ASSERT_EQ(tables.size(), 1u);
    EXPECT_EQ(tables[0].rows, 4);
    EXPECT_EQ(tables[0].pages, (std::vector<int>{1, 2}));
    const models::Cell* torn = cell_at(tables[0], 2, 0);
    EXPECT_EQ(torn->text, "（四）无法提供");
    EXPECT_EQ(torn->row_span, 3);
    ASSERT_EQ(torn->boxes.size(), 2u);
    EXPECT_EQ(torn->boxes[1].page, 2);
    EXPECT_EQ(cell_at(tables[0], 2, 2)->text, "4");
}

TEST(Stitch, TheSecondReadingOfATornCellHasBothParts) {
    const auto joined = [](const std::optional<std::string>& above, const std::optional<std::string>& below) {
        auto upper_part = fragment_cell(1, 0, 0, 1, 1, "（四）无", true),
             lower_part = fragment_cell(2, 0, 0, 2, 1, "法提供");
        upper_part.cell.second_reading = above;
        lower_part.cell.second_reading = below;
        const auto upper = with_rows(1, {upper_part}, {row(1, 0, "1.本机关不掌握相关政府信息", "2", "3")});
        const auto lower = with_rows(
            2, {lower_part},
            {row(2, 0, "2.没有现成信息需要另行制作", "4", "5"), row(2, 1, "3.补正后申请内容仍不明确", "6", "7")});
        return cell_at(stitch({upper, lower})[0], 0, 0)->second_reading;
    };
    EXPECT_EQ(joined("（四）元", std::nullopt), "（四）元法提供");
    EXPECT_EQ(joined(std::nullopt, "法提洪"), "（四）无法提洪");
    EXPECT_EQ(joined("（四）元", "法提洪"), "（四）元法提洪");
    EXPECT_FALSE(joined(std::nullopt, std::nullopt));
}

// Found on synthesised scans: alone in its line, the bracket was read as a 0.
TEST(Stitch, ABracketThatStayedAboveIsTheLabelsOwn) {
    for (const char* mark : {"（", "(", "0"}) {
        const auto upper =
            with_rows(1, {fragment_cell(1, 0, 0, 1, 1, mark)}, {row(1, 0, "1.信访举报投诉类申请", "2", "3")});
        const auto lower = with_rows(2, {fragment_cell(2, 0, 0, 2, 1, "五）不予处理")},
                                     {row(2, 0, "2.重复申请", "4", "5"), row(2, 1, "3.要求提供公开出版物", "6", "7")});
        const auto tables = stitch({upper, lower});
        ASSERT_EQ(tables.size(), 1u);
        EXPECT_EQ(cell_at(tables[0], 0, 0)->text, "（五）不予处理");
        EXPECT_EQ(cell_at(tables[0], 0, 0)->row_span, 3);
    }
    const auto upper = with_rows(1, {fragment_cell(1, 0, 0, 1, 1, "0")}, {row(1, 0, "1.信访举报投诉类申请", "2", "3")});
    const auto lower =
        with_rows(2, {fragment_cell(2, 0, 0, 1, 1, "（五）不予处理")}, {row(2, 0, "2.重复申请", "4", "5")});
    EXPECT_EQ(cell_at(stitch({upper, lower})[0], 0, 0)->text, "0");
}

// Found on a scan: alone on the next page, the bracket was read as a 0.
TEST(Stitch, ABracketBelowAPageBreakClosesItsLabel) {
    const auto text = [](const char* label, const char* mark, double confidence) {
        const auto upper = with_rows(1, {fragment_cell(1, 0, 0, 1, 1, "三")}, {row(1, 0, label, "1", "2", true)});
        auto lower = with_rows(2, {fragment_cell(2, 0, 0, 1, 1, "")}, {row(2, 0, mark, "", "")});
        lower.cells[1].cell.confidence = confidence;
        return cell_at(stitch({upper, lower})[0], 0, 1)->text;
    };
    EXPECT_EQ(text("行政许可（单位：件", "0", 0.5), "行政许可（单位：件）");
    EXPECT_EQ(text("行政许可（单位）件", "。", 0.5), "行政许可（单位）件。");
    EXPECT_EQ(text("行政许可（单位：件", "。", 0.95), "行政许可（单位：件。") << "read without doubt";
}

TEST(Stitch, ABlankBelowASpanningLabelBelongsToIt) {
    const auto upper = with_rows(1, {fragment_cell(1, 0, 0, 2, 1, "（五）不予处理")},
                                 {row(1, 0, "1.信访举报投诉类申请", "0", "0"), row(1, 1, "2.重复申请", "0", "0")});
    const auto lower = with_rows(2, {fragment_cell(2, 0, 0, 1, 1, "")}, {row(2, 0, "3.要求提供公开出版物", "0", "0")});
    const auto tables = stitch({upper, lower});
    ASSERT_EQ(tables.size(), 1u);
    EXPECT_EQ(cell_at(tables[0], 2, 0)->text, "（五）不予处理");
    EXPECT_EQ(cell_at(tables[0], 2, 0)->row_span, 3);
}

TEST(Stitch, ANewLabelIsNotJoined) {
    const auto upper = with_rows(1, {fragment_cell(1, 0, 0, 1, 1, "（三）不予公开", true)},
                                 {row(1, 0, "8.属于行政查询事项", "0", "0")});
    const auto lower =
        with_rows(2, {fragment_cell(2, 0, 0, 2, 1, "（四）无法提供")},
                  {row(2, 0, "1.本机关不掌握相关政府信息", "0", "0"), row(2, 1, "2.没有现成信息", "0", "0")});
    const auto tables = stitch({upper, lower});
    EXPECT_EQ(cell_at(tables[0], 0, 0)->text, "（三）不予公开");
    EXPECT_EQ(cell_at(tables[0], 1, 0)->text, "（四）无法提供");
}

TEST(Stitch, BlankFiguresAreNotJoined) {
    const auto upper = with_rows(1, {fragment_cell(1, 0, 0, 1, 1, "一")}, {row(1, 0, "1.属于国家秘密", "5", "5")});
    const auto lower = with_rows(2, {fragment_cell(2, 0, 0, 1, 1, "二")}, {row(2, 0, "2.重复申请", "", "7")});
    const auto tables = stitch({upper, lower});
    EXPECT_EQ(tables[0].rows, 2);
    EXPECT_EQ(cell_at(tables[0], 0, 2)->text, "5");
    EXPECT_EQ(cell_at(tables[0], 1, 2)->text, "");
}

TEST(Stitch, ACutRowIsOneRow) {
    const auto upper = with_rows(1, {fragment_cell(1, 0, 0, 1, 1, "（四）无法提供")},
                                 {row(1, 0, "2.没有现成信息需要另行制", "21", "29", true)});
    const auto lower = with_rows(2, {fragment_cell(2, 0, 0, 2, 1, "")},
                                 {row(2, 0, "作", "", ""), row(2, 1, "3.补正后申请内容仍不明确", "", "0")});
    const auto tables = stitch({upper, lower});
    EXPECT_EQ(tables[0].rows, 2);
    EXPECT_EQ(cell_at(tables[0], 0, 1)->text, "2.没有现成信息需要另行制作");
    EXPECT_EQ(cell_at(tables[0], 0, 2)->text, "21");
    EXPECT_EQ(cell_at(tables[0], 0, 2)->boxes.size(), 2u);
    EXPECT_EQ(cell_at(tables[0], 1, 3)->text, "0");
}

TEST(Stitch, FewerColumnsOnTheSecondPageBecomeSpans) {
    const auto upper = with_rows(1, {fragment_cell(1, 0, 0, 1, 1, "规章")}, {row(1, 0, "件", "0", "0")});
    const auto lower =
        fragment(2, 1, {0, 60, 280}, {fragment_cell(2, 0, 0, 1, 1, "行政处罚"), fragment_cell(2, 0, 1, 1, 1, "62863")});
    const auto tables = stitch({upper, lower});
    ASSERT_EQ(tables.size(), 1u);
    EXPECT_EQ(tables[0].cols, 4);
    EXPECT_EQ(cell_at(tables[0], 1, 1)->text, "62863");
    EXPECT_EQ(cell_at(tables[0], 1, 1)->col_span, 3);
}

TEST(Stitch, WhatIsNotJoinableStaysApart) {
    const auto one = with_rows(1, {fragment_cell(1, 0, 0, 1, 1, "甲")}, {row(1, 0, "1.甲", "1", "1")});
    const auto two = with_rows(2, {fragment_cell(2, 0, 0, 1, 1, "乙")}, {row(2, 0, "2.乙", "1", "1")});
    const auto tables = stitch({one, two}, false);
    ASSERT_EQ(tables.size(), 2u);
    EXPECT_EQ(tables[1].id, "t2");
}

TEST(ColumnMatch, ScaledPagesMatchOnlyByManyEdges) {
    const std::vector<double> many = {0, 0.2, 0.4, 0.6, 0.8, 1}, few = {0, 0.5, 1};
    EXPECT_TRUE(match_columns(many, many, 1.06, 0.02));
    EXPECT_FALSE(match_columns(few, few, 1.06, 0.02));
    EXPECT_TRUE(match_columns(few, few, 1.01, 0.02));
    EXPECT_FALSE(match_columns(many, many, 1.2, 0.02));
}

// From two photographs of one table, a page each; a digit's height is 0.016 of the width.
TEST(ColumnMatch, EdgesDriftOnPhotographedPages) {
    const auto first = column_shares(
        {80.6, 108.9, 137.1, 165.1, 193.1, 221.2, 249.5, 277.7, 306.2, 334.6, 363.4, 392, 420.6, 449.3, 478.3, 507});
    const auto second = column_shares(
        {90.8, 119.3, 147.8, 176.2, 204.5, 232.7, 261, 289, 317.1, 345.2, 372.9, 401, 428.7, 456.4, 484.2, 511.8});
    const auto match = match_columns(first, second, 0.99, 0.016);
    ASSERT_TRUE(match);
    EXPECT_EQ(match->common(), 16u);
}

// Found on two pages with perspective: behind a wide column the shares are as far apart as they came from there.
TEST(ColumnMatch, EdgesDriftMoreOverAWideColumn) {
    const auto first = column_shares({246, 348, 476, 761, 852, 944, 1036, 1136, 1236, 1317, 1408});
    const auto second = column_shares({234, 332, 457, 738, 828, 920, 1012, 1114, 1216, 1301, 1394});
    const auto match = match_columns(first, second, 1, 0.018);
    ASSERT_TRUE(match);
    EXPECT_EQ(match->common(), 11u);
}

TEST(ColumnMatch, TheWideColumnMayBePartedOnOnePage) {
    const std::vector<double> first = {0, 0.1, 0.2, 0.5, 0.6, 0.7, 0.8, 0.9, 1},
                              drifted = {0, 0.509, 0.609, 0.709, 0.809, 0.909, 1},
                              parted = {0, 0.13, 0.26, 0.509, 0.609, 0.709, 0.809, 0.909, 1},
                              others = {0, 0.509, 0.609, 0.709, 0.824, 0.924, 1};
    const auto common = [&](const std::vector<double>& second) {
        const auto match = match_columns(first, second, 1, 0.01);
        return match ? match->common() : 0;
    };
    EXPECT_EQ(common(drifted), 7u);
    EXPECT_EQ(common(parted), 0u) << "by other columns on the other";
    EXPECT_EQ(common(others), 5u) << "the wide column is no reason for an edge behind the next";
}

// Each edge is near that of the other, and further off than the one before.
TEST(ColumnMatch, OneColumnMoreIsNoDrift) {
    const auto edges = [](int columns) {
        std::vector<double> all;
        for (int i = 0; i <= columns; ++i) all.push_back(static_cast<double>(i) / columns);
        return all;
    };
    for (int columns = 4; columns < 24; ++columns)
        EXPECT_FALSE(match_columns(edges(columns), edges(columns + 1), 1, 0.3 / columns)) << columns;
}

// Another program's photographs of two pages, tilted to the left and to the right.
TEST(ColumnMatch, PagesThatAreTiltedAgainstEachOtherMatch) {
    const std::vector<double> whole = {0, 0.04, 0.1, 0.41, 0.49, 0.58, 0.66, 0.75, 0.84, 0.92, 1},
                              first = {0, 0.04, 0.41, 0.49, 0.58, 0.66, 0.75, 0.84, 0.92, 1};
    const auto seen = [](std::vector<double> edges, double tilt) {
        for (double& edge : edges) edge /= edge + tilt * (1 - edge);
        return edges;
    };
    const double character = 0.02;
    for (const double tilt : {0.94, 1.06}) {
        const auto match = match_columns(first, seen(whole, tilt), 1, character);
        ASSERT_TRUE(match) << tilt;
        EXPECT_EQ(match->edges.size(), whole.size()) << tilt;
    }
    std::vector<double> other = seen(whole, 1.06);
    other[5] += 0.03;
    EXPECT_FALSE(match_columns(first, other, 1, character)) << "one column begins elsewhere";
}

TEST(ColumnMatch, OtherColumnsDoNotMatch) { EXPECT_FALSE(match_columns({0, 0.2, 0.4, 1}, {0, 0.3, 0.6, 1}, 1, 0.02)); }

}  // namespace
}  // namespace biaod::layout
