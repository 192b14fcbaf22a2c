#include "layout/rulings/sheet_lines.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace biaod::layout {
namespace {

constexpr double kUnit = 30;
const cv::Size kPage(1600, 2300);

Ruling level(double y, double from, double to) { return {true, y, from, to, 3, to - from}; }
Ruling upright(double x, double from, double to) { return {false, x, from, to, 3, to - from}; }

// A table of four rows and columns.
std::vector<Ruling> table(double left = 200, double right = 1400, double top = 500, double bottom = 900) {
    std::vector<Ruling> rulings;
    for (int i = 0; i <= 4; ++i) {
        rulings.push_back(level(top + (bottom - top) * i / 4, left, right));
        rulings.push_back(upright(left + (right - left) * i / 4, top, bottom));
    }
    return rulings;
}

// Those that are left of a page's table and `more`, but for the table's, which all stay.
std::vector<Ruling> left_of(const std::vector<Ruling>& more,
                            const std::vector<Ruling>& table = biaod::layout::table()) {
    std::vector<Ruling> rulings = table;
    rulings.insert(rulings.end(), more.begin(), more.end());
    drop_sheet_lines(rulings, kPage, kUnit);
    const auto same = [](const Ruling& a, const Ruling& b) {
        return a.horizontal == b.horizontal && a.at == b.at && a.from == b.from && a.to == b.to;
    };
    for (const Ruling& of_table : table) {
        const auto at = std::ranges::find_if(rulings, [&](const Ruling& r) { return same(r, of_table); });
        EXPECT_NE(at, rulings.end());
        if (at != rulings.end()) rulings.erase(at);
    }
    return rulings;
}

// Found on scans of sheets that lay askew on the glass: the sheet's edge ran beside the tables, and made them one.
TEST(SheetLines, TheEdgesOfTheSheetAreNoRulings) {
    EXPECT_TRUE(left_of({upright(1560, 20, 2280)}).empty());
    EXPECT_TRUE(left_of({upright(1560, 20, 2280), level(15, 30, 1590), level(2290, 10, 1580)}).empty());
    EXPECT_EQ(left_of({upright(1560, 20, 1500)}).size(), 1U) << "not nearly all of the page";
}

TEST(SheetLines, TheGutterOfABookletIsNoRuling) {
    EXPECT_TRUE(left_of({upright(1500, 10, 2290)}).empty());
    EXPECT_EQ(left_of({level(300, 50, 1550)}).size(), 1U) << "a letterhead's line";
}

// A reviewer's: wide tables with few rulings are as long, and are met by as few.
TEST(SheetLines, RulingsOfWideAndHighTablesStay) {
    EXPECT_TRUE(left_of({}, table(100, 1500, 60, 2240)).empty());
    std::vector<Ruling> open_sides{upright(600, 500, 1300), upright(1000, 500, 1300)};
    for (int i = 0; i <= 8; ++i) open_sides.push_back(level(500 + 100 * i, 90, 1510));
    EXPECT_TRUE(left_of({}, open_sides).empty());
    std::vector<Ruling> one_row{level(150, 150, 1450), level(2150, 150, 1450)};
    for (const double x : {150, 400, 1450}) one_row.push_back(upright(x, 150, 2150));
    EXPECT_TRUE(left_of({}, one_row).empty());
    std::vector<Ruling> strip{level(10, 10, 1590), level(2290, 10, 1590)};
    for (const double x : {10, 400, 800, 1200, 1590}) strip.push_back(upright(x, 10, 2290));
    EXPECT_TRUE(left_of({}, strip).empty());
}

TEST(SheetLines, AFoldGoesFromEndToEndInPieces) {
    EXPECT_TRUE(left_of({level(712, 0, 300), level(706, 330, 1200), level(700, 1330, 1595)}).empty());
    EXPECT_TRUE(left_of({upright(800, 5, 2290)}).empty());
    EXPECT_EQ(left_of({level(712, 60, 300), level(706, 330, 1200), level(700, 1330, 1595)}).size(), 3U) << "no end";
    EXPECT_EQ(left_of({level(712, 0, 300), level(706, 330, 1200), level(700, 1330, 1540)}).size(), 3U) << "no end";
    EXPECT_EQ(left_of({level(712, 0, 300), level(706, 330, 900), level(700, 1330, 1595)}).size(), 3U) << "far apart";
    EXPECT_EQ(left_of({level(732, 0, 300), level(706, 330, 1200), level(700, 1330, 1595)}).size(), 3U) << "far off";
    const std::vector<Ruling> short_ones{level(712, 0, 200), level(712, 400, 650), level(712, 850, 1050),
                                         level(712, 1250, 1400), level(712, 1500, 1595)};
    EXPECT_EQ(left_of(short_ones).size(), short_ones.size());
}

TEST(SheetLines, WhatEndsAtRulingsIsNoPieceOfAFold) {
    const std::vector<Ruling> dirt{level(604, 0, 150), level(604, 1450, 1600)};
    EXPECT_TRUE(left_of(dirt).empty()) << "and the table's ruling between stays";
    std::vector<Ruling> wide = table();
    for (const double y : {1200, 1300, 1400}) wide.push_back(level(y, 0, 1600));
    for (const double x : {5, 500, 1000, 1595}) wide.push_back(upright(x, 1200, 1400));
    EXPECT_TRUE(left_of({}, wide).empty());
}

// Short uprights from the picture's edge.
TEST(SheetLines, APaperClipsWiresAreNoRulings) {
    const std::vector<Ruling> clip{upright(700, 2, 300), upright(725, 30, 260), upright(745, 20, 270),
                                   upright(770, 4, 310)};
    EXPECT_TRUE(left_of(clip).empty());
    EXPECT_TRUE(left_of({upright(700, 2000, 2297), upright(770, 1990, 2299)}).empty()) << "below";
    EXPECT_EQ(left_of({clip[0]}).size(), 1U) << "one alone";
    EXPECT_EQ(left_of({clip[0], upright(820, 2, 300)}).size(), 2U) << "too far from each other";
    EXPECT_EQ(left_of({clip[0], upright(770, 60, 310)}).size(), 2U) << "not from the edge";
    EXPECT_EQ(left_of({clip[0], upright(770, 2, 500)}).size(), 2U) << "too long";
    std::vector<Ruling> last_rows;  // of a table, below a page's head
    for (const double y : {320.0, 370.0, 420.0}) last_rows.push_back(level(y, 200, 1400));
    for (const double x : {200.0, 600.0, 1400.0}) last_rows.push_back(upright(x, 320, 420));
    EXPECT_TRUE(left_of(clip, last_rows).empty());
}

// A reviewer's.
TEST(SheetLines, RulingsNearAnEdgeAreNoWires) {
    const std::vector<Ruling> two{upright(700, 2, 300), upright(770, 4, 310)};
    EXPECT_EQ(left_of({level(700, 1300, 1580), level(770, 1300, 1580)}).size(), 2U) << "blanks to be filled in";
    EXPECT_EQ(left_of({two[0], two[1], level(40, 700, 770), level(290, 700, 770)}).size(), 4U) << "a box";
    // Narrow columns of tables that the edge cuts.
    EXPECT_EQ(left_of({two[0], two[1], upright(300, 2, 300), upright(1100, 2, 300)}).size(), 4U);
    EXPECT_EQ(left_of({two[0], two[1], upright(300, 2, 900), upright(1100, 2, 900)}).size(), 4U) << "with higher ones";
    EXPECT_EQ(left_of({two[0], two[1], level(100, 700, 1400), level(200, 700, 1400)}).size(), 4U) << "with rows";
}

TEST(SheetLines, AClipLiesAroundItsWires) {
    std::vector<Ruling> rulings = table();
    for (const double x : {700.0, 770.0}) rulings.push_back(upright(x, 2, 300));
    const std::vector<cv::Rect> clips = drop_sheet_lines(rulings, kPage, kUnit);
    ASSERT_EQ(clips.size(), 1U);
    EXPECT_EQ(clips[0].y, 0);
    EXPECT_NEAR(clips[0].x, 669, 2);
    EXPECT_NEAR(clips[0].br().x, 801, 2);
    EXPECT_NEAR(clips[0].br().y, 330, 2);
    EXPECT_TRUE(drop_sheet_lines(rulings, kPage, kUnit).empty());
}

TEST(SheetLines, ManyLinesFromEndToEndAreAForm) {
    EXPECT_EQ(left_of({level(1200, 0, 1600), level(1300, 0, 1600), level(1400, 0, 1600), level(1500, 0, 1600),
                       upright(600, 1200, 1500), upright(700, 1200, 1500), upright(800, 1200, 1500)})
                  .size(),
              7U);
}

// As when a table was cut out of a page.
TEST(SheetLines, APictureOfNothingButATableKeepsIt) {
    EXPECT_TRUE(left_of({}, table(0, 1600, 0, 2300)).empty());
    EXPECT_TRUE(left_of({}, table(0, 1600, 100, 2200)).empty());
    std::vector<Ruling> two_rows;
    for (const double y : {5, 1150, 2295}) two_rows.push_back(level(y, 0, 1600));
    for (const double x : {5, 800, 1595}) two_rows.push_back(upright(x, 0, 2300));
    EXPECT_TRUE(left_of({}, two_rows).empty());
}

}  // namespace
}  // namespace biaod::layout
