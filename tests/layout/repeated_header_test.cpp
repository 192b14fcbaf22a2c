// Through stitch_tables(), as headers are met with.
#include "layout/tables/repeated_header.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "layout/tables/stitch.hpp"
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

TEST(RepeatedHeader, ARepeatedHeaderIsDroppedAndItsBoxesKept) {
    const std::vector<FragmentCell> h1 = {fragment_cell(1, 0, 0, 1, 2, "申请人情况"),
                                          fragment_cell(1, 0, 2, 1, 1, "自然人"), fragment_cell(1, 0, 3, 1, 1, "总计")};
    const std::vector<FragmentCell> h2 = {fragment_cell(2, 0, 0, 1, 2, "申请人情况"),
                                          fragment_cell(2, 0, 2, 1, 1, "自然入"), fragment_cell(2, 0, 3, 1, 1, "总计")};
    const auto upper = with_rows(1, {fragment_cell(1, 1, 0, 1, 1, "甲")}, {h1, row(1, 1, "1.属于国家秘密", "1", "2")});
    const auto lower = with_rows(2, {fragment_cell(2, 1, 0, 1, 1, "乙")}, {h2, row(2, 1, "2.重复申请", "3", "4")});
    const auto tables = stitch({upper, lower});
    ASSERT_EQ(tables.size(), 1u);
    EXPECT_EQ(tables[0].rows, 3);
    EXPECT_EQ(cell_at(tables[0], 0, 2)->boxes.size(), 2u);
    EXPECT_EQ(cell_at(tables[0], 2, 2)->text, "3");
}

// Found on a phone's picture: a header said 第一项 twice.
TEST(RepeatedHeader, AMisreadNumberDoesNotHideARepeatedHeader) {
    std::vector<double> edges = {0, 100, 150, 200, 250, 300, 350};
    const auto page = [&](int number, const char* relation, const char* label) {
        std::vector<FragmentCell> cells = {fragment_cell(number, 0, 0, 1, 1, relation)};
        const char* applicants[] = {"自然人", "商业企业", "科研机构", "社会公益组织", "总计"};
        for (int c = 0; c < 5; ++c) cells.push_back(fragment_cell(number, 0, c + 1, 1, 1, applicants[c]));
        cells.push_back(fragment_cell(number, 1, 0, 1, 1, label));
        for (int c = 1; c < 6; ++c) cells.push_back(fragment_cell(number, 1, c, 1, 1, "0"));
        return fragment(number, 2, edges, std::move(cells));
    };
    const auto tables = stitch({page(1, "（第一项加第一项之和，等于第三项加第四项之和）", "1.属于国家秘密"),
                                page(2, "（第一项加第二项之和，等于第三项加第四项之和）", "2.重复申请")});
    ASSERT_EQ(tables.size(), 1u);
    EXPECT_EQ(tables[0].rows, 3);
}

// Found below a seal: of a header's cells one was read as a figure and another with one.
TEST(RepeatedHeader, AFewMisreadCellsDoNotHideARepeatedHeader) {
    const auto page = [&](int number, const std::vector<const char*>& header) {
        std::vector<FragmentCell> cells;
        for (int c = 0; c < 7; ++c)
            cells.push_back(fragment_cell(number, 0, c, 1, 1, header[static_cast<std::size_t>(c)]));
        cells.push_back(fragment_cell(number, 1, 0, 1, 1, number == 1 ? "1.属于国家秘密" : "2.重复申请"));
        for (int c = 1; c < 7; ++c) cells.push_back(fragment_cell(number, 1, c, 1, 1, "0"));
        return fragment(number, 2, {0, 100, 150, 200, 250, 300, 350, 400}, std::move(cells));
    };
    const auto rows = [&](const std::vector<const char*>& first, const std::vector<const char*>& second) {
        return stitch({page(1, first), page(2, second)})[0].rows;
    };
    const std::vector<const char*> header = {"勾稽关系",     "自然人", "商业企业", "科研机构",
                                             "社会公益组织", "其他",   "总计"};
    const auto ends = [&](const char* fifth, const char* sixth, const char* last) {
        return std::vector<const char*>{"勾稽关系", "自然人", "商业企业", "科研机构", fifth, sixth, last};
    };
    EXPECT_EQ(rows(header, ends("社会公益组织", "其他/7", "4")), 3);
    EXPECT_EQ(rows(header, ends("3", "5", "4")), 4) << "a row of figures";
    EXPECT_EQ(rows(ends("社会公益组织", "", "总计"), ends("社会公益组织", "7", "总计")), 4) << "a figure below a blank";
    std::vector<const char*> numbered = header, next = header;
    numbered[0] = "一、勾稽关系";
    next[0] = "二、勾稽关系";
    EXPECT_EQ(rows(numbered, next), 4) << "another title";
    const std::vector<const char*> blanks(7, "");
    EXPECT_EQ(rows(blanks, blanks), 4) << "nothing is repeated";
    std::vector<const char*> speck = header;
    speck[0] = "1（本列数据的勾稽关系为：第一项加第二项之和）";
    EXPECT_EQ(rows(speck, speck), 3) << "a label behind a speck";
}

// Found on faxes with broken rulings: in two headers that were both badly read, known labels stand in the same cells.
TEST(RepeatedHeader, KnownLabelsTellOfARepeatedHeader) {
    const KnownLabels known = {U"自然人", U"商业企业", U"科研机构", U"社会公益组织", U"总计", U"其他"};
    const auto page = [](int number, const std::vector<const char*>& labels) {
        std::vector<FragmentCell> cells;
        for (int c = 0; c < 6; ++c)
            cells.push_back(fragment_cell(number, 0, c, 1, 1, labels[static_cast<std::size_t>(c)]));
        cells.push_back(fragment_cell(number, 1, 0, 1, 1, number == 1 ? "1.属于国家秘密" : "2.重复申请"));
        for (int c = 1; c < 6; ++c) cells.push_back(fragment_cell(number, 1, c, 1, 1, "0"));
        return fragment(number, 2, {0, 100, 150, 200, 250, 300, 350}, std::move(cells));
    };
    const auto rows = [&](const std::vector<const char*>& first, const std::vector<const char*>& second) {
        std::vector<std::size_t> table_of;
        return stitch_tables({page(1, first), page(2, second)}, {true}, table_of, known)[0].rows;
    };
    using Labels = std::vector<const char*>;
    const Labels printed = {"第一项加第二项", "自然人", "商业企业", "科研机构", "社会公益组织", "总计"};
    const Labels misread = {"第一项加第二项", "下然人", "简业企业", "科研机构", "社会公益组织", "总计"};
    const auto again = [](const char* last) {
        return Labels{"黎一项加第项", "自然人", "商业企业", "到信从", "三到公蔓组引", last};
    };
    const auto filled = [](const char* label, const char* fourth, const char* fifth) {
        return Labels{label, "自然人", "商业企业", fourth, fifth, "总计"};
    };
    EXPECT_EQ(rows(misread, again("总让")), 3);
    EXPECT_EQ(rows({"第一项加第二项", "下然人", "简业企业", "科研机构", "社会公益组织", "总让"}, again("总让")), 4)
        << "too few known labels";
    EXPECT_EQ(rows(misread, again("其他")), 4) << "another label";
    EXPECT_EQ(rows(printed, filled("第一项加第二项", "3", "4")), 4) << "figures are no labels";
    EXPECT_EQ(rows(printed, filled("第一项加第二项", "", "")), 4) << "nor are blanks";
    EXPECT_EQ(rows(printed, {"重复申请", "见附件", "见附件", "见附件", "见附件", "见附件"}), 4) << "nothing alike";
}

// Two blocks of a form have as many columns, and headings that differ in a number.
TEST(RepeatedHeader, TheHeadingOfAnotherBlockIsNoRepeatedHeader) {
    const KnownLabels known = {U"第二十条第一项", U"信息内容", U"新制作数量", U"新公开数量", U"公开总数量"};
    const auto block = [](int page, const char* heading, const char* first) {
        return fragment(page, 3, kEdges,
                        {fragment_cell(page, 0, 0, 1, 4, heading), fragment_cell(page, 1, 0, 1, 1, "信息内容"),
                         fragment_cell(page, 1, 1, 1, 1, first), fragment_cell(page, 1, 2, 1, 1, "新公开数量"),
                         fragment_cell(page, 1, 3, 1, 1, "公开总数量"), fragment_cell(page, 2, 0, 1, 1, "规章"),
                         fragment_cell(page, 2, 1, 1, 1, "1"), fragment_cell(page, 2, 2, 1, 1, "2"),
                         fragment_cell(page, 2, 3, 1, 1, "3")});
    };
    const auto rows = [&](const char* heading, const char* first) {
        std::vector<std::size_t> table_of;
        return stitch_tables({block(1, "第二十条第（一）项", "新制作数量"), block(2, heading, first)}, {true}, table_of,
                             known)[0]
            .rows;
    };
    EXPECT_EQ(rows("第二十条第（一）顶", "新剃作数量"), 4);
    EXPECT_EQ(rows("第二十条第（五）顶", "上一顶目数量"), 6);
}

// A page may end below a header's own rows, and the next begin with a row of blanks.
TEST(RepeatedHeader, ARowOfBlanksBelowARepeatedHeaderIsNoPartOfIt) {
    const char* labels[] = {"勾稽关系", "自然人", "商业企业", "科研机构", "社会公益组织", "总计"};
    const KnownLabels known = {U"勾稽关系", U"自然人", U"商业企业", U"科研机构", U"社会公益组织", U"总计"};
    const auto page = [&](int number, const char* label, const char* figure) {
        std::vector<FragmentCell> cells;
        for (int c = 0; c < 6; ++c) cells.push_back(fragment_cell(number, 0, c, 1, 1, labels[c]));
        for (const int row : {1, 2}) {
            cells.push_back(fragment_cell(number, row, 0, 1, 1, label));
            for (int c = 1; c < 6; ++c) cells.push_back(fragment_cell(number, row, c, 1, 1, row == 1 ? figure : "7"));
        }
        return fragment(number, 3, {0, 100, 150, 200, 250, 300, 350}, std::move(cells));
    };
    std::vector<std::size_t> table_of;
    const auto tables = stitch_tables({page(1, "本年新收", "3"), page(2, "上年结转", "")}, {true}, table_of, known);
    EXPECT_EQ(tables[0].rows, 5);
}

// Found on scans: a stroke of 组 parted a cell of the repeated header, and all its rows were rows of figures.
TEST(RepeatedHeader, ACellThatAStrokePartsDoesNotHideARepeatedHeader) {
    const auto page = [](int number, std::vector<FragmentCell> cells, int labels) {
        const char* all[] = {"勾稽关系", "自然人", "商业企业", "科研机构", "总计"};
        for (int c = 0; c < 5; ++c) cells.push_back(fragment_cell(number, 0, c, 1, 1, c < labels ? all[c] : ""));
        cells.push_back(fragment_cell(number, 1, 0, 1, 1, number == 1 ? "1.属于国家秘密" : "2.重复申请"));
        for (int c = 1; c < 7; ++c) cells.push_back(fragment_cell(number, 1, c, 1, 1, "0"));
        return fragment(number, 2, {0, 100, 150, 200, 250, 300, 350, 400}, std::move(cells));
    };
    const auto stitched = [&](int labels, const char* whole, const char* part, const char* rest) {
        return stitch({page(1, {fragment_cell(1, 0, 5, 1, 2, whole)}, labels),
                       page(2, {fragment_cell(2, 0, 5, 1, 1, part), fragment_cell(2, 0, 6, 1, 1, rest)}, labels)})[0];
    };
    const models::Table table = stitched(5, "法人或其他组织", "法人或其他组", "4");
    EXPECT_EQ(table.rows, 3);
    EXPECT_EQ(cell_at(table, 0, 5)->text, "法人或其他组织");
    EXPECT_EQ(stitched(3, "法人或其他组织", "法人或其他组", "4").rows, 4) << "too few labels to tell";
    EXPECT_EQ(stitched(5, "钊请人情况", "申请人", "背况").rows, 3) << "misread";
    EXPECT_EQ(stitched(5, "钊请人情况", "法律服务机构", "其他").rows, 4) << "something else";
}

// Found on a fax: the dots of the first page's header held a stroke that parted one of its cells.
TEST(RepeatedHeader, AHeaderWithAPartedCellIsRepeated) {
    const auto page = [](int number, std::vector<FragmentCell> last) {
        const char* labels[] = {"勾稽关系", "自然人", "商业企业", "科研机构", "社会公益组织"};
        std::vector<FragmentCell> cells = std::move(last);
        for (int c = 0; c < 5; ++c) cells.push_back(fragment_cell(number, 0, c, 2, 1, labels[c]));
        cells.push_back(fragment_cell(number, 2, 0, 1, 1, number == 1 ? "1.属于国家秘密" : "2.重复申请"));
        for (int c = 1; c < 6; ++c) cells.push_back(fragment_cell(number, 2, c, 1, 1, "0"));
        return fragment(number, 3, {0, 100, 150, 200, 250, 300, 350}, std::move(cells));
    };
    const auto rows = [&](const char* upper, const char* lower) {
        return stitch({page(1, {fragment_cell(1, 1, 5, 1, 1, lower), fragment_cell(1, 0, 5, 1, 1, upper)}),
                       page(2, {fragment_cell(2, 0, 5, 2, 1, "合计数")})})[0]
            .rows;
    };
    EXPECT_EQ(rows("合", "计数"), 4);
    EXPECT_EQ(rows("甲", "乙丙"), 6) << "other labels";
}

// Found on a fax: the rulings that part the first page's header were lost, so its labels stand in other cells.
TEST(RepeatedHeader, AHeaderRepeatsTheLabelsOfOneThatWasTorn) {
    const char* labels[] = {"自然人", "商业企业", "科研机构", "社会公益组织", "其他", "总计"};
    const std::vector<double> edges = {0, 100, 150, 200, 250, 300, 350, 400};
    const auto row = [](std::vector<FragmentCell>& cells, int page, int at, const char* label) {
        cells.push_back(fragment_cell(page, at, 0, 1, 1, label));
        for (int c = 1; c < 7; ++c) cells.push_back(fragment_cell(page, at, c, 1, 1, "0"));
    };
    std::vector<FragmentCell> upper = {fragment_cell(1, 0, 0, 1, 7, "申请人情况")};
    for (int c = 0; c < 6; ++c) upper.push_back(fragment_cell(1, 1, c + 1, 1, 1, labels[c]));
    upper.push_back(fragment_cell(1, 1, 0, 1, 1, ""));
    row(upper, 1, 2, "1.属于国家秘密");
    const auto rows = [&](const std::vector<const char*>& repeated, const KnownLabels& known) {
        std::vector<FragmentCell> lower = {fragment_cell(2, 0, 0, 1, 1, "")};
        for (int c = 0; c < 6; ++c) lower.push_back(fragment_cell(2, 0, c + 1, 1, 1, repeated[c]));
        row(lower, 2, 1, "2.重复申请");
        std::vector<std::size_t> table_of;
        return stitch_tables({fragment(1, 3, edges, upper), fragment(2, 2, edges, lower)}, {true}, table_of, known)[0]
            .rows;
    };
    const KnownLabels known = {U"自然人", U"商业企业", U"科研机构", U"社会公益组织", U"其他", U"总计"};
    EXPECT_EQ(rows({"自然人", "商业企业", "科研机构", "社会公益组织", "其他", "计"}, known), 4);
    EXPECT_EQ(rows({"自然人", "商业企业", "科研机构", "社会公益组织", "其他", "计"}, {}), 5) << "no known form";
    EXPECT_EQ(rows({"自然人", "商业企业", "科研机构", "甲", "乙", "丙"}, known), 5) << "too few";
    // Found on scans: the row below "直接起诉" and "复议后起诉" says twice what the torn row above says once.
    EXPECT_EQ(rows({"自然人", "商业企业", "科研机构", "自然人", "商业企业", "科研机构"}, known), 5) << "no repetition";
    EXPECT_EQ(rows({"自然人", "商业企业", "科研机构", "社会公益组织", "其他", "7"}, known), 5) << "a figure";
    // A row of blanks whose label says what one of the header does.
    std::vector<FragmentCell> lower = {fragment_cell(2, 0, 0, 1, 1, "")};
    for (int c = 0; c < 6; ++c) lower.push_back(fragment_cell(2, 0, c + 1, 1, 1, labels[c]));
    lower.push_back(fragment_cell(2, 1, 0, 1, 1, "其他"));
    for (int c = 0; c < 6; ++c) lower.push_back(fragment_cell(2, 1, c + 1, 1, 1, ""));
    row(lower, 2, 2, "2.重复申请");
    std::ranges::find(upper, "1.属于国家秘密", [](const FragmentCell& c) { return c.cell.text; })->cell.text = "合计";
    std::vector<std::size_t> table_of;
    EXPECT_EQ(
        stitch_tables({fragment(1, 3, edges, upper), fragment(2, 3, edges, lower)}, {true}, table_of, known)[0].rows,
        5);
}

// Found on faxes: of the dark header that a page repeated nothing could be read.
TEST(RepeatedHeader, TheShapeOfAKnownHeaderTells) {
    using Cells = std::vector<FragmentCell>;
    using Labels = std::vector<const char*>;
    const auto page = [](int number, Cells cells, const char* first, const Labels& labels) {
        if (first != nullptr)
            cells.push_back(fragment_cell(number, 0, 0, 2, 1, first));
        else
            for (int row = 0; row < 2; ++row) cells.push_back(fragment_cell(number, row, 0, 1, 1, ""));
        for (int c = 0; c < 5; ++c)
            cells.push_back(fragment_cell(number, 1, c + 1, 1, 1, labels[static_cast<std::size_t>(c)]));
        cells.push_back(fragment_cell(number, 2, 0, 1, 1, number == 1 ? "国家秘密" : "重复申请"));
        for (int c = 1; c < 6; ++c) cells.push_back(fragment_cell(number, 2, c, 1, 1, "0"));
        return fragment(number, 3, {0, 100, 150, 200, 250, 300, 350}, std::move(cells));
    };
    const Labels labels = {"自然人", "商业企业", "科研机构", "社会公益组织", "其他"};
    KnownLabels known = {U"自然人", U"商业企业", U"科研机构", U"社会公益组织", U"其他", U"总计"};
    double confidence = 0.9;
    Cells own = {fragment_cell(1, 0, 1, 1, 3, "申请人情况"), fragment_cell(1, 0, 4, 1, 2, "组织")};
    const auto rows = [&](Cells above, const Labels& repeated, const char* first = "木和检大") {
        std::vector<std::size_t> table_of;
        TableFragment lower = page(2, std::move(above), first, repeated);
        for (FragmentCell& c : lower.cells) c.cell.confidence = confidence;
        return stitch_tables({page(1, own, "勾稽关系", labels), lower}, {true}, table_of, known)[0].rows;
    };
    const auto above = [](const std::vector<std::pair<int, int>>& spans) {
        Cells cells;
        for (const auto& [col, span] : spans) cells.push_back(fragment_cell(2, 0, col, 1, span, "种博"));
        return cells;
    };
    const Labels misread = {"浊拨大", "证入可", "往且有", "", "汪"};
    EXPECT_EQ(rows(above({{1, 3}, {4, 2}}), misread), 4);
    EXPECT_EQ(rows(above({{1, 2}, {3, 1}, {4, 2}}), misread), 4) << "one cell in two";
    EXPECT_EQ(rows(above({{1, 2}, {3, 1}, {4, 1}, {5, 1}}), misread), 6) << "both";
    EXPECT_EQ(rows(above({{1, 3}, {4, 2}}), {"浊拨大", "证入可", "总计", "", "汪"}), 6) << "another label";
    EXPECT_EQ(rows(above({{1, 3}, {4, 2}}), {"", "", "3", "", "汪"}), 4) << "a digit where a label stands";
    EXPECT_EQ(rows(above({{1, 3}, {4, 2}}), misread, "二、木和检大"), 6) << "a title";
    EXPECT_EQ(rows(above({{1, 3}, {4, 2}}), {"3", "12", "4", "1", "20"}), 6) << "a row of figures";
    EXPECT_EQ(rows(above({{1, 3}, {4, 2}}), misread, nullptr), 6) << "without a corner";
    confidence = 0.98;
    EXPECT_EQ(rows(above({{1, 3}, {4, 2}}), misread), 6) << "what is read surely says something else";
    confidence = 0.9;
    known = {U"自然人", U"商业企业", U"科研机构", U"其他", U"总计"};
    EXPECT_EQ(rows(above({{1, 3}, {4, 2}}), misread), 6) << "too few known labels";
    known.insert(U"社会公益组织");
    own.clear();
    for (int c = 1; c < 6; ++c) own.push_back(fragment_cell(1, 0, c, 1, 1, "申请人"));
    EXPECT_EQ(rows(above({{1, 1}, {2, 1}, {3, 1}, {4, 1}, {5, 1}}), misread), 6) << "as two rows of anything";
}

// Found by a synthesised report: two sections of a form differ in their number alone.
TEST(RepeatedHeader, ASectionThatLooksLikeTheFirstIsNoRepeatedHeader) {
    const auto section = [](int page, const char* title) {
        return fragment(
            page, 2, kEdges,
            {fragment_cell(page, 0, 0, 1, 4, title), fragment_cell(page, 1, 0, 1, 2, "信息内容"),
             fragment_cell(page, 1, 2, 1, 1, "上一年项目数量"), fragment_cell(page, 1, 3, 1, 1, "本年增/减")});
    };
    const auto tables = stitch({section(1, "第二十条第（一）项"), section(2, "第二十条第（六）项")});
    ASSERT_EQ(tables.size(), 1u);
    EXPECT_EQ(tables[0].rows, 4);
    EXPECT_EQ(cell_at(tables[0], 2, 0)->text, "第二十条第（六）项");
}

}  // namespace
}  // namespace biaod::layout
