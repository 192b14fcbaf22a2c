// Words in made-up readings.
#include "ocr/words.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/ocr/made_up_reading.hpp"

namespace biaod::ocr {
namespace {

using tests::reading;

bool is_word(const std::string& text) {
    static const std::set<std::string> words{"步骤", "和气", "舆情", "实事求是", "一下", "无", "12"};
    return words.contains(text);
}

TEST(Words, AnIdeographOutsideOfThemIsOdd) {
    const auto odd = [](const std::string& text) {
        const Reading line = reading(text);
        std::string found;
        for (std::size_t i = 0; i < line.symbols.size(); ++i)
            if (is_odd(line.symbols, i, is_word)) found += line.symbols[i].text;
        return found;
    };
    EXPECT_EQ(odd("施步骤、"), "施");
    EXPECT_EQ(odd("要实事求是啊"), "要啊") << "of four";
    EXPECT_EQ(odd("无12年"), "无年") << "digits are no characters, and one is no word";
    EXPECT_EQ(odd("骤步"), "骤步");
    EXPECT_EQ(odd(""), "");
}

// Found in real reports, in which networks know some characters hardly.
TEST(Words, WhatMakesOneIsTaken) {
    const auto taken = [](const std::string& text, const std::string& other) {
        Reading line = reading(text);
        take_words(line, reading(other), is_word);
        return line.text;
    };
    EXPECT_EQ(taken("实施步又、责任", "实施步骤、责任"), "实施步骤、责任");
    EXPECT_EQ(taken("和与情", "和舆情"), "和舆情");
    EXPECT_EQ(taken("和气情", "和舆情"), "和气情") << "it is in one as well";
    EXPECT_EQ(taken("步又", "步人"), "步又") << "nor is that one";
    EXPECT_EQ(taken("步,", "步骤"), "步,");
    EXPECT_EQ(taken("步又", "步1"), "步又");
    EXPECT_EQ(taken("施步又", "施步"), "施步又") << "nothing is there";
    EXPECT_EQ(taken("实事求士", "步骤实事求是"), "实事求是") << "other symbols stand before it";
}

// As the names of people and places, which make no words either.
TEST(Words, WhatIsSureStays) {
    Reading line = reading("步又");
    line.symbols[1].confidence = 0.99;
    take_words(line, reading("步骤"), is_word);
    EXPECT_EQ(line.text, "步又");
}

TEST(Words, WhatIsTakenBringsItsConfidenceNotItsPlace) {
    Reading line = reading("步又"), other = reading("步骤");
    other.symbols[1] = {"骤", 0.7, 500, 600, true};
    take_words(line, other, is_word);
    EXPECT_EQ(line.symbols[1].confidence, 0.7);
    EXPECT_EQ(line.weakest, 0.7);
    EXPECT_EQ(line.symbols[1].left, 36);
    EXPECT_EQ(line.text, "步骤") << "no space";
}

}  // namespace
}  // namespace biaod::ocr
