#include "models/number.hpp"

#include <gtest/gtest.h>

namespace biaod::models {
namespace {

const FigureWords words{{"元", "万元", "件"}, {"增", "增加"}, {"减"}, {"无"}};

struct Case {
    const char* printed;
    const char* value;
    const char* unit = "";
    bool has_sign = false;
};

class Numbers : public ::testing::TestWithParam<Case> {};

INSTANTIATE_TEST_SUITE_P(Printed, Numbers,
                         ::testing::Values(Case{"0", "0"}, Case{"3.2", "3.2"}, Case{"72701.2578", "72701.2578"},
                                           Case{"1573179", "1573179"}, Case{"1,444,400", "1444400"},
                                           Case{"1444400 元", "1444400", "元"},
                                           Case{"103.3879万元", "103.3879", "万元"}, Case{"+19", "19", "", true},
                                           Case{"减4", "-4", "", true}, Case{"增加 7", "7", "", true},
                                           Case{"－253", "-253", "", true}, Case{"—253", "-253", "", true},
                                           Case{"１２．５０", "12.5"}, Case{"12\n", "12"}, Case{"0件", "0", "件"},
                                           Case{"1，234", "1234"}, Case{"0.0000", "0"},
                                           Case{"1,234,567.89", "1234567.89"}));

TEST_P(Numbers, AreRead) {
    const Figure figure = read_figure(GetParam().printed, words);
    ASSERT_EQ(figure.kind, FigureKind::number) << GetParam().printed;
    EXPECT_EQ(figure.value.to_string(), GetParam().value);
    EXPECT_EQ(figure.unit, GetParam().unit);
    EXPECT_EQ(figure.has_sign, GetParam().has_sign);
    EXPECT_FALSE(figure.doubtful);
}

TEST(ReadFigure, NothingAndDashes) {
    for (const char* text : {"", " ", "\n", "　"}) EXPECT_EQ(read_figure(text, words).kind, FigureKind::blank) << text;
    for (const char* text : {"/", "-", "—", "——", "－", "无", "／"})
        EXPECT_EQ(read_figure(text, words).kind, FigureKind::dash) << text;
}

TEST(ReadFigure, WhatIsNoFigure) {
    for (const char* text : {"规章", "1.2.3", "12a", "1,23", "1,2345", ",123", "12.", ".5", "元", "+", "一", "O",
                             "99999999999999999999", "1-2", "\xFF"}) {
        const FigureKind kind = read_figure(text, words).kind;
        EXPECT_EQ(kind, FigureKind::not_a_figure) << text;
    }
}

TEST(ReadFigure, OddPrintIsDoubtful) {
    EXPECT_TRUE(read_figure("0 0", words).doubtful);
    EXPECT_TRUE(read_figure("007", words).doubtful);
    EXPECT_FALSE(read_figure("0.5", words).doubtful);
}

// Found on speckled scans, and on those that were ticked off: a figure with a mark beside it was unreadable.
TEST(ReadMarredFigure, AMarkAtOneEndIsLeftOut) {
    for (const char* text : {"25.", ".25", "25,", "，25", "25-", "25/", "25V", "25 v", "25√"}) {
        const Figure figure = read_marred_figure(text, words);
        EXPECT_EQ(figure.kind, FigureKind::number) << text;
        EXPECT_EQ(figure.value, Decimal::whole(25)) << text;
        EXPECT_TRUE(figure.doubtful) << text;
    }
    for (const char* text : {".25.", "- 1 -", "25..", "2.5.1", ".", "a.", "1-2", "规章-"})
        EXPECT_EQ(read_marred_figure(text, words).kind, FigureKind::not_a_figure) << text;
    EXPECT_EQ(read_marred_figure("-25", words).value, Decimal::whole(-25));
    EXPECT_FALSE(read_marred_figure("25", words).doubtful);
}

TEST(Decimal, SumsAreExact) {
    const auto tenth = *Decimal::parse("0.1"), fifth = *Decimal::parse("0.2");
    EXPECT_EQ(*Decimal::sum(tenth, fifth), *Decimal::parse("0.3"));
    EXPECT_EQ(Decimal::sum(*Decimal::parse("2.50"), *Decimal::parse("-0.5"))->to_string(), "2");
    EXPECT_EQ(Decimal::parse("-0.05")->to_string(), "-0.05");
}

TEST(Decimal, OverflowIsNoSum) {
    const auto large = *Decimal::parse("9223372036854775807");
    EXPECT_FALSE(Decimal::sum(large, Decimal::whole(1)));
    EXPECT_FALSE(Decimal::sum(large, *Decimal::parse("0.1")));
    EXPECT_FALSE(Decimal::parse("9223372036854775808"));
    EXPECT_FALSE(Decimal::parse("0.1234567891"));
}

TEST(Decimal, JsonIsWholeOrNearest) {
    EXPECT_EQ(Decimal::parse("12")->to_json().dump(), "12");
    EXPECT_EQ(Decimal::parse("3.20")->to_json().dump(), "3.2");
    EXPECT_EQ(Decimal::parse("72701.2578")->to_json().dump(), "72701.2578");
}

TEST(Decimal, ComesBackFromJson) {
    for (const char* text : {"0", "12", "-4", "3.2", "72701.2578", "0.000000001", "9223372036854775807"})
        EXPECT_EQ(Decimal::from_json(Decimal::parse(text)->to_json())->to_string(), text);
    EXPECT_EQ(Decimal::from_json(2.0)->to_string(), "2");
    for (const nlohmann::ordered_json& other :
         {nlohmann::ordered_json(1e300), nlohmann::ordered_json("12"), nlohmann::ordered_json(nullptr),
          nlohmann::ordered_json(1e-12), nlohmann::ordered_json(18446744073709551615u)})
        EXPECT_FALSE(Decimal::from_json(other));
}

}  // namespace
}  // namespace biaod::models
