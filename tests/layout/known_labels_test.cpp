// Page breaks through labels that known forms print.
#include <gtest/gtest.h>

#include "layout/tables/row_break.hpp"
#include "models/text_norm.hpp"
#include "tests/layout/support.hpp"

namespace biaod::layout {
namespace {

using tests::fragment_cell;

// Found below a seal, the rest of which was read as N in a blank cell.
TEST(KnownLabels, AKnownLabelTornBesideFiguresTellsOfItsRow) {
    const auto is_cut = [](const char* above, const char* below, int rows_below = 1) {
        const std::vector<FragmentCell> upper = {fragment_cell(1, 0, 0, 1, 1, above),
                                                 fragment_cell(1, 0, 1, 1, 1, "/")};
        const std::vector<FragmentCell> lower = {fragment_cell(2, 0, 0, rows_below, 1, below),
                                                 fragment_cell(2, 0, 1, 1, 1, "N")};
        return judge_row_break(upper, 1, lower, {models::label_key("2.申请人逾期未缴纳费用")}).cut_row;
    };
    EXPECT_TRUE(is_cut("2.申请人逾期", "未缴纳费用"));
    EXPECT_FALSE(is_cut("2.申请人逾期", "未缴纳费用", 2)) << "may span rows";
    EXPECT_FALSE(is_cut("2.申请人逾期", "其他费用"));
}

// Found on synthesised documents whose labels are broken by hand or stand one character a line.
TEST(KnownLabels, TwoPartsOfAKnownLabelAreOneThatWasTorn) {
    const KnownLabels known = {
        U"总计", U"第二十条第一项", U"三本年度办理结果", U"规章", U"总计规章", U"商业企业", U"商业", U"企业"};
    const auto pair = [](const char* text, int page, int span) {
        return std::vector<FragmentCell>{fragment_cell(page, 0, 0, span, 1, text)};
    };
    const auto torn = [&](const char* upper, const char* lower) {
        return judge_row_break(pair(upper, 1, 1), 1, pair(lower, 2, 2), known).upper_of[0] == 0;
    };
    EXPECT_TRUE(judge_row_break(pair("第二十", 1, 1), 1, pair("条第（一）项", 2, 1), known).cut_row);
    EXPECT_FALSE(judge_row_break(pair("第二十", 1, 1), 1, pair("条第（一）项", 2, 1)).cut_row);
    EXPECT_TRUE(torn("三", "、本年度办理结果"));
    EXPECT_TRUE(torn("总", "计"));
    EXPECT_FALSE(torn("总计", "规章"));
    EXPECT_FALSE(torn("商业", "企业"));           // each may stand by itself
    EXPECT_TRUE(torn("叁", "、本年度办理结果"));  // misread
    EXPECT_FALSE(torn("叁", "、本月度办理结果"));
    EXPECT_FALSE(torn("息", "计"));  // of so short a label, too little is left
    EXPECT_FALSE(torn("本年度办理结果", "规章"));
}

// A page's end below a label's number, of which the point was not read: the number stands in a column of labels.
TEST(KnownLabels, AKnownLabelGoesOnBelowItsNumber) {
    const KnownLabels known = {U"3其他", U"其他"};
    const auto row = [](int page, const char* label, const char* figure) {
        return std::vector<FragmentCell>{fragment_cell(page, 0, 0, 1, 1, label),
                                         fragment_cell(page, 0, 1, 1, 1, figure)};
    };
    EXPECT_TRUE(judge_row_break(row(1, "3", "9"), 1, row(2, "其他", ""), known).cut_row);
    EXPECT_FALSE(judge_row_break(row(1, "4", "9"), 1, row(2, "其他", ""), known).cut_row);
    EXPECT_FALSE(judge_row_break(row(1, "3", "9"), 1, row(2, "其他", "4"), known).cut_row);
    const KnownLabels new_requests = {U"一本年新收", U"本年新收"};
    EXPECT_TRUE(judge_row_break(row(1, "一", "9"), 1, row(2, "本年新收", ""), new_requests).cut_row);
    EXPECT_FALSE(judge_row_break(row(1, "规章", "9"), 1, row(2, "本年新收", ""), new_requests).cut_row);
}

// Found in a header torn below 自, which alone was read as 8, or as 48.
TEST(KnownLabels, AKnownLabelGoesOnBelowItsFirstCharacterMisread) {
    const KnownLabels known = {U"自然人", U"总计", U"其他"};
    const auto goes_on = [&](const char* first, double confidence, const char* rest) {
        std::vector<FragmentCell> upper = {fragment_cell(1, 0, 0, 1, 1, first), fragment_cell(1, 0, 1, 1, 1, "总计")};
        upper[0].cell.confidence = confidence;
        const std::vector<FragmentCell> lower = {fragment_cell(2, 0, 0, 2, 1, rest), fragment_cell(2, 0, 1, 2, 1, "")};
        return judge_row_break(upper, 1, lower, known).upper_of[0] == 0;
    };
    EXPECT_TRUE(goes_on("8", 0.5, "然人"));
    EXPECT_FALSE(goes_on("8", 0.97, "然人"));  // a figure
    EXPECT_FALSE(goes_on("8", 0.5, "人"));
    EXPECT_TRUE(goes_on("48", 0.5, "然人"));
    EXPECT_FALSE(goes_on("48", 0.97, "然人"));
    EXPECT_FALSE(goes_on("4, 8", 0.5, "然人"));
    EXPECT_FALSE(goes_on("8", 0.5, "其他"));
}

// Found in headers, below a seal and on grey: what was left of a label's lower half was read as a numbered label, or as
// a figure.
TEST(KnownLabels, SeveralKnownLabelsThatWereTornTellOfTheOthers) {
    const KnownLabels known = {U"结果维持", U"结果纠正", U"其他结果", U"尚未审结"};
    const auto was_cut = [&](int torn) {
        const std::pair<const char*, const char*> halves[] = {{"结果", "维持"}, {"结果", "纠正"}, {"其他", "结果"}};
        std::vector<FragmentCell> upper = {fragment_cell(1, 0, 0, 1, 1, "尚未")};
        std::vector<FragmentCell> lower = {fragment_cell(2, 0, 0, 1, 1, "4.困审结")};
        for (int i = 0; i < torn; ++i) {
            upper.push_back(fragment_cell(1, 0, 1 + i, 1, 1, halves[i].first));
            lower.push_back(fragment_cell(2, 0, 1 + i, 1, 1, halves[i].second));
        }
        return judge_row_break(upper, 1, lower, known).cut_row;
    };
    EXPECT_TRUE(was_cut(3));
    EXPECT_TRUE(was_cut(2));
    EXPECT_FALSE(was_cut(1)) << "may be one by chance";
    // Two of seven are less than a third.
    std::vector<FragmentCell> many, below_many;
    for (int i = 0; i < 7; ++i) {
        many.push_back(fragment_cell(1, 0, i, 1, 1, i == 0 ? "结果" : i == 1 ? "其他" : "采购"));
        below_many.push_back(fragment_cell(2, 0, i, 1, 1, i == 0 ? "维持" : i == 1 ? "结果" : "2.数据"));
    }
    EXPECT_FALSE(judge_row_break(many, 1, below_many, known).cut_row);
}

// Found in a fax's grey header.
TEST(KnownLabels, InARowOfLabelsAloneOneOfTwoIsEnough) {
    const auto of_two = [](const char* above, const char* below = "珊自数据") {
        const std::vector<FragmentCell> upper = {fragment_cell(1, 0, 0, 1, 1, "信息内容"),
                                                 fragment_cell(1, 0, 1, 1, 1, above),
                                                 fragment_cell(1, 0, 2, 1, 2, "采购")};
        const std::vector<FragmentCell> lower = {
            fragment_cell(2, 0, 0, 1, 1, ""),       fragment_cell(2, 0, 1, 1, 1, below),
            fragment_cell(2, 0, 2, 1, 2, "总金额"), fragment_cell(2, 1, 0, 1, 1, "政府集中采购"),
            fragment_cell(2, 1, 1, 1, 1, "24"),     fragment_cell(2, 1, 2, 1, 2, "62220")};
        return judge_row_break(upper, 1, lower, {U"采购项目数量", U"采购总金额"}).cut_row;
    };
    EXPECT_TRUE(of_two("采购"));
    EXPECT_FALSE(of_two("24"));
    EXPECT_FALSE(of_two("采购", "34"));
    EXPECT_FALSE(of_two("采购", "2.数据")) << "a label of its own";
}

TEST(KnownLabels, NumbersAboveAreFoundBeforeAnyLabel) {
    const auto below_number = [](const char* first, const char* second) {
        const std::vector<FragmentCell> upper = {fragment_cell(1, 0, 0, 1, 1, first),
                                                 fragment_cell(1, 0, 1, 1, 1, second),
                                                 fragment_cell(1, 0, 2, 1, 1, "采购")};
        const std::vector<FragmentCell> lower = {fragment_cell(2, 0, 0, 1, 1, "属于国家秘密"),
                                                 fragment_cell(2, 0, 1, 1, 1, "属于内部事务"),
                                                 fragment_cell(2, 0, 2, 1, 1, "3.数据")};
        return judge_row_break(upper, 1, lower, {U"1属于国家秘密", U"2属于内部事务"}).cut_row;
    };
    EXPECT_FALSE(below_number("1", "2"));
}

// Found in a file with text: two rows were one.
TEST(KnownLabels, LabelsBesideSeveralRowsAreTornBetweenTwoOfThem) {
    const KnownLabels beside = {U"三本年度办理结果", U"三不予公开"};
    const std::vector<FragmentCell> upper = {
        fragment_cell(1, 0, 0, 1, 1, "三、本年"), fragment_cell(1, 0, 1, 1, 1, "（三）不"),
        fragment_cell(1, 0, 2, 1, 1, "1.属于国家秘密"), fragment_cell(1, 0, 3, 1, 1, "85")};
    const std::vector<FragmentCell> lower = {
        fragment_cell(2, 0, 0, 9, 1, "度办理结果"), fragment_cell(2, 0, 1, 7, 1, "予公开"),
        fragment_cell(2, 0, 2, 1, 1, "2.其他法律行政法规禁止公开"), fragment_cell(2, 0, 3, 1, 1, "56")};
    EXPECT_FALSE(judge_row_break(upper, 1, lower, beside).cut_row);
}

// Found on scans: in the torn header of a known form a bracket was read as 0, or a speck as a dash.
TEST(KnownLabels, AMarkBeforeKnownLabelsOfAHeaderIsNoFigure) {
    const KnownLabels known = {U"商业企业", U"科研机构", U"其他"};
    const std::vector<FragmentCell> upper = {
        fragment_cell(1, 0, 0, 2, 1, "（本列数据的勾稽关系为"), fragment_cell(1, 0, 1, 1, 4, "申请人情况"),
        fragment_cell(1, 1, 1, 1, 3, "法人或其他组织"), fragment_cell(1, 1, 4, 1, 1, "总计")};
    const auto continued = [&](const char* mark, const char* last_label = "其他") {
        const std::vector<FragmentCell> lower = {
            fragment_cell(2, 0, 0, 1, 1, mark),       fragment_cell(2, 0, 1, 1, 1, "商业企业"),
            fragment_cell(2, 0, 2, 1, 1, "科研机构"), fragment_cell(2, 0, 3, 1, 1, last_label),
            fragment_cell(2, 0, 4, 1, 1, ""),         fragment_cell(2, 1, 0, 1, 1, "一、本年新收")};
        const RowBreak seam = judge_row_break(upper, 2, lower, known);
        return std::pair(seam.upper_of[0] == 0, seam.upper_of[4] == 3);
    };
    EXPECT_EQ(continued("0"), std::pair(true, true));
    EXPECT_EQ(continued("-"), std::pair(true, true));
    EXPECT_EQ(continued("12"), std::pair(false, false)) << "a figure";
    const std::vector<FragmentCell> labels_first = {
        fragment_cell(2, 0, 0, 1, 1, "商业企业"), fragment_cell(2, 0, 1, 1, 1, "科研机构"),
        fragment_cell(2, 0, 2, 1, 1, "其他"), fragment_cell(2, 0, 3, 1, 1, ""), fragment_cell(2, 0, 4, 1, 1, "0")};
    EXPECT_EQ(judge_row_break(upper, 2, labels_first, known).upper_of[4], -1) << "a figure behind labels";
    EXPECT_EQ(continued("1", "张三"), std::pair(false, false)) << "a row of other labels";
}

}  // namespace
}  // namespace biaod::layout
