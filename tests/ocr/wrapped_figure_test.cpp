#include "ocr/wrapped_figure.hpp"

#include <gtest/gtest.h>

namespace biaod::ocr {
namespace {

FigureText part(const std::string& text, double confidence = 0.98) { return {text, confidence, std::nullopt}; }

TEST(WrappedFigure, ItsPartsAreOneNumber) {
    const auto figure = wrapped_figure({part("124"), part("6", 0.975)}, "124 6");
    ASSERT_TRUE(figure);
    EXPECT_EQ(figure->text, "1246");
    EXPECT_EQ(figure->confidence, 0.975);
    EXPECT_FALSE(figure->second);
    EXPECT_EQ(wrapped_figure({part("1,24"), part("6")}, "1,246").value_or(FigureText()).text, "1,246");
}

// Found on scans: in one row with 124 a lone 6 of a round face was read as 06.
TEST(WrappedFigure, WhatTheLinesSayInOneRowIsTheSecondReading) {
    const auto figure = wrapped_figure({part("124"), part("6")}, "124 06");
    ASSERT_TRUE(figure);
    EXPECT_EQ(figure->text, "1246");
    EXPECT_EQ(figure->second, "12406");
    EXPECT_LE(figure->confidence, kDisagreement);
}

// Found on a fax: 2,29 over a 7, whose comma both networks read as a point.
TEST(WrappedFigure, APointBeforeThreeDigitsMayBeAComma) {
    FigureText pointed = part("2.29", kDisagreement);
    pointed.second = "2,29";
    for (const FigureText& first : {part("2.29"), pointed}) {
        const auto figure = wrapped_figure({first, part("7")}, "2.297");
        ASSERT_TRUE(figure);
        EXPECT_EQ(figure->text, "2.297");
        EXPECT_EQ(figure->second, "2,297");
        EXPECT_EQ(figure->confidence, kDisagreement);
    }
    const auto seen_in_row = wrapped_figure({part("2.29"), part("7")}, "2.291");
    ASSERT_TRUE(seen_in_row);
    EXPECT_EQ(seen_in_row->second, "2.291");
    pointed.confidence = 0.3;
    EXPECT_FALSE(wrapped_figure({pointed, part("7")}, "2.297"));
    pointed = part("2.29", kDisagreement);
    pointed.second = "2,20";
    EXPECT_FALSE(wrapped_figure({pointed, part("7")}, "2.297"));
}

TEST(WrappedFigure, AMarkThatWasDoubtedInAPartIsDoubtedInTheWhole) {
    FigureText pointed = part("1.5", kDisagreement);
    pointed.second = "1,5";
    const auto figure = wrapped_figure({pointed, part("0")}, "1.50");
    ASSERT_TRUE(figure);
    EXPECT_EQ(figure->text, "1.50");
    EXPECT_EQ(figure->second, "1,50");
    EXPECT_EQ(figure->confidence, kDisagreement);
    const auto sure = wrapped_figure({part("32.2"), part("5")}, "32.25");
    ASSERT_TRUE(sure);
    EXPECT_FALSE(sure->second);
}

TEST(WrappedFigure, WhatIsNotReadSurelyOrIsNoNumberIsNone) {
    FigureText doubted = part("6");
    doubted.second = "0";
    for (const std::vector<FigureText>& parts : {std::vector{part("124"), part("6", 0.9)},
                                                 {part("124"), part("")},
                                                 {part("124"), doubted},
                                                 {part("124"), part("-6")},
                                                 {part("1,24"), part("63")}})
        EXPECT_FALSE(wrapped_figure(parts, "124 6")) << parts[1].text;
}

// Two figures of one width below each other, or with room between them, are two.
TEST(WrappedFigure, ItFillsAllLinesButTheLast) {
    const cv::Rect full(0, 0, 60, 20), rest(0, 26, 20, 20);
    EXPECT_TRUE(may_be_wrapped({full, rest}, 70, 24));
    EXPECT_FALSE(may_be_wrapped({full, rest}, 200, 24));
    EXPECT_FALSE(may_be_wrapped({full, rest + cv::Point(0, 20)}, 70, 24));
    EXPECT_FALSE(may_be_wrapped({full, {0, 26, 55, 20}}, 70, 24));
}

// Found on scans: a rest of a double ruling behind 77,129.2959 was a line of its own, and the two together no figure.
TEST(WrappedFigure, BesideSpecksItIsTheOnlyOne) {
    EXPECT_EQ(only_figure({part("77,129.2959"), part("")}), "77,129.2959");
    EXPECT_EQ(only_figure({part("-"), part("35298"), part("1")}), "35298");
    EXPECT_EQ(only_figure({part("1"), part("/")}), "1");
    for (const char* other : {"7", "11", "-1"}) EXPECT_FALSE(only_figure({part("35298"), part(other)})) << other;
    EXPECT_FALSE(only_figure({part("1"), part("1")}));
    EXPECT_FALSE(only_figure({part("-"), part("")}));
    FigureText short_of_ink = part("352");
    short_of_ink.covers_ink = false;
    EXPECT_FALSE(only_figure({short_of_ink, part("")}));
}

}  // namespace
}  // namespace biaod::ocr
