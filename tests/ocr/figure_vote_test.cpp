#include "ocr/figure_vote.hpp"

#include <gtest/gtest.h>

#include <initializer_list>

#include "ocr/engine.hpp"

namespace biaod::ocr {
namespace {

Reading reading(const std::string& text, double weakest = 0.9) {
    Reading out;
    out.text = text;
    out.weakest = weakest;
    return out;
}

std::vector<Reading> readings(std::initializer_list<const char*> texts) {
    std::vector<Reading> out;
    for (const char* text : texts) out.push_back(reading(text));
    return out;
}

Reading look(std::initializer_list<double> confidences) {
    Reading out;
    for (const double confidence : confidences) out.symbols.push_back({"1", confidence});
    return out;
}

InkOfFigure any_ink() {
    return {[](const Reading&) { return true; }};
}

TEST(FigureVote, WhatMostSayIsPublishedWithTheDoubt) {
    const FigureText figure = vote_on_figure(readings({"12", "72", "12", "\uff11\uff12", "77"}), any_ink());
    EXPECT_EQ(figure.text, "12");
    EXPECT_EQ(figure.second, "72");
    EXPECT_LE(figure.confidence, kDisagreement);
}

TEST(FigureVote, WhatTheInkMayHoldIsHeardFirst) {
    InkOfFigure ink{[](const Reading& r) { return r.text.size() == 2; }};
    const FigureText figure = vote_on_figure(readings({"1", "1", "11", "1"}), ink);
    EXPECT_EQ(figure.text, "11");
    EXPECT_EQ(figure.second, "1");
    ink.holds = [](const Reading&) { return false; };
    EXPECT_EQ(vote_on_figure(readings({"1", "1", "11", "1"}), ink).text, "1") << "where it may hold none, all are";
}

// Found on clean scans, in a font whose ones touch: 11 between zeros was read as 01, and 1.
TEST(FigureVote, AZeroThatLeadsIsOneOfThoseBeside) {
    const FigureText figure = vote_on_figure(readings({"11", "01", "01"}), any_ink());
    EXPECT_EQ(figure.text, "11");
    EXPECT_EQ(figure.second, "01");
    EXPECT_EQ(vote_on_figure(readings({"0.5", "0.5", "5"}), any_ink()).text, "0.5");
    const InkOfFigure two{[](const Reading& r) { return r.text.size() == 2; }};
    EXPECT_EQ(vote_on_figure(readings({"1", "1", "01"}), two).text, "01") << "where the ink may hold nothing else";

    const auto any = any_ink().holds;
    EXPECT_TRUE(explains_merged(readings({"1", "01"}), "11", any));
    EXPECT_FALSE(explains_merged(readings({"01", "01"}), "11", any)) << "nobody read one of its digits";
    EXPECT_FALSE(explains_merged(readings({"1", "17"}), "11", any));
    EXPECT_FALSE(explains_merged(readings({"1", "07"}), "11", any)) << "what is behind the zero denies it";
    EXPECT_FALSE(explains_merged(readings({"01", "01"}), "011", any));
    EXPECT_TRUE(explains_merged(readings({"1", "17"}), "11", [](const Reading& r) { return r.text != "17"; }));
}

// As where both networks read 124 as 1224.
TEST(FigureVote, WhatAllSayAgainstTheInkIsADoubtWithoutASecond) {
    const FigureText figure = vote_on_figure(readings({"1224", "1224"}), {[](const Reading&) { return false; }});
    EXPECT_EQ(figure.text, "1224");
    EXPECT_FALSE(figure.second);
    EXPECT_LE(figure.confidence, kDisagreement);
}

// 元 behind a figure is two digits to the English network.
TEST(FigureVote, OfWhatIsTallWordsAreHeardFirst) {
    InkOfFigure ink = any_ink();
    const std::vector<Reading> said = readings({"5元", "570", "570", "5元", "570"});
    EXPECT_EQ(vote_on_figure(said, ink).text, "570");
    ink.has_tall_parts = true;
    const FigureText figure = vote_on_figure(said, ink);
    EXPECT_EQ(figure.text, "5元");
    EXPECT_EQ(figure.second, "570");
    EXPECT_EQ(vote_on_figure(readings({"57", "51", "57"}), ink).text, "57") << "there may be none";
}

// Found on faxes: the 7 was a third reading.
TEST(FigureVote, ASevenBesideASlashIsTheSecondReading) {
    EXPECT_EQ(vote_on_figure(readings({"/", "1", "/", "7", "/"}), any_ink()).second, "7");
    EXPECT_EQ(vote_on_figure(readings({"/", "1", "/"}), any_ink()).second, "1");
    EXPECT_EQ(vote_on_figure(readings({"4", "1", "4", "7", "4"}), any_ink()).second, "1") << "no slash";
}

TEST(FigureVote, AMinusThatIsInTheInkIsNoDoubt) {
    InkOfFigure ink = any_ink();
    EXPECT_EQ(vote_on_figure(readings({"11", "-11", "11"}), ink).second, "-11");
    ink.leads_with_dash = true;
    for (const auto& said : {readings({"11", "-11", "11"}), readings({"-11", "11", "-11"})}) {
        const FigureText figure = vote_on_figure(said, ink);
        EXPECT_EQ(figure.text, "-11");
        EXPECT_FALSE(figure.second);
        EXPECT_EQ(figure.confidence, 0.9);
    }
    EXPECT_EQ(vote_on_figure(readings({"11", "-17", "11"}), ink).second, "-17") << "another figure";
}

TEST(FigureVote, AMinusAsWideAsACharacterIsOne) {
    EXPECT_EQ(tidy_figure("--5"), "-5");
    EXPECT_EQ(tidy_figure("-5"), "-5");
    EXPECT_EQ(tidy_figure("5--"), "5--");
    EXPECT_TRUE(same_figure(reading("--5"), reading("\uff0d5")));
    EXPECT_FALSE(same_figure(reading("-5"), reading("5")));
    const FigureText figure = agreed(reading("--5", 0.7), reading("-5", 0.8));
    EXPECT_EQ(figure.text, "-5");
    EXPECT_EQ(figure.confidence, 0.8);
}

TEST(FigureVote, DigitsThatAreMergedFollowTheSame) {
    for (const char* merged : {"2011", "201"}) EXPECT_TRUE(merges_digits(merged, "2011"));
    for (const char* other : {"", "211", "20111", "2017", "01"}) EXPECT_FALSE(merges_digits(other, "2011")) << other;
    EXPECT_FALSE(merges_digits("1.1", "1..1")) << "marks are not";
}

TEST(FigureVote, TwoNetworksAreSurerThanOne) {
    EXPECT_NEAR(sure_together({look({0.8, 0.9})}, {look({0.9, 0.9})}), 0.98, 1e-9) << "the least sure symbol counts";
    EXPECT_NEAR(sure_together({look({0.7}), look({0.9})}, {look({0.8}), look({0.6})}), 0.98, 1e-9) << "the surest look";
    EXPECT_EQ(sure_together({look({0.59, 1})}, {look({1, 1})}), 0) << "all but sure of none";
    EXPECT_EQ(sure_together({look({1, 1})}, {look({1, 1}), look({1})}), 0) << "another number of symbols";
}

}  // namespace
}  // namespace biaod::ocr
