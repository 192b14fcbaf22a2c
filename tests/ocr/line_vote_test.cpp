// Votes on made-up readings.
#include "ocr/line_vote.hpp"

#include <gtest/gtest.h>

#include "tests/ocr/made_up_reading.hpp"

namespace biaod::ocr {
namespace {

using tests::reading;

std::string voted(const std::string& first, const std::string& second, const std::string& third) {
    return vote(reading(first), reading(second), reading(third)).text;
}

TEST(LineVote, TwoOfThreeDecide) {
    EXPECT_EQ(voted("建立健全规童制度", "建立健全规章制度", "建立健全规章制度"), "建立健全规章制度");
    EXPECT_EQ(voted("建立健全规章制度", "建立健全规童制度", "建立健全规章制度"), "建立健全规章制度");
}

TEST(LineVote, WhereAllDifferTheFirstStands) { EXPECT_EQ(voted("规章", "规童", "规竟"), "规章"); }

// 1 and 3 come from one network, which repeats its mistakes.
TEST(LineVote, TheOtherNetworkWinsWhereItIsSurer) {
    const auto with = [](const char* text, double confidence) {
        Reading out = reading(text);
        out.symbols[1].confidence = confidence;
        return out;
    };
    EXPECT_EQ(vote(with("六爹会", 0.92), with("六全会", 0.96), with("六例会", 0.94)).text, "六全会") << "all differ";
    EXPECT_EQ(vote(with("六爹会", 0.92), with("六全会", 0.90), with("六例会", 0.97)).text, "六爹会");
    EXPECT_EQ(vote(with("三估及", 0.90), with("三危及", 0.97), with("三估及", 0.85)).text, "三危及") << "against two";
    EXPECT_EQ(vote(with("三估及", 0.90), with("三危及", 0.94), with("三估及", 0.85)).text, "三估及")
        << "not sure itself";
    EXPECT_EQ(vote(with("两于部", 0.95), with("两干部", 0.98), with("两于部", 0.99)).text, "两于部") << "not surer";
}

TEST(LineVote, WhatNeitherOfTheOthersSeesIsNotThere) {
    EXPECT_EQ(voted("努力保障人民和利益", "努力保障人民利益", "努力保障人民利益"), "努力保障人民利益");
    EXPECT_EQ(voted("人民", "人民和", "人民"), "人民");
}

TEST(LineVote, WhatBothOthersSeeIsAdded) {
    EXPECT_EQ(voted("实施中华", "实施〈中华", "实施〈中华"), "实施〈中华");
    EXPECT_EQ(voted("议制度", "议制度增", "议制度增"), "议制度增");
    EXPECT_EQ(voted("", "一", "一"), "一");
}

TEST(LineVote, WidthsAreTheSameSymbol) {
    EXPECT_EQ(voted("（一）予以公开", "(一)予以公开", "(二)予以公开"), "（一）予以公开");
}

TEST(LineVote, SymbolsKeepThePlacesOfTheFirst) {
    const Reading first = reading("规童制度");
    const Reading out = vote(first, reading("规章制度"), reading("规章制度"));
    ASSERT_EQ(out.symbols.size(), 4u);
    EXPECT_EQ(out.symbols[1].text, "章");
    EXPECT_EQ(out.symbols[1].left, first.symbols[1].left);
}

TEST(LineVote, AWordsSpaceIsKept) {
    Reading words = reading("ab");
    words.symbols[1].starts_word = true;
    EXPECT_EQ(vote(words, words, words).text, "a b");
}

// As the second network puts one between all characters.
TEST(LineVote, TheSecondOnesSpacesAreNot) {
    const auto spaced = [](const std::string& text) {
        Reading out = reading(text);
        for (Symbol& symbol : out.symbols) symbol.starts_word = true;
        return out;
    };
    EXPECT_EQ(vote(reading("群众317人次"), spaced("群众1317人次"), reading("群众1317人次")).text, "群众1317人次");
    EXPECT_EQ(vote(reading("规童制度"), spaced("规章制度"), reading("规章制度")).text, "规章制度");
}

}  // namespace
}  // namespace biaod::ocr
