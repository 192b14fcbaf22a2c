#include "layout/tables/row_break.hpp"

#include <gtest/gtest.h>

#include "tests/layout/support.hpp"

namespace biaod::layout {
namespace {

using tests::fragment_cell;

bool figure(const std::string& text) { return is_figure(fragment_cell(1, 0, 0, 1, 1, text)); }

TEST(IsFigure, FiguresAndDashesAre) {
    for (const char* text : {"0", "1,444,400", "-5", "+19", "-", "/", "——", "103.3879万元", "12件", "12家", "5场次",
                             "10万元以上", "2018年以前"})
        EXPECT_TRUE(figure(text)) << text;
}

TEST(IsFigure, LabelsNumbersOfParagraphsAndBlanksAreNone) {
    for (const char* text : {"", "总计", "1.属于国家秘密", "（一）予以公开", "3其他", "３其他"})
        EXPECT_FALSE(figure(text)) << text;
}

// A label's last mark alone on the next page: seen in a report where the line was full before the bracket.
TEST(IsFigure, ALoneClosingMarkIsNone) {
    for (const char* text : {"）", ")", "”", "。", "，", "）。", "】", "；"}) EXPECT_FALSE(figure(text)) << text;
    for (const char* text : {"（", "）3"}) EXPECT_TRUE(figure(text)) << text;  // nothing that ends a label
}

TEST(RowBreak, ALabelTornBeforeItsLastMarkGoesOn) {
    const auto upper = [](const char* label) {
        return std::vector<FragmentCell>{fragment_cell(1, 0, 0, 1, 2, label, true), fragment_cell(1, 0, 2, 1, 1, "3"),
                                         fragment_cell(1, 0, 3, 1, 1, "4")};
    };
    const std::vector<FragmentCell> lower = {fragment_cell(2, 0, 0, 1, 2, "）"), fragment_cell(2, 0, 2, 1, 1, ""),
                                             fragment_cell(2, 0, 3, 1, 1, "")};
    const RowBreak torn = judge_row_break(upper("（二）部分公开（不计其他情形"), 1, lower);
    EXPECT_TRUE(torn.cut_row);
    EXPECT_EQ(torn.upper_of, (std::vector<int>{0, 1, 2}));
    // A mark that was misread, as a lone one is.
    std::vector<FragmentCell> misread = lower;
    misread[0].cell.text = "7";
    misread[0].cell.confidence = 0.5;
    EXPECT_TRUE(judge_row_break(upper("3.危及“三安全一稳定"), 1, misread).cut_row);
    misread[0].cell.confidence = 0.97;
    EXPECT_FALSE(judge_row_break(upper("3.危及“三安全一稳定"), 1, misread).cut_row);
    misread[0].cell.confidence = 0.5;
    misread[1].cell.text = "4";  // of a row of its own
    EXPECT_FALSE(judge_row_break(upper("3.危及“三安全一稳定"), 1, misread).cut_row);
    // A figure above a closing mark is no label that goes on.
    EXPECT_FALSE(judge_row_break(upper("12"), 1, lower).cut_row);
}

// The header of the form's last table, torn by a browser that breaks pages anywhere.
TEST(RowBreak, AHeaderTornThroughItsLabelsGoesOn) {
    const std::vector<FragmentCell> upper = {fragment_cell(1, 0, 0, 1, 2, "行政复议"),
                                             fragment_cell(1, 1, 0, 1, 1, "结果"),
                                             fragment_cell(1, 1, 1, 1, 1, "尚未")};
    const auto lower = [](const char* first, const char* second, const char* below) {
        return std::vector<FragmentCell>{fragment_cell(2, 0, 0, 1, 1, first), fragment_cell(2, 0, 1, 1, 1, second),
                                         fragment_cell(2, 1, 0, 1, 1, below), fragment_cell(2, 1, 1, 1, 1, below)};
    };
    EXPECT_TRUE(judge_row_break(upper, 2, lower("维持", "审结", "3")).cut_row);
    // Without figures below it may be a table of words, and a label beside a blank is a row of its own.
    EXPECT_FALSE(judge_row_break(upper, 2, lower("维持", "审结", "无")).cut_row);
    EXPECT_FALSE(judge_row_break(upper, 2, lower("规章", "", "3")).cut_row);
}

// Below the torn label for sums nothing but the dots of a fax's grey is left.
TEST(RowBreak, ATornHeaderGoesOnBelowDotsThatSayNothing) {
    const std::vector<FragmentCell> upper = {fragment_cell(1, 0, 0, 1, 1, "自然"),
                                             fragment_cell(1, 0, 1, 1, 2, "法人或其他组织"),
                                             fragment_cell(1, 0, 3, 1, 1, "总计")};
    std::vector<FragmentCell> lower = {fragment_cell(2, 0, 0, 1, 1, "人"), fragment_cell(2, 0, 1, 1, 1, "商业企业"),
                                       fragment_cell(2, 0, 2, 1, 1, "科研机构"), fragment_cell(2, 0, 3, 1, 1, "")};
    lower[3].cell.unreadable = true;
    EXPECT_EQ(judge_row_break(upper, 1, lower).upper_of, (std::vector<int>{0, -1, -1, 2}));
    // More such cells than labels are figures of a row of its own.
    const std::vector<FragmentCell> wider = {fragment_cell(1, 0, 0, 1, 1, "自然"), fragment_cell(1, 0, 1, 1, 2, "法人"),
                                             fragment_cell(1, 0, 3, 1, 1, "其他"),
                                             fragment_cell(1, 0, 4, 1, 1, "总计")};
    std::vector<FragmentCell> row = {fragment_cell(2, 0, 0, 1, 1, "人"), fragment_cell(2, 0, 1, 1, 1, "企业")};
    for (const int col : {2, 3, 4}) row.push_back(fragment_cell(2, 0, col, 1, 1, ""));
    EXPECT_EQ(judge_row_break(wider, 1, row).upper_of[4], 3);
    for (FragmentCell& c : row) c.cell.unreadable = c.cell.text.empty();
    EXPECT_EQ(judge_row_break(wider, 1, row).upper_of[4], -1);
}

TEST(RowBreak, ALabelTornWithinItsNumberGoesOn) {
    const std::vector<FragmentCell> upper = {fragment_cell(1, 0, 0, 1, 1, "（"), fragment_cell(1, 0, 1, 1, 1, "")};
    const std::vector<FragmentCell> lower = {fragment_cell(2, 0, 0, 1, 1, "七）总计"),
                                             fragment_cell(2, 0, 1, 1, 1, "43")};
    EXPECT_TRUE(judge_row_break(upper, 1, lower).cut_row);

    // Found on a scan: the break fell before the bracket that closes the number.
    const auto is_cut = [](const char* above, const char* below) {
        return judge_row_break({fragment_cell(1, 0, 0, 1, 1, above), fragment_cell(1, 0, 1, 1, 1, "254")}, 1,
                               {fragment_cell(2, 0, 0, 1, 1, below), fragment_cell(2, 0, 1, 1, 1, "")})
            .cut_row;
    };
    EXPECT_TRUE(is_cut("（七", "）总计"));
    EXPECT_FALSE(is_cut("（其他", "）总计")) << "no number";

    const auto is_bracket = [](const char* mark, double confidence, const char* rest) {
        FragmentCell read = fragment_cell(1, 0, 0, 1, 1, mark);
        read.cell.confidence = confidence;
        return is_lone_bracket(read, fragment_cell(2, 0, 0, 1, 1, rest));
    };
    EXPECT_TRUE(is_bracket("C", 0.9, "六）其他处理"));
    EXPECT_TRUE(is_bracket("4", 0.5, "六）其他处理"));
    EXPECT_FALSE(is_bracket("4", 0.9, "六）其他处理"));
    EXPECT_FALSE(is_bracket("4", 0.5, "其他处理"));
    EXPECT_FALSE(is_bracket("14", 0.5, "六）其他处理"));
}

// Found on a pale scan: the 一 that stood alone above a page's end was not read.
TEST(RowBreak, ALabelThatBeginsBehindItsNumberGoesOn) {
    const auto is_cut = [](const char* above, const char* below, const char* figure, int rows_below = 1) {
        const std::vector<FragmentCell> upper = {fragment_cell(1, 0, 0, 1, 1, above),
                                                 fragment_cell(1, 0, 1, 1, 1, "299")};
        const std::vector<FragmentCell> lower = {fragment_cell(2, 0, 0, rows_below, 1, below),
                                                 fragment_cell(2, 0, 1, 1, 1, figure)};
        return judge_row_break(upper, 1, lower).cut_row;
    };
    EXPECT_TRUE(is_cut("", "、本年新收", ""));
    EXPECT_TRUE(is_cut("一", "、本年新收", ""));
    EXPECT_FALSE(is_cut("", "本年新收", ""));
    EXPECT_FALSE(is_cut("", "、本年新收", "58")) << "has figures of its own";
    EXPECT_FALSE(is_cut("", "、本年新收", "", 2)) << "stands beside several rows";
    EXPECT_FALSE(is_cut("规章", "、本年新收", "")) << "has another above";
}

// A break by hand leaves room behind the first line; the number tells.
TEST(RowBreak, ANumberedLabelGoesOnInOneWithoutANumber) {
    const std::vector<FragmentCell> upper = {fragment_cell(1, 0, 0, 1, 1, "5.要求行政机关"),
                                             fragment_cell(1, 0, 1, 1, 1, "")};
    const auto lower = [](const char* label) {
        return std::vector<FragmentCell>{fragment_cell(2, 0, 0, 1, 1, label), fragment_cell(2, 0, 1, 1, 1, "48")};
    };
    EXPECT_TRUE(judge_row_break(upper, 1, lower("重新出具已获取信息")).cut_row);
    EXPECT_FALSE(judge_row_break(upper, 1, lower("6.其他")).cut_row);
}

// Found on a fax: a break by hand, and the number misread.
TEST(RowBreak, ALabelTornWithinItsBracketsGoesOn) {
    const auto is_cut = [](const char* above, const char* below) {
        const std::vector<FragmentCell> upper = {fragment_cell(1, 0, 0, 1, 1, above),
                                                 fragment_cell(1, 0, 1, 1, 1, "14")};
        const std::vector<FragmentCell> lower = {fragment_cell(2, 0, 0, 1, 1, below), fragment_cell(2, 0, 1, 1, 1, "")};
        return judge_row_break(upper, 1, lower).cut_row;
    };
    EXPECT_TRUE(is_cut("（二）部分公开（区分处理的", "只计这一情形，不计其他情形）"));
    EXPECT_TRUE(is_cut("二上部分公开《区分处理的", "只计这一情形，不计其他情形）"));
    EXPECT_FALSE(is_cut("（二上部分公开", "只计这一情形，不计其他情形）"));
    EXPECT_FALSE(is_cut("（二上部分公开《区分处理的", "只计这一情形"));
    EXPECT_FALSE(is_cut("（二上部分公开《区分处理的", "（三）不予公开")) << "begins a row of its own";
}

// Found on a fax with broken rulings: the number and half a character were read as a figure.
TEST(RowBreak, TheRestOfANumberedLabelGoesOnBeforeBlanks) {
    const auto is_cut = [](const char* above, const char* mark, const char* below, const char* figure) {
        const std::vector<FragmentCell> upper = {fragment_cell(1, 0, 0, 1, 1, above), fragment_cell(1, 0, 1, 1, 1, "3"),
                                                 fragment_cell(1, 1, 0, 1, 1, mark), fragment_cell(1, 1, 1, 1, 1, "4")};
        const std::vector<FragmentCell> lower = {fragment_cell(2, 0, 0, 1, 1, below),
                                                 fragment_cell(2, 0, 1, 1, 1, figure)};
        return judge_row_break(upper, 2, lower).cut_row;
    };
    EXPECT_TRUE(is_cut("5.要求行政机关", "1.8", "请人无正当理由", ""));
    EXPECT_FALSE(is_cut("要求行政机关", "18", "请人无正当理由", "")) << "no numbered labels";
    EXPECT_FALSE(is_cut("5.要求行政机关", "1.8", "2.申请人", "")) << "a row of its own";
    EXPECT_FALSE(is_cut("5.要求行政机关", "1.8", "请人无正当理由", "5")) << "a row of its own";
}

// Found on a fax: the vertical between two figures had broken off above the page break.
TEST(RowBreak, BlanksGoOnBelowACellThatCoversThem) {
    const auto judged = [](const char* text, int covered, int rows = 1) {
        const std::vector<FragmentCell> upper = {fragment_cell(1, 0, 0, 1, 1, "4.无正当理由大量", true),
                                                 fragment_cell(1, 0, 1, 1, 2, "12-")};
        std::vector<FragmentCell> lower = {fragment_cell(2, 0, 0, 1, 1, "反复申请"), fragment_cell(2, 0, 1, 1, 1, ""),
                                           fragment_cell(2, 0, 2, rows, covered, text)};
        return judge_row_break(upper, 1, lower);
    };
    EXPECT_TRUE(judged("", 1).cut_row);
    EXPECT_EQ(judged("", 1).upper_of, (std::vector<int>{0, 1, 1}));
    EXPECT_FALSE(judged("7", 1).cut_row);
    EXPECT_FALSE(judged("", 2).cut_row) << "reaches beyond it";
    EXPECT_FALSE(judged("", 1, 2).cut_row) << "goes on in the next row";
}

// A figure too long for its cell goes on in a second line, and a page may end between the two.
TEST(RowBreak, ADigitAloneGoesOnBelowAFullLineOfDigits) {
    const auto upper = [](bool full, const char* digits = "11") {
        return std::vector<FragmentCell>{fragment_cell(1, 0, 0, 1, 1, "一、本年新收"),
                                         fragment_cell(1, 0, 1, 1, 1, "253"),
                                         fragment_cell(1, 0, 2, 1, 1, digits, full)};
    };
    const auto lower = [](const char* label, const char* first) {
        return std::vector<FragmentCell>{fragment_cell(2, 0, 0, 1, 1, label), fragment_cell(2, 0, 1, 1, 1, first),
                                         fragment_cell(2, 0, 2, 1, 1, "6")};
    };
    EXPECT_TRUE(judge_row_break(upper(true), 1, lower("", "")).cut_row);
    EXPECT_FALSE(judge_row_break(upper(false), 1, lower("", "")).cut_row);
    EXPECT_TRUE(judge_row_break(upper(false, "111"), 1, lower("", "")).cut_row) << "narrow ones";
    EXPECT_FALSE(judge_row_break(upper(false, "—"), 1, lower("", "")).cut_row) << "no digits";
    EXPECT_FALSE(judge_row_break(upper(true), 1, lower("", "0")).cut_row);
    EXPECT_FALSE(judge_row_break(upper(true), 1, lower("总计", "")).cut_row);
}

// Found on the page after the header's: "3.其他" was read without its point, and was no label beside the blanks before
// it.
TEST(RowBreak, ANumberedLabelWithoutItsPointIsNoFigure) {
    const std::vector<FragmentCell> upper = {fragment_cell(1, 0, 0, 2, 1, "三、本年度办理结果"),
                                             fragment_cell(1, 1, 1, 1, 1, "2.重复申请"),
                                             fragment_cell(1, 1, 2, 1, 1, "7")};
    const std::vector<FragmentCell> lower = {fragment_cell(2, 0, 0, 1, 1, ""), fragment_cell(2, 0, 1, 1, 1, "3其他"),
                                             fragment_cell(2, 0, 2, 1, 1, "46")};
    const RowBreak seam = judge_row_break(upper, 2, lower, {});
    EXPECT_FALSE(seam.cut_row);
    EXPECT_EQ(seam.upper_of[0], 0);
    EXPECT_EQ(seam.upper_of[1], -1);
}

TEST(RowBreak, ACellWithAShadeIsNoObstacle) {
    std::vector<FragmentCell> upper = {fragment_cell(1, 0, 0, 1, 1, "5.要求行政机关"),
                                       fragment_cell(1, 0, 1, 1, 1, "")};
    upper[1].cell.unreadable = true;
    const std::vector<FragmentCell> lower = {fragment_cell(2, 0, 0, 1, 1, "重新出具"),
                                             fragment_cell(2, 0, 1, 1, 1, "48")};
    EXPECT_FALSE(judge_row_break(upper, 1, lower).cut_row);
    upper[1].faint = true;
    EXPECT_TRUE(judge_row_break(upper, 1, lower).cut_row);
}

// Found on faxes: the page ends within a line of a label that spans rows, and what is above says other things.
TEST(RowBreak, ALabelThatSpansRowsGoesOnAmongNumberedOnes) {
    const auto upper = [](const char* first, const char* torn) {
        return std::vector<FragmentCell>{
            fragment_cell(1, 0, 0, 1, 1, first), fragment_cell(1, 0, 1, 1, 1, "（一）予以公开"),
            fragment_cell(1, 1, 0, 1, 1, torn), fragment_cell(1, 1, 1, 1, 1, "（二）部分公开")};
    };
    const auto lower = [](const char* label, int row_span) {
        return std::vector<FragmentCell>{fragment_cell(2, 0, 0, row_span, 1, label),
                                         fragment_cell(2, 0, 1, 1, 1, "（三）不予公开")};
    };
    const std::vector<int> goes_on = {2, -1}, apart = {-1, -1};
    const auto joined = [&](const char* first, const char* torn, const char* label, int row_span) {
        return judge_row_break(upper(first, torn), 2, lower(label, row_span), {}).upper_of;
    };
    EXPECT_EQ(joined("二、上年结转", "：本", "年度办理结果", 2), goes_on);
    EXPECT_EQ(joined("、上年结转", "：本", "年度办理结果", 2), goes_on) << "a number that was lost";
    EXPECT_EQ(joined("上年结转", "：本", "年度办理结果", 2), apart) << "no numbers in the column";
    EXPECT_EQ(joined("二、上年结转", "：本", "四、结转", 2), apart) << "one with a number of its own";
    EXPECT_EQ(joined("二、上年结转", "：本", "备注", 1), apart) << "a row of its own";
    std::vector<FragmentCell> unread = upper("二、上年结转", "");
    unread[2].cell.unreadable = true;
    EXPECT_EQ(judge_row_break(unread, 2, lower("、本年度办理结果", 2), {}).upper_of, goes_on);
}

// A row of remarks across all figures, alone below a repeated header on the next page.
TEST(RowBreak, WhatIsWrittenBelowFiguresIsNoLabel) {
    const std::vector<FragmentCell> upper = {fragment_cell(1, 0, 0, 1, 3, "（七）总计"),
                                             fragment_cell(1, 0, 3, 1, 1, "23"), fragment_cell(1, 0, 4, 1, 1, "2")};
    const std::vector<FragmentCell> lower = {fragment_cell(2, 0, 0, 1, 3, "备注"), fragment_cell(2, 0, 3, 1, 2, "无")};
    const RowBreak judged = judge_row_break(upper, 1, lower);
    EXPECT_FALSE(judged.cut_row);
    EXPECT_EQ(judged.upper_of, (std::vector<int>{-1, -1}));
    // A label that was misread is no column of figures.
    const std::vector<FragmentCell> misread = {
        fragment_cell(1, 0, 0, 2, 1, "（五）不予处理"), fragment_cell(1, 0, 1, 1, 1, "1.信访举报投诉类申请"),
        fragment_cell(1, 0, 2, 1, 1, "3"), fragment_cell(1, 1, 1, 1, 1, "2"), fragment_cell(1, 1, 2, 1, 1, "4")};
    const std::vector<FragmentCell> next = {fragment_cell(2, 0, 0, 1, 1, ""), fragment_cell(2, 0, 1, 1, 1, "3.其他"),
                                            fragment_cell(2, 0, 2, 1, 1, "5")};
    EXPECT_EQ(judge_row_break(misread, 2, next).upper_of[0], 0);
}

}  // namespace
}  // namespace biaod::layout
