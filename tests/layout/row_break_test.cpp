#include "layout/tables/row_break.hpp"

#include <gtest/gtest.h>

#include "models/text_norm.hpp"
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

// Found below a seal, the rest of which was read as N in a blank cell.
TEST(RowBreak, AKnownLabelTornBesideFiguresTellsOfItsRow) {
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

// Found on synthesised documents whose labels are broken by hand or stand one character a line.
TEST(RowBreak, TwoPartsOfAKnownLabelAreOneThatWasTorn) {
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

// A page's end below a label's number, of which the point was not read: the number stands in a column of labels.
TEST(RowBreak, AKnownLabelGoesOnBelowItsNumber) {
    const KnownLabels known = {U"3其他", U"其他"};
    const auto row = [](int page, const char* label, const char* figure) {
        return std::vector<FragmentCell>{fragment_cell(page, 0, 0, 1, 1, label),
                                         fragment_cell(page, 0, 1, 1, 1, figure)};
    };
    EXPECT_TRUE(judge_row_break(row(1, "3", "9"), 1, row(2, "其他", ""), known).cut_row);
    EXPECT_FALSE(judge_row_break(row(1, "4", "9"), 1, row(2, "其他", ""), known).cut_row);
    EXPECT_FALSE(judge_row_break(row(1, "3", "9"), 1, row(2, "其他", "4"), known).cut_row);
}

// Found in a header torn below 自, which alone was read as 8, or as 48.
TEST(RowBreak, AKnownLabelGoesOnBelowItsFirstCharacterMisread) {
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

// Found in headers, below a seal and on grey: what was left of a label's lower half was read as a numbered label, or as
// a figure.
TEST(RowBreak, SeveralKnownLabelsThatWereTornTellOfTheOthers) {
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
    // In a row of labels alone one of two is enough.
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
    // Two of seven are less than a third.
    std::vector<FragmentCell> many, below_many;
    for (int i = 0; i < 7; ++i) {
        many.push_back(fragment_cell(1, 0, i, 1, 1, i == 0 ? "结果" : i == 1 ? "其他" : "采购"));
        below_many.push_back(fragment_cell(2, 0, i, 1, 1, i == 0 ? "维持" : i == 1 ? "结果" : "2.数据"));
    }
    EXPECT_FALSE(judge_row_break(many, 1, below_many, known).cut_row);
    // Numbers above are found before any label.
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
    // Labels beside several rows are torn between two of them.
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
TEST(RowBreak, AMarkBeforeKnownLabelsOfAHeaderIsNoFigure) {
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
