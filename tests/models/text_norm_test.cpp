#include "models/text_norm.hpp"

#include <gtest/gtest.h>

namespace biaod::models {
namespace {

TEST(TextNorm, FoldDropsSpaceAndUnifiesMarks) {
    EXPECT_EQ(to_utf8(fold("（一） 予 以\n公　开")), "(一)予以公开");
    EXPECT_EQ(to_utf8(fold("栏政发〔2022〕38号")), to_utf8(fold("栏政发【２０２２] 38 号")));
    EXPECT_EQ(to_utf8(fold("“三安全”")), "\"三安全\"");
    EXPECT_EQ(to_utf8(fold("— – － −")), "----");
}

TEST(TextNorm, LabelKeyKeepsLettersAndDigits) {
    EXPECT_EQ(label_key("3.危及“三安全一稳定”"), label_key("３． 危及三安全一稳定"));
    EXPECT_EQ(to_utf8(label_key("本年增/减")), "本年增减");
    EXPECT_TRUE(label_key(" / — ").empty());
}

TEST(TextNorm, TidyTextRemovesSpacesBetweenChineseOnly) {
    EXPECT_EQ(tidy_text("自 然 人"), "自然人");
    EXPECT_EQ(tidy_text("2021 年 1 月"), "2021 年 1 月");
    EXPECT_EQ(tidy_text("open data 开 放"), "open data 开放");
    EXPECT_EQ(tidy_text("第一行\n第二行"), "第一行\n第二行");
}

TEST(TextNorm, TidyTextWidensMarksBetweenChinese) {
    EXPECT_EQ(tidy_text("机构,日常"), "机构，日常");
    EXPECT_EQ(tidy_text("(一)总体"), "（一）总体");
    EXPECT_EQ(tidy_text("1,444,400 元"), "1,444,400 元");
    EXPECT_EQ(tidy_text("http://a.cn:80"), "http://a.cn:80");
}

TEST(TextNorm, TidyTextKeepsTheContent) {
    for (const char* text :
         {"收到 12 件,其中(一)类 3 件;无", "“三 安 全”", "a , b", "（ 本列 数据", "x(y)z", "、 。"}) {
        EXPECT_EQ(to_utf8(fold(tidy_text(text))), to_utf8(fold(text))) << text;
    }
}

TEST(TidyReading, BracketsThatDoNotMatchAreParenthesesAroundANumeral) {
    const std::pair<const char*, const char*> cases[] = {
        {"《一）", "（一）"},
        {"〈二)", "（二）"},
        {"{四)", "（四）"},
        {"（三》予以公开", "（三）予以公开"},
        {"【十二）其他", "（十二）其他"},
        {"第二十条第《 六 ）项", "第二十条第（六）项"},
        {"总计（七〕", "总计（七）"},
        {"x <一) y", "x (一) y"},  // half width, as its partner
        {"《一）按照《条例》", "（一）按照《条例》"},
        {"《条例》第（五》项", "《条例》第（五）项"},
        {"甲\n[1）乙", "甲\n（1）乙"},
        {"〔2)乙", "(2)乙"},  // digits are not Chinese: tidy_text() leaves the width
    };
    for (const auto& [read, tidy] : cases) EXPECT_EQ(tidy_reading(read), tidy) << read;
}

TEST(TidyReading, BracesAreParentheses) {
    EXPECT_EQ(tidy_reading("{三}"), "（三）");
    EXPECT_EQ(tidy_reading("公开｛区分处理）"), "公开（区分处理）");
    EXPECT_EQ(tidy_text("{三}"), "{三}") << "what a text layer says stands";
}

TEST(TidyReading, BracketsThatDoNotMatchAroundTheYearOfADocumentNumber) {
    EXPECT_EQ(tidy_reading("宁政办发(2019] 25号"), "宁政办发〔2019〕 25号");
    EXPECT_EQ(tidy_reading("宁政办发【 2019〕3号"), "宁政办发〔 2019〕3号");
    EXPECT_EQ(tidy_reading("栏政发〔2022）38号"), "栏政发〔2022〕38号");
    EXPECT_EQ(tidy_reading("宁政办发(2019] 3"), "宁政办发〔2019〕 3");  // the line ends
    EXPECT_EQ(tidy_reading("宁政办发(2019)25号"), "宁政办发(2019)25号");
    EXPECT_EQ(tidy_reading("(2019]年"), "(2019]年");
    EXPECT_EQ(tidy_reading("(3019]25号"), "(3019]25号");
    for (const char* stays : {"(201]25号", "办结（2021〕12件", "《预算（2019》20号", "(2019]25"})
        EXPECT_EQ(tidy_reading(stays), stays);
}

TEST(NestTitles, ATitleWithinATitleHasSingleMarks) {
    const std::pair<const char*, const char*> cases[] = {
        {"《关于印发《推进意见》的通知》", "《关于印发〈推进意见〉的通知》"},
        {"《关于印发〈推进意见》的通知》，《条例》", "《关于印发〈推进意见〉的通知》，《条例》"},
        {"〈实施《条例〉办法〉", "《实施〈条例〉办法》"},
        {"《〈条例》办法》", "《〈条例〉办法》"},
    };
    for (const auto& [read, nested] : cases) EXPECT_EQ(nest_titles(read), nested);
}

TEST(NestTitles, OtherMarksStay) {
    const std::string longer = "《关于《条例》" + to_utf8(std::u32string(60, U'字')) + "》";
    for (const std::string text : {"《条例》和《办法》", "〈条例〉", "《条例〉", "《条例和《办法》", "《条例》办法》",
                                   "》《", "", "《关于《条例》。办法》", "《一《二》和《三》》"})
        EXPECT_EQ(nest_titles(text), text);
    EXPECT_EQ(nest_titles(longer), longer);
}

TEST(TidyReading, TitlesAndOtherPairsStay) {
    for (const char* text :
         {"《政府信息公开条例》", "《一》", "〔二〕", "【三】", "《条例（一》", "《一）总体情况》", "（《条例》第一》",
          "《条例）", "《一二三四）", "《2022）", "甲《1）", "〔一》", "《一\n）", "）一《", "《", "（一", "一》", ""})
        EXPECT_EQ(tidy_reading(text), text);
}

TEST(TidyReading, CharactersThatCannotStandThereAreWhatTheyAreTakenFor) {
    EXPECT_EQ(tidy_reading("推进“互联网十政务服务”"), "推进“互联网+政务服务”");
    EXPECT_EQ(tidy_reading("电话：0955一8737499"), "电话：0955—8737499");
    EXPECT_EQ(tidy_reading("至2024年12月31日上。如有疑问"), "至2024年12月31日止。如有疑问");
    for (const char* stays : {"第1一般", "一12", "2一", "一一一"}) EXPECT_EQ(tidy_reading(stays), stays);
    for (const char* stays :
         {"互联网十大新闻", "互联网十", "互联网+政务", "第十条", "31日上午。", "节日上，", "31日上"})
        EXPECT_EQ(tidy_reading(stays), stays);
}

TEST(TidyReading, IsTidy) { EXPECT_EQ(tidy_reading("《 一) 总 体,情况"), "（一）总体，情况"); }

TEST(TextNorm, TidyTextLeavesBracketsThatDoNotMatch) { EXPECT_EQ(tidy_text("《一）"), "《一）"); }

TEST(TextNorm, BadBytesBecomeReplacementCharacters) {
    EXPECT_EQ(to_valid_utf8("a\xFF\xFE"), "a\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(to_valid_utf8("\xED\xA0\x80"), to_valid_utf8(to_valid_utf8("\xED\xA0\x80")));
    EXPECT_NO_THROW(fold("\xC3"));
    EXPECT_NO_THROW(label_key("\xF0\x9F"));
}

TEST(TextNorm, NamesAreEscaped) {
    EXPECT_EQ(escape_name("报告.pdf"), "报告.pdf");
    EXPECT_EQ(escape_name("a\xFF.pdf"), "a\\xFF.pdf");
    EXPECT_EQ(escape_name("a\n\xE2\x80\xAE"
                          "fdp.exe"),
              "a\\u{000A}\\u{202E}fdp.exe");
}

TEST(Similarity, EditDistanceCountsCodePoints) {
    EXPECT_EQ(edit_distance(U"行政处罚", U"行政强制"), 2);
    EXPECT_EQ(edit_distance(U"", U"规章"), 2);
    EXPECT_DOUBLE_EQ(similarity(U"行政处罚", U"行政处罚"), 1);
    EXPECT_DOUBLE_EQ(similarity(U"", U""), 0);
}

TEST(Similarity, ABeginningIsNearlyTheWhole) {
    EXPECT_NEAR(similarity_to_start(U"二部分公开", U"二部分公开区分处理的只计这一情形"), 0.9, 1e-9);
    EXPECT_LT(similarity_to_start(U"其他", U"其他对外管理服务事项"), 0.3);  // too short to tell
}

}  // namespace
}  // namespace biaod::models
