#include "layout/rulings/halftone_rulings.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kCharHeight = 29;  // px, as at 200 dpi
const cv::Rect kHeader(100, 100, 700, 200);

// A header of dots, three in ten points if not said otherwise, on a page of paper.
struct Page {
    cv::Mat ground = cv::Mat::zeros(400, 900, CV_8UC1), ink = ground.clone(), faint = ground.clone();

    explicit Page(std::uint64_t seed = 5, int percent = 30) {
        ground(kHeader).setTo(255);
        cv::Mat dots(kHeader.size(), CV_8UC1);
        cv::RNG random(seed);
        random.fill(dots, cv::RNG::UNIFORM, 0, 100);
        ink(kHeader).setTo(255, dots < percent);
    }
    // Dashes of four points, two thick, with dots between.
    void across(int y, int from, int to) {
        for (int x = from; x + 4 <= to; x += 6) ink(cv::Rect(x, y, 4, 2)).setTo(255);
    }
    void down(int x, int from, int to) {
        for (int y = from; y + 4 <= to; y += 6) ink(cv::Rect(x, y, 2, 4)).setTo(255);
    }
    // The same ruling, found in the table's body.
    void go_on_below(int x) { faint(cv::Rect(x, 320, 2, 70)).setTo(255); }
    void cover(const cv::Rect& writing) {
        ground(writing).setTo(0);
        ink(writing).setTo(0);
    }
    cv::Mat found() const { return rulings_in_halftones(ground, ink, faint, kCharHeight); }
};

// The first and last column of ink in a row and those next to it; -1 without any.
std::pair<int, int> extent(const cv::Mat& rulings, int y) {
    cv::Mat row, points;
    cv::reduce(rulings.rowRange(y - 1, y + 3), row, 0, cv::REDUCE_MAX);
    cv::findNonZero(row, points);
    if (points.empty()) return {-1, -1};
    return {points.at<cv::Point>(0).x, points.at<cv::Point>(static_cast<int>(points.total()) - 1).x};
}

// Found on faxes with dotted rulings: those in grey headers went with the dots, and rows and columns with them.
TEST(HalftoneRulings, DashesAmongDotsAreFound) {
    Page page;
    page.across(160, 100, 800);
    page.across(220, 300, 800);
    for (const int x : {300, 500}) page.down(x, 160, 300);
    const cv::Mat found = page.found();
    EXPECT_NEAR(extent(found, 160).first, 100, 3);
    EXPECT_NEAR(extent(found, 160).second, 800, 3);
    EXPECT_NEAR(extent(found, 220).first, 300, 3) << "no longer than to the upright one";
    for (const int x : {300, 500}) {
        EXPECT_NEAR(extent(found.t(), x).first, 160, 4) << x;
        EXPECT_NEAR(extent(found.t(), x).second, 300, 12) << x;
    }
    cv::Mat others = found.clone();
    for (const int y : {160, 220}) others.rowRange(y - 2, y + 4).setTo(0);
    for (const int x : {300, 500}) others.colRange(x - 2, x + 4).setTo(0);
    EXPECT_EQ(cv::countNonZero(others), 0);
}

// Found on faxes: in dark headers rulings ran on over the dots behind their ends, and parted the next cell.
TEST(HalftoneRulings, AmongManyDotsRulingsEndWhereTheyDo) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Page page(seed, 45);
        page.across(160, 100, 800);
        page.across(220, 200, 600);
        for (int y = 160; y < 300; y += 10) page.ink(cv::Rect(600, y, 2, 9)).setTo(255);
        const auto [from, to] = extent(page.found(), 220);
        EXPECT_NEAR(from, 200, 25) << seed;
        EXPECT_NEAR(to, 600, 3) << seed;
    }
}

TEST(HalftoneRulings, AreasMayBeSmallerThanWhatIsLookedFor) {
    Page page;
    page.ground.setTo(0);
    EXPECT_EQ(cv::countNonZero(page.found()), 0);
    page.ground(cv::Rect(100, 100, 3, 2)).setTo(255);
    EXPECT_EQ(cv::countNonZero(page.found()), 0);
}

TEST(HalftoneRulings, DotsAloneAreNone) { EXPECT_EQ(cv::countNonZero(Page().found()), 0); }

// Where a header's rulings are solid they are found as strokes, and what seems an upright one is a stroke of writing.
TEST(HalftoneRulings, UprightOnesAreLookedForWhereLevelOnesAreDashed) {
    Page page;
    page.down(400, 100, 300);
    EXPECT_EQ(cv::countNonZero(page.found()), 0);
    page.across(160, 100, 800);
    EXPECT_NEAR(extent(page.found().t(), 400).second, 300, 12);
}

TEST(HalftoneRulings, AStrokeOfWritingEndsAtNoLevelOne) {
    Page page;
    for (const int y : {120, 280}) page.across(y, 100, 800);
    for (const cv::Rect& stroke : {cv::Rect(400, 180, 2, 40), cv::Rect(600, 140, 2, 40)}) page.ink(stroke).setTo(255);
    EXPECT_NEAR(extent(page.found().t(), 400).first, 120, 2) << "the level ones alone";
    cv::Mat between = page.found().rowRange(126, 276);
    EXPECT_EQ(cv::countNonZero(between), 0);
}

// Found on a fax: that of a 十 with dots above and below it parted a table's first column.
TEST(HalftoneRulings, AStrokeOfWritingMayReachLevelOnesByChance) {
    Page page;
    for (const int y : {160, 220}) page.across(y, 100, 800);
    for (int y = 160; y < 220; y += 10) page.ink(cv::Rect(600, y, 2, 8)).setTo(255);
    page.ink(cv::Rect(400, 172, 2, 32)).setTo(255);
    for (int y = 163; y < 220; y += 4) page.ink(cv::Rect(400, y, 2, 2)).setTo(255);
    for (const int x : {400, 600}) page.go_on_below(x);
    const cv::Mat between = page.found().rowRange(168, 212);
    EXPECT_GT(cv::countNonZero(between.colRange(596, 606)), 30);
    EXPECT_EQ(cv::countNonZero(between.colRange(390, 412)), 0);
}

// Found on a fax: the bracket of 第二十条第(六)项 parted the row.
TEST(HalftoneRulings, AStrokeOfWritingMayBeBent) {
    Page page;
    for (const int y : {160, 220}) page.across(y, 100, 800);
    for (int y = 174; y < 203; ++y) page.ink(cv::Rect(y > 181 && y < 196 ? 397 : 399, y, 3, 1)).setTo(255);
    for (int y = 163; y < 220; y += 5) page.ink(cv::Rect(400, y, 2, 4)).setTo(255);
    for (int y = 160; y < 220; y += 10) page.ink(cv::Rect(600, y, 3, 8)).setTo(255);
    for (int i = 0; i < 6; ++i) page.ink(cv::Rect(700 + (i % 2 == 0 ? 0 : -1), 160 + 10 * i, 3, 8)).setTo(255);
    for (const int x : {400, 600, 700}) page.go_on_below(x);
    const cv::Mat between = page.found().rowRange(168, 212);
    EXPECT_GT(cv::countNonZero(between.colRange(596, 606)), 30);
    EXPECT_GT(cv::countNonZero(between.colRange(696, 706)), 30) << "dashes that do not stand in line";
    EXPECT_EQ(cv::countNonZero(between.colRange(390, 412)), 0);
}

// Found on a fax: of a 新 the lower half of a stroke was left, which dots above it joined to a ruling.
TEST(HalftoneRulings, AThickStrokeOfWritingMayBeShort) {
    Page page;
    for (const int y : {160, 220}) page.across(y, 100, 800);
    page.ink(cv::Rect(400, 190, 3, 15)).setTo(255);
    for (int y = 163; y < 220; y += 5) page.ink(cv::Rect(400, y, 2, 4)).setTo(255);
    EXPECT_EQ(cv::countNonZero(page.found().rowRange(168, 212).colRange(390, 412)), 0);
}

// What is found of a dotted ruling whose dots and those around it touch, and which goes on `below` a level one or above
// it. There, so many px of writing stand to its `left` and `right`. `hole`: it ends at writing, not at a level one.
int ink_of_ruling(bool below, int left, int right, bool hole = false) {
    Page page;
    const int top = below ? 240 : 100, beyond = below ? 302 : 22;
    for (const int y : {top, top + 58})
        if (!hole || y == (below ? 240 : 158)) page.across(y, 100, 800);
    page.down(400, top, top + 58);
    page.ink(cv::Rect(400, top + 25, 3, 15)).setTo(255);
    if (hole) page.cover({380, below ? 292 : 100, 60, 8});
    for (int y = beyond; y < beyond + 76; y += 8) page.faint(cv::Rect(400, y, 3, 5)).setTo(255);
    page.faint(cv::Rect(396 - left, beyond + 18, left, 40)).setTo(255);
    page.faint(cv::Rect(405, beyond + 18, right, 40)).setTo(255);
    return cv::countNonZero(page.found().rowRange(top + 10, top + 48).colRange(390, 412));
}

TEST(HalftoneRulings, WhatGoesOnBeyondTheLevelOneIsNoStroke) {
    for (const bool below : {false, true}) {
        EXPECT_GT(ink_of_ruling(below, 0, 0), 25) << below;
        EXPECT_EQ(ink_of_ruling(below, 20, 0), 0) << "writing";
        EXPECT_EQ(ink_of_ruling(below, 0, 20), 0) << "writing";
        EXPECT_EQ(ink_of_ruling(below, 0, 0, true), 0) << "no level one at that end";
    }
}

TEST(HalftoneRulings, ALevelOneEndsAtTheFrameThatWasFoundBefore) {
    Page page;
    for (const int y : {160, 240}) page.across(y, 100, 800);
    page.down(140, 100, 300);
    page.faint(cv::Rect(100, 60, 3, 300)).setTo(255);
    EXPECT_NEAR(extent(page.found(), 160).first, 100, 3);
}

TEST(HalftoneRulings, AnUprightOneEndsAtLevelOnesThatWereFoundBefore) {
    Page page;
    page.across(200, 100, 800);
    page.down(400, 222, 282);
    page.go_on_below(400);
    EXPECT_EQ(cv::countNonZero(page.found().rowRange(210, 290)), 0);
    for (const int y : {222, 282}) page.faint(cv::Rect(300, y, 200, 2)).setTo(255);
    EXPECT_NEAR(extent(page.found().t(), 400).second, 282, 9);
}

// Found on a fax: dots and the last stroke of a 项 cut the row in two.
TEST(HalftoneRulings, AnUprightOneOfARowIsInLineWithThatOfAnother) {
    const auto in_row = [](const auto& add) {
        Page page;
        for (const int y : {110, 170, 230, 290}) page.across(y, 100, 800);
        page.down(400, 170, 230);
        add(page);
        return cv::countNonZero(page.found()(cv::Rect(395, 178, 12, 44)));
    };
    EXPECT_EQ(in_row([](Page&) {}), 0);
    EXPECT_GT(in_row([](Page& page) { page.go_on_below(400); }), 30);
    EXPECT_GT(in_row([](Page& page) { page.down(400, 230, 290); }), 30) << "of the same header";
    EXPECT_EQ(in_row([](Page& page) { page.go_on_below(420); }), 0) << "beside it";
    const auto with_others = [](int count) {
        return [count](Page& page) {
            for (int i = 1; i <= count; ++i) page.down(400 + 90 * i, 170, 230);
        };
    };
    EXPECT_GT(in_row(with_others(2)), 30) << "a row of its own";
    EXPECT_EQ(in_row(with_others(1)), 0);
    const auto beside_columns = [&](Page& page) {
        with_others(2)(page);
        for (const int x : {490, 580}) page.go_on_below(x);
    };
    EXPECT_EQ(in_row(beside_columns), 0) << "a stroke beside them";
    EXPECT_EQ(in_row([](Page& page) { page.faint(cv::Rect(400, 320, 2, 50)).setTo(255); }), 0) << "a title's stroke";
}

TEST(HalftoneRulings, AnUprightOneMayEndAtWriting) {
    Page page;
    for (const int y : {120, 280}) page.across(y, 100, 800);
    page.down(400, 120, 280);
    page.cover({380, 170, 60, 50});
    const cv::Mat found = page.found();
    for (const int y : {140, 260}) EXPECT_GT(cv::countNonZero(found(cv::Rect(399, y - 6, 4, 12))), 8) << y;
}

}  // namespace
}  // namespace biaod::layout
