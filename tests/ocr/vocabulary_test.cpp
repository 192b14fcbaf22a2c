#include "ocr/vocabulary.hpp"

#include <gtest/gtest.h>

#include "models/text_norm.hpp"

namespace biaod::ocr {
namespace {

const Vocabulary& words() {
    static const Vocabulary vocabulary({"自然人", "行政处罚", "（二）部分公开（区分处理的，只计这一情形）", "规"});
    return vocabulary;
}

std::string phrase_near(const std::string& text) {
    const auto candidate = words().near(text);
    return candidate ? models::to_utf8(candidate->phrase) : "none";
}

const std::string kLong = "(二)部分公开(区分处理的,只计这一情形)";  // folded

TEST(Vocabulary, ANearTextIsACandidate) {
    EXPECT_EQ(phrase_near("自然入"), "自然人");
    EXPECT_EQ(phrase_near("目 然 人"), "自然人");
    EXPECT_EQ(phrase_near("行政处训"), "行政处罚");
    EXPECT_EQ(phrase_near("（二）部分公升（区分处理的，只计这一情形）"), kLong);
}

TEST(Vocabulary, ATornPhraseIsNearAtEitherEnd) {
    EXPECT_EQ(phrase_near("（二）部分公升（区分"), kLong);
    EXPECT_EQ(phrase_near("只计这一清形）"), kLong);
    EXPECT_EQ(phrase_near("公升（区分处理"), "none") << "the middle of a phrase is no part that a page break leaves";
}

TEST(Vocabulary, WhatIsEqualNeedsNoSecondReading) {
    EXPECT_EQ(phrase_near("自然人"), "none");
    EXPECT_EQ(phrase_near("自 然\n人"), "none");
    EXPECT_EQ(phrase_near("(二)部分公开(区分"), "none") << "a beginning";
    EXPECT_EQ(phrase_near("只计这一情形)"), "none") << "an end";
}

TEST(Vocabulary, AWholePhraseIsKnown) {
    EXPECT_TRUE(words().knows("自 然人"));
    EXPECT_TRUE(words().knows("(二)部分公开（区分处理的，只计这一情形）"));
    for (const char* text : {"自然入", "(二)部分公开(区分", "", "规"}) EXPECT_FALSE(words().knows(text)) << text;
    EXPECT_NEAR(words().near("自然入")->distance, 1.0 / 3, 1e-9);
    EXPECT_NEAR(words().near("行政处罚了")->distance, 1.0 / 4, 1e-9);
}

TEST(Vocabulary, WhatMayBeAnotherPhraseIsNotSure) {
    const Vocabulary items({"第二十条第（六）项", "第二十条第（八）项", "第二十条第（六）项内容", "自然人",
                            "总金额（单位：元）", "总金额（单位：万元）"});
    EXPECT_TRUE(items.is_sure_of("自 然人"));
    EXPECT_TRUE(items.is_sure_of("第二十条第(六)项内容"));
    EXPECT_FALSE(items.is_sure_of("第二十条第(六)项"));
    EXPECT_FALSE(items.is_sure_of("自然"));
    for (const char* unit : {"总金额（单位：元）", "总金额（单位：万元）"})
        EXPECT_FALSE(items.is_sure_of(unit)) << unit;
}

TEST(Vocabulary, WhatIsTooFarOrTooShortIsNoCandidate) {
    EXPECT_EQ(phrase_near("申请数量"), "none");
    EXPECT_EQ(phrase_near("自己"), "none");
    EXPECT_EQ(phrase_near("人"), "none");
    EXPECT_EQ(phrase_near("0"), "none");
    EXPECT_EQ(phrase_near("视"), "none") << "phrases of one character are not compared";
    EXPECT_EQ(phrase_near(""), "none");
}

TEST(Vocabulary, ASecondReadingMayUseThePhraseAndTheShapesOfItsMarks) {
    const auto candidate = words().near("（二）部分公升（区分处理的，只计这一情形）");
    ASSERT_TRUE(candidate);
    const std::u32string may = models::to_code_points(candidate->characters);
    for (const char32_t c : U"部分公开情形()（）,，")
        EXPECT_TRUE(c == 0 || may.find(c) != may.npos) << std::uint32_t{c};
    EXPECT_EQ(may.find(U'升'), may.npos);
    EXPECT_EQ(may.find(U'：'), may.npos) << "a mark that the phrase has not";
}

TEST(Vocabulary, ThePhraseConfirmsItself) {
    const auto candidate = words().near("自然入");
    ASSERT_TRUE(candidate);
    EXPECT_TRUE(Vocabulary::confirms(*candidate, "自然入", "自然人"));
    EXPECT_TRUE(Vocabulary::confirms(*candidate, "自然入", "自 然 人"));
    EXPECT_FALSE(Vocabulary::confirms(*candidate, "自然入", "自人"));
    EXPECT_FALSE(Vocabulary::confirms(*candidate, "自然入", ""));
}

TEST(Vocabulary, APartConfirmsAtTheLengthOfTheFirstReading) {
    const std::string first = "部分公升（区分";
    const Vocabulary::Candidate candidate{"", models::fold(kLong)};
    EXPECT_TRUE(Vocabulary::confirms(candidate, first, "（二）部分公开"));
    EXPECT_TRUE(Vocabulary::confirms(candidate, "只计这一清形", "计这一情形）"));
    EXPECT_TRUE(Vocabulary::confirms(candidate, first, "（二）部分公")) << "one character less";
    EXPECT_FALSE(Vocabulary::confirms(candidate, first, "（二）部分")) << "the rest of the line is not confirmed";
    EXPECT_FALSE(Vocabulary::confirms(candidate, first, "部分公开（区分")) << "neither beginning nor end";
    EXPECT_FALSE(Vocabulary::confirms(candidate, "（一", "（二）")) << "too short to tell";
}

}  // namespace
}  // namespace biaod::ocr
