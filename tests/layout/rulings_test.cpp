#include "layout/rulings/rulings.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <opencv2/imgproc.hpp>

#include "layout/ink_pieces.hpp"

namespace biaod::layout {
namespace {

constexpr int kUnit = 40;

struct Page {
    cv::Mat ink = cv::Mat::zeros(600, 900, CV_8UC1);

    void line(int x0, int y0, int x1, int y1, int width = 3) { cv::line(ink, {x0, y0}, {x1, y1}, 255, width); }

    std::vector<Ruling> rulings() const {
        const cv::Mat rest = InkPieces(ink).without_writing(ink, kUnit);
        return find_rulings(find_ruling_runs(rest, kUnit), ink, kUnit);
    }
};

int count(const std::vector<Ruling>& rulings, bool horizontal) {
    int n = 0;
    for (const Ruling& r : rulings) n += r.horizontal == horizontal;
    return n;
}

TEST(Rulings, GapsAreJoined) {
    Page page;
    page.line(100, 200, 380, 200);
    page.line(420, 201, 800, 201);  // one character's width apart, a pixel lower
    const auto rulings = page.rulings();
    ASSERT_EQ(rulings.size(), 1u);
    EXPECT_NEAR(rulings[0].from, 100, 3);
    EXPECT_NEAR(rulings[0].to, 801, 3);
    EXPECT_NEAR(rulings[0].at, 200.5, 1.5);
    EXPECT_LT(rulings[0].inked, rulings[0].length());
}

// Found on a fax: of a row that a page's end cut off the verticals began a little below the ruling, with writing close
// beside them.
TEST(Rulings, VerticalsThatHangInARowAreRulings) {
    Page page;
    page.line(100, 200, 800, 200);
    for (const int x : {100, 800}) page.line(x, 200, x, 290);
    for (const int x : {250, 400, 550}) {
        page.line(x, 222, x, 290);
        cv::rectangle(page.ink, {x + 6, 235, 34, 24}, 255, 3);
    }
    EXPECT_EQ(count(page.rulings(), false), 5);
    // Two strokes of one character are no row, nor is what ends before a row does.
    Page stroke;
    for (const int y : {200, 300}) stroke.line(100, y, 800, y);
    for (const int x : {100, 800}) stroke.line(x, 200, x, 300);
    for (const int x : {400, 410}) stroke.line(x, 222, x, 301);
    EXPECT_EQ(count(stroke.rulings(), false), 2);
}

// Found on a fax: of a row that a page's end cut off one vertical had lost its upper end.
TEST(Rulings, AVerticalEndsWithOthersOfItsRow) {
    const auto verticals = [](int from, int to, bool beside) {
        Page page;
        page.line(100, 200, 800, 200);
        for (const int x : {100, 250, 550, 800}) page.line(x, 200, x, 290);
        page.line(400, from, 400, to);
        if (beside) cv::rectangle(page.ink, {406, 230, 34, 58}, 255, 3);
        return count(page.rulings(), false);
    };
    EXPECT_EQ(verticals(230, 290, false), 5);
    EXPECT_EQ(verticals(230, 290, true), 4) << "a stroke of writing";
    EXPECT_EQ(verticals(230, 275, false), 4) << "ends before the row";
    EXPECT_EQ(verticals(250, 290, false), 4) << "too short";
}

// Found on a photograph: below a seal's ring and its star a vertical of three rows was left in the middle one, and a
// part of the row above.
TEST(Rulings, AVerticalThatSpansARowGoesOnOverARuling) {
    const auto found = [](int from, int to, int row, const std::function<void(Page&)>& spoil = {}) {
        Page page;
        for (int i = 0; i < 4; ++i) page.line(100, 200 + i * row, 800, 200 + i * row);
        for (const int x : {100, 800}) page.line(x, 200, x, 200 + 3 * row);
        page.line(400, from, 400, to);
        if (spoil) spoil(page);
        return page.rulings();
    };
    EXPECT_EQ(count(found(225, 320, 60), false), 3);
    EXPECT_EQ(count(found(235, 345, 60), false), 3) << "past both rulings";
    EXPECT_EQ(count(found(225, 300, 60), false), 2) << "ends before the row";
    EXPECT_EQ(count(found(225, 288, 60), false), 2) << "in no row whole";
    const auto doubled = [](Page& page) { page.line(100, 270, 800, 270); };
    EXPECT_EQ(count(found(225, 295, 60, doubled), false), 2) << "two strokes of one ruling";
    const auto writing = [](Page& page) { cv::rectangle(page.ink, {406, 270, 34, 38}, 255, 3); };
    EXPECT_EQ(count(found(225, 320, 60, writing), false), 2) << "a stroke of writing";
    const auto broken = [](Page& page) { page.ink(cv::Rect(390, 270, 20, 9)).setTo(0); };
    EXPECT_EQ(count(found(223, 326, 60, broken), false), 2) << "strokes of writing, one below the other";
    Page columns;
    for (const int x : {200, 260, 320, 380}) columns.line(x, 100, x, 500);
    for (const int y : {100, 500}) columns.line(200, y, 380, y);
    columns.line(225, 300, 320, 300);
    EXPECT_EQ(count(columns.rulings(), true), 2) << "no row, but a column";
}

// Found on a scan: the strokes of a heading made a row of it, for a vertical of the table below was joined to one. And
// on faxes: those of a header's cell, which stand close above its ruling.
TEST(Rulings, AVerticalIsNotJoinedToAStrokeOfTheHeadingAbove) {
    const auto from = [](bool writing, int foot) {
        Page page;
        for (const int y : {300, 500}) page.line(100, y, 800, y);
        for (const int x : {100, 400, 800}) page.line(x, 300, x, 500);
        page.line(400, foot - 50, 400, foot);
        if (writing) cv::rectangle(page.ink, {412, foot - 48, 30, 46}, 255, 3);
        double first = 600;
        for (const Ruling& r : page.rulings())
            if (!r.horizontal && std::abs(r.at - 400) < 5) first = std::min(first, r.from);
        return first;
    };
    for (const int foot : {265, 285}) {
        EXPECT_NEAR(from(true, foot), 300, 3) << foot;
        EXPECT_NEAR(from(false, foot), foot - 50, 3) << "the rest of a vertical";
    }
    const auto in_header = [](int top) {
        Page page;
        for (const int y : {top, 300, 500}) page.line(100, y, 800, y);
        for (const int x : {100, 400, 800}) page.line(x, 300, x, 500);
        page.line(400, 235, 400, 285);
        cv::rectangle(page.ink, {412, 237, 30, 46}, 255, 3);
        double first = 600;
        for (const Ruling& r : page.rulings())
            if (!r.horizontal && std::abs(r.at - 400) < 5) first = std::min(first, r.from);
        return first;
    };
    EXPECT_NEAR(in_header(224), 230, 8) << "as high as its row, worn at both ends";
    EXPECT_NEAR(in_header(180), 300, 3);
}

// Found where a page tore a row below a repeated header: beside the first column, which the row before went on in, the
// double rulings of both made a bar, and the place between their strokes was taken for one stroke with ink beside it.
TEST(Rulings, ABarAtTheEndOfADoubleRulingIsNoneOfItsStrokes) {
    const auto with_second = [](int from) {
        Page page;
        for (const int y : {100, 300, 500}) page.line(100, y, 800, y, 4);
        page.line(100, 305, 200, 305, 15);
        page.line(from, 311, 800, 311, 4);
        for (const int x : {100, 800}) page.line(x, 100, x, 500, 4);
        std::vector<Ruling> between;
        for (const Ruling& r : page.rulings())
            if (r.horizontal && r.at > 200 && r.at < 400) between.push_back(r);
        return between;
    };
    const std::vector<Ruling> apart = with_second(220), joined = with_second(100);
    ASSERT_EQ(apart.size(), 2u);
    EXPECT_NEAR(apart[0].at + apart[1].at, 300 + 311, 3);
    EXPECT_NEAR(std::abs(apart[0].at - apart[1].at), 11, 1);
    ASSERT_EQ(joined.size(), 1u);
    EXPECT_NEAR(joined[0].at, 305.5, 1);
    EXPECT_GT(joined[0].thickness, 10);
}

// Found on a slanted scan: the same where the strokes are close to each other, and the bar is long.
TEST(Rulings, ABarAtTheEndOfACloseDoubleRulingIsNoneOfItsStrokes) {
    Page page;
    for (const int y : {100, 298, 500}) page.ink(cv::Rect(100, y, 700, 5)).setTo(255);
    page.ink(cv::Rect(100, 298, 150, 16)).setTo(255);
    page.ink(cv::Rect(270, 309, 530, 5)).setTo(255);
    page.ink(cv::Rect(460, 298, 20, 5)).setTo(0);
    for (const int x : {100, 797}) page.line(x, 100, x, 500, 4);
    const auto is_between = [](const Ruling& r) { return r.horizontal && r.at > 200 && r.at < 400; };
    const std::vector<Ruling> all = page.rulings();
    const auto between = std::ranges::find_if(all, is_between);
    ASSERT_NE(between, all.end());
    EXPECT_EQ(std::ranges::count_if(all, is_between), 2);
    EXPECT_NEAR(between->at, 300, 1);
    EXPECT_NEAR(between->thickness, 5, 1);
    EXPECT_NEAR(between->to, 800, 3);
}

TEST(Rulings, FarPiecesStayApart) {
    Page page;
    page.line(100, 200, 400, 200);
    page.line(500, 200, 800, 200);
    EXPECT_EQ(page.rulings().size(), 2u);
}

TEST(Rulings, ABreakInATablesRulingIsJoined) {
    Page page;
    for (const int y : {100, 300}) page.line(100, y, 800, y);
    page.line(100, 200, 400, 200);
    page.line(500, 200, 800, 200);
    for (const int x : {100, 800}) page.line(x, 100, x, 300);
    EXPECT_EQ(count(page.rulings(), true), 3);
    // A cell over two rows is no break.
    page.line(400, 100, 400, 300);
    page.line(500, 100, 500, 300);
    EXPECT_EQ(count(page.rulings(), true), 4);
}

// Found on a fax: the top row of a table without outer rulings has none across.
TEST(Rulings, ABreakAboveARowThatIsOpenToItsSidesIsJoined) {
    Page page;
    page.line(100, 200, 400, 200);
    page.line(500, 200, 800, 200);
    EXPECT_EQ(count(page.rulings(), true), 2);
    page.line(100, 350, 800, 350);  // below a header's rows
    EXPECT_EQ(count(page.rulings(), true), 2);
}

TEST(Rulings, ADottedHairlineIsOneRuling) {
    Page page;
    for (int x = 100; x < 700; x += 8) page.line(x, 300, x + 5, 300, 1);
    const auto rulings = page.rulings();
    ASSERT_EQ(rulings.size(), 1u);
    EXPECT_NEAR(rulings[0].length(), 600, 10);
}

TEST(Rulings, ADoubleRulingIsKeptAsTwo) {
    Page page;
    page.line(100, 200, 700, 200, 2);
    page.line(100, 212, 700, 212, 2);
    EXPECT_EQ(page.rulings().size(), 2u);
}

// Found below a seal, whose ring had faded the upper ends of both strokes, at different places.
TEST(Rulings, ADoubleRulingThatBreaksOffIsNoWriting) {
    const auto verticals = [](int length, int ruled_at = 500) {
        Page page;
        for (const int y : {460 - length, ruled_at}) page.line(60, y, 860, y);
        page.line(400, 500 - length, 400, 500, 2);
        page.line(408, 480 - length, 408, 500, 2);
        return count(page.rulings(), false);
    };
    EXPECT_EQ(verticals(240), 2);
    EXPECT_LT(verticals(100), 2) << "as short as strokes that touch";
    EXPECT_LT(verticals(240, 590), 2) << "bars that end at no ruling";
}

// Found on a bilevel scan with dithered headers: half of what was left of such a ruling was read as "|".
TEST(Rulings, PiecesOfBothStrokesOfADoubleRulingAreOneThatIsAsThick) {
    Page page;
    page.line(100, 200, 450, 200, 3);
    page.line(455, 209, 800, 209, 3);
    const auto rulings = page.rulings();
    ASSERT_EQ(rulings.size(), 1u);
    EXPECT_NEAR(rulings[0].at, 204.5, 1);
    EXPECT_GE(rulings[0].thickness, 12);
    EXPECT_LE(rulings[0].thickness, 15);
}

// Found on a scan at 150 dpi: at each crossing the ruling became a little thinner, and half of it was read as 1.
TEST(Rulings, PiecesOfACloseDoubleRulingLeaveItAsThick) {
    Page page;
    for (int x = 100; x < 800; x += 100) {
        page.ink(cv::Rect(x, 199, 96, 3)).setTo(255);
        page.ink(cv::Rect(x, 204, 96, x == 100 ? 2 : 3)).setTo(255);
    }
    const auto rulings = page.rulings();
    ASSERT_EQ(rulings.size(), 1u);
    EXPECT_NEAR(rulings[0].at, 202, 0.5);
    EXPECT_GE(rulings[0].thickness, 7);
    EXPECT_LE(rulings[0].thickness, 9);
}

// A hairline that begins in a blot runs where its ink is.
TEST(Rulings, APieceBesideABlotIsNotCoveredByIt) {
    Page page;
    page.ink(cv::Rect(100, 199, 90, 4)).setTo(255);
    page.ink(cv::Rect(194, 204, 600, 1)).setTo(255);
    const auto rulings = page.rulings();
    ASSERT_EQ(rulings.size(), 1u);
    EXPECT_NEAR(rulings[0].at, 203.5, 0.3);
}

// Found below a repeated header, where the torn cell beside it had a double ruling of its own.
TEST(Rulings, ALongRulingWithInkOnOneSideIsNoWriting) {
    Page page;
    page.line(60, 200, 860, 200);
    for (int x = 80; x < 840; x += 40) page.line(x, 207, x + 28, 207, 2);
    const auto rulings = page.rulings();
    EXPECT_TRUE(std::ranges::any_of(rulings, [](const Ruling& r) { return r.length() > 780; }));
}

TEST(Rulings, StrokesOfWritingAreNone) {
    Page page;
    // A row of 日: each stroke is longer than the least run, and the strokes line up.
    for (int x = 100; x < 700; x += 56) {
        cv::rectangle(page.ink, cv::Rect(x, 200, 46, 46), 255, 3);
        page.line(x, 223, x + 46, 223);
    }
    EXPECT_EQ(page.rulings().size(), 0u);
}

TEST(Rulings, AShortRulingCountsBetweenTwoOthers) {
    Page page;
    page.line(100, 100, 800, 100);
    page.line(100, 160, 800, 160);
    page.line(300, 100, 300, 160);  // from ruling to ruling
    page.line(500, 115, 500, 160);  // hangs on one side and ends in the middle of nowhere: still in the clear
    page.line(600, 300, 600, 360);  // stands alone
    const auto rulings = page.rulings();
    EXPECT_EQ(count(rulings, true), 2);
    for (const Ruling& r : rulings) EXPECT_TRUE(r.horizontal || r.at < 590) << r.at;
    EXPECT_GE(count(rulings, false), 1);
}

// Found on a fax with dithered headings: the strokes of two bold characters, from one to another and down to the row's
// ruling, were cells.
TEST(Rulings, StrokesThatHoldOnToEachOtherAreNone) {
    const auto found = [](int top) {
        Page page;
        for (const int y : {100, 180}) page.line(100, y, 800, y);
        for (const int x : {100, 800}) page.line(x, 100, x, 180);
        for (const int x : {400, 460}) page.line(x, top, x, 180);
        page.line(400, 130, 460, 130);
        return page.rulings().size() - 4;
    };
    EXPECT_EQ(found(130), 0u);
    EXPECT_EQ(found(100), 3u) << "cells of a row";
}

// Found on a scan with a seal, of which the rest of a stroke lay between two lines of a narrow cell.
TEST(Rulings, WhatEndsBeforeBothSidesOfANarrowCellIsNone) {
    const auto between = [](int from, int to) {
        Page page;
        for (const int y : {100, 300}) page.line(100, y, 800, y);
        for (const int x : {100, 300, 412, 800}) page.line(x, 100, x, 300);
        page.line(from, 200, to, 200);
        return count(page.rulings(), true) - 2;
    };
    EXPECT_EQ(between(318, 394), 0);
    EXPECT_EQ(between(308, 404), 1);
    EXPECT_EQ(between(302, 394), 1) << "it reaches one of them";
}

// Found on a fax: the feet of the bold labels of two cells beside each other were a ruling across both.
TEST(Rulings, StrokesOfWritingInTwoCellsAreNone) {
    const auto found = [](int left, int beside_middle, int right, int gap_at = 0, bool written = true,
                          bool twice = false) {
        Page page;
        for (const int y : {200, 400}) page.line(100, y, 400, y);
        for (const int x : {100, 250, 400}) page.line(x, 200, x, 400);
        page.line(100 + left, 300, 250 - beside_middle, 300);
        page.line(250 + beside_middle, 300, 400 - right, 300);
        if (twice) page.ink(cv::Rect(100, 298, 301, 5)).copyTo(page.ink(cv::Rect(100, 306, 301, 5)));
        if (gap_at > 0) page.ink(cv::Rect(gap_at, 295, 36, 10)).setTo(0);
        for (int x = 130; written && x < 380; x += 6) page.line(x, 284, x, 293);
        return count(page.rulings(), true);
    };
    EXPECT_EQ(found(17, 17, 17), 2);
    EXPECT_EQ(found(2, 2, 2), 3) << "a ruling with writing close above";
    EXPECT_EQ(found(2, 17, 17), 3) << "begins at a side";
    EXPECT_EQ(found(17, 17, 2), 3) << "ends at a side";
    EXPECT_EQ(found(17, 17, 17, 0, false), 3) << "no writing";
    EXPECT_EQ(found(10, 2, 10, 160), 3) << "worn elsewhere";
    EXPECT_EQ(found(17, 17, 17, 0, false, true), 4) << "a double ruling";
}

// Found on a scan: a dotted ruling that the page's end cut off begins with a gap below the ruling it hangs from.
TEST(Rulings, ADottedRulingThatThePageCutsOffHangsBelowAGap) {
    Page page;
    page.line(100, 100, 800, 100);
    page.line(300, 114, 300, 165);
    EXPECT_EQ(count(page.rulings(), false), 1);
}

// Found at 150 dpi: a ruling between two others is as thick as strokes are.
TEST(Rulings, AShortThickRulingIsNoWriting) {
    Page page;
    page.line(100, 100, 800, 100);
    page.line(100, 158, 800, 158);
    cv::rectangle(page.ink, cv::Rect(300, 105, 8, 50), 255, cv::FILLED);  // touches neither
    EXPECT_EQ(count(page.rulings(), false), 1);
}

// Found on a blurred scan of double rulings, whose two strokes had become one.
TEST(Rulings, OnlyALongOneMayBeSoThick) {
    for (const bool level : {true, false}) {
        const auto found = [&](int length, int thickness) {
            Page page;
            const cv::Size size = level ? cv::Size(length, thickness) : cv::Size(thickness, length);
            page.ink(cv::Rect({60, 60}, size)).setTo(255);
            return count(page.rulings(), level);
        };
        EXPECT_EQ(found(500, 21), 1) << level;
        EXPECT_EQ(found(250, 21), 0) << "bold writing";
        EXPECT_EQ(found(500, 26), 0) << "a filled area";
    }
}

TEST(Rulings, AnArcIsNone) {
    Page page;
    cv::circle(page.ink, {450, 300}, 150, 255, 3);
    EXPECT_EQ(page.rulings().size(), 0u);
}

}  // namespace
}  // namespace biaod::layout
