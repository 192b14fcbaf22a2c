#include "layout/rulings/breaks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kUnit = 20;

using Extent = std::pair<double, double>;

// A table of four rows and three columns; its last column has no ruling on its left but what a test draws.
struct Page {
    cv::Mat faint = cv::Mat::zeros(400, 900, CV_8UC1), ink = faint;
    std::vector<Ruling> rulings;

    Page() {
        for (const double y : {100, 140, 180, 220, 260}) across(y, 100, 800);
        for (const double x : {100, 400, 800}) down(x, 100, 260);
    }
    void across(double y, double from, double to) { rulings.push_back({true, y, from, to, 2, to - from}); }
    void down(double x, double from, double to) { rulings.push_back({false, x, from, to, 2, to - from}); }
    // What the ruling that was drawn last becomes, or one before.
    Extent mended(std::size_t before = 0) const {
        std::vector<Ruling> all = rulings;
        mend_breaks(all, faint, ink, kUnit);
        EXPECT_EQ(all.size(), rulings.size());
        const Ruling& r = all[all.size() - 1 - before];
        return {r.from, r.to};
    }
    // From left to right.
    std::vector<Extent> pieces_at(double y) const {
        std::vector<Ruling> all = rulings;
        mend_breaks(all, faint, ink, kUnit);
        std::vector<Extent> pieces;
        for (const Ruling& r : all)
            if (r.horizontal && r.at == y) pieces.emplace_back(r.from, r.to);
        std::sort(pieces.begin(), pieces.end());
        return pieces;
    }
};

// Found on pages of broken rulings: two cells of a row were one.
TEST(Breaks, AVerticalThatBreaksOffInACellEndsWithIt) {
    Page page;
    page.down(600, 100, 200);
    EXPECT_EQ(page.mended(), Extent(100, 220));
    page.rulings.back() = {false, 600, 165, 260, 2, 95};
    EXPECT_EQ(page.mended(), Extent(140, 260));
}

// Another program's reports, whose writing stood on the rulings: a stroke was a column's end, and a cell fell in two.
TEST(Breaks, AStrokeThatStandsOnARulingIsNoStub) {
    Page page;
    page.down(600, 140, 260);
    for (cv::Mat* mask : {&page.faint, &page.ink}) (*mask)(cv::Rect(599, 124, 2, 15)).setTo(255);
    EXPECT_EQ(page.mended(), Extent(100, 260)) << "alone";
    const auto stand = [&](int foot) {
        for (cv::Mat* mask : {&page.faint, &page.ink})
            for (const int x : {582, 588, 610, 616}) (*mask)(cv::Rect(x, 118, 4, foot - 118)).setTo(255);
    };
    stand(134);
    EXPECT_EQ(page.mended(), Extent(100, 260)) << "beside writing that keeps clear of the ruling";
    stand(139);
    EXPECT_EQ(page.mended(), Extent(140, 260));
    page.rulings.back() = {false, 600, 124, 260, 2, 136};
    EXPECT_EQ(page.mended(), Extent(140, 260)) << "found as a part of the vertical";
}

// A reviewer's: in rows as low as a spreadsheet's writing is near both rulings, and below a double one its own stroke.
TEST(Breaks, AStubInALowRowOrAtADoubleRulingIsOne) {
    for (const bool low : {true, false}) {
        Page page;
        if (low) {
            page.rulings = {};
            for (const double y : {100, 128, 156, 184}) page.across(y, 100, 800);
            for (const double x : {100, 400, 800}) page.down(x, 100, 184);
        } else {
            page.across(146, 100, 800);
        }
        page.down(600, low ? 128 : 180, low ? 184 : 260);
        const int stub = low ? 102 : 148;
        for (cv::Mat* mask : {&page.faint, &page.ink}) {
            (*mask)(cv::Rect(599, stub, 2, 10)).setTo(255);
            if (low)
                for (const int x : {582, 588, 610, 616}) (*mask)(cv::Rect(x, 102, 4, 20)).setTo(255);
            else
                (*mask)(cv::Rect(100, 145, 700, 3)).setTo(255);
        }
        EXPECT_EQ(page.mended().first, low ? 100 : 146) << low;
    }
}

// The same, where it was found as a part of the vertical.
TEST(Breaks, WhatIsFoundInALowRowIsNoStroke) {
    for (const int row : {28, 40}) {
        Page page;
        page.rulings = {};
        for (int i = 0; i < 4; ++i) page.across(100 + row * i, 100, 800);
        for (const double x : {100, 400, 800}) page.down(x, 100, 100 + 3 * row);
        page.down(600, 112 + row - 28, 100 + 3 * row);
        for (cv::Mat* mask : {&page.faint, &page.ink})
            for (const int x : {582, 588, 610, 616}) (*mask)(cv::Rect(x, 82 + row, 4, 17)).setTo(255);
        EXPECT_EQ(page.mended().first, row == 28 ? 100 : 100 + row) << row;
    }
}

TEST(Breaks, AHorizontalGoesOnToItsNextPiece) {
    Page page;
    page.across(160, 520, 800);
    page.across(160, 100, 470);
    EXPECT_EQ(page.pieces_at(160), (std::vector<Extent>{{100, 800}}));
    page.rulings.back().to = 340;
    EXPECT_EQ(page.pieces_at(160), (std::vector<Extent>{{100, 400}, {520, 800}})) << "the next across is nearer";
}

// Found on faxes: of a table's last row, alone at a page's top, the ruling was left in short pieces, and no other ran
// beside them.
TEST(Breaks, ShortPiecesThatVerticalsEndAtAreOne) {
    Page page;
    page.rulings.clear();
    for (const double from : {100, 220, 340}) {
        page.across(160, from, from + 70);
        for (const double x : {from + 10, from + 50}) page.down(x, 100, 160);
    }
    EXPECT_EQ(page.pieces_at(160), (std::vector<Extent>{{100, 410}}));
    page.rulings[1].to = page.rulings[2].to = 200;
    EXPECT_EQ(page.pieces_at(160), (std::vector<Extent>{{100, 170}, {220, 410}})) << "the table's end is below";
}

TEST(Breaks, TwoTablesBesideEachOtherStayTwo) {
    Page page;
    page.rulings.clear();
    for (const double y : {100, 140, 180}) {
        page.across(y, 100, 400);
        page.across(y, 440, 800);
    }
    for (const double x : {200, 300, 540, 700}) page.down(x, 100, 180);
    for (const double y : {100, 140, 180}) EXPECT_EQ(page.pieces_at(y).size(), 2u) << y;
}

// Found on a bilevel scan: the right sides of two tables became one over the heading between.
TEST(Breaks, TheSidesOfTwoTablesStayTwo) {
    Page page;
    page.rulings.clear();
    for (const double y : {100, 140, 180, 240, 280}) page.across(y, 100, 800);
    page.down(800, 100, 180);
    page.down(800, 228, 280);
    EXPECT_EQ(page.mended(), Extent(228, 280));
    EXPECT_EQ(page.mended(1), Extent(100, 180));
}

TEST(Breaks, WhatEndsOnARowHasNotBrokenOff) {
    Page page;
    page.down(600, 140, 220);
    EXPECT_EQ(page.mended(), Extent(140, 220)) << "a cell spans the columns above and below";
    // Found with a row of one cell below a ruling that had broken off where a vertical ended.
    page.rulings[2] = {true, 180, 100, 580, 2, 480};
    page.rulings.back() = {false, 600, 100, 180, 2, 80};
    EXPECT_EQ(page.mended(), Extent(100, 180));
}

// Found on faxes of broken rulings, in one of two pages: of a vertical less was left in a row than a ruling's length.
TEST(Breaks, AVerticalGoesOnOverARowInWhichAStubOfItIsLeft) {
    const auto stub = [](int from, int to) {
        Page page;
        page.down(600, 100, 180);
        page.faint(cv::Rect(599, from, 2, to - from)).setTo(255);
        return page.mended();
    };
    EXPECT_EQ(stub(207, 220), Extent(100, 220)) << "at the row's end";
    EXPECT_EQ(stub(181, 194), Extent(100, 220)) << "at its beginning";
    EXPECT_EQ(stub(181, 260), Extent(100, 260)) << "of two rows";
    EXPECT_EQ(stub(194, 206), Extent(100, 180)) << "a figure of one cell";
    EXPECT_EQ(stub(214, 220), Extent(100, 180)) << "rulings cross a little too far";
    EXPECT_EQ(stub(185, 215), Extent(100, 180)) << "a character in a low row";
}

TEST(Breaks, AVerticalMeetsItsNextPieceInARow) {
    Page page;
    page.down(600, 100, 180);
    page.faint(cv::Rect(599, 181, 2, 14)).setTo(255);
    page.down(600, 205, 260);
    std::vector<Ruling> all = page.rulings;
    mend_breaks(all, page.faint, page.ink, kUnit);
    std::vector<Extent> pieces;
    for (const Ruling& r : all)
        if (!r.horizontal && r.at == 600) pieces.emplace_back(r.from, r.to);
    EXPECT_EQ(pieces, (std::vector<Extent>{{100, 260}}));
}

// Found on a scan of thin paper: strokes of a title on the back stood on a column's line.
TEST(Breaks, APaleStrokeIsNoStub) {
    Page page;
    page.ink = page.faint.clone();
    page.down(600, 100, 180);
    page.faint(cv::Rect(599, 181, 2, 39)).setTo(255);
    EXPECT_EQ(page.mended(), Extent(100, 180));
}

TEST(Breaks, AStubOfTheRowBeyondABrokenOneIsNone) {
    Page page;
    std::erase_if(page.rulings, [](const Ruling& r) { return r.horizontal && r.at == 180; });
    page.across(180, 100, 560);
    page.across(180, 720, 800);
    page.down(600, 220, 260);
    page.faint(cv::Rect(599, 100, 2, 60)).setTo(255);
    EXPECT_EQ(page.mended(), Extent(220, 260));
}

TEST(Breaks, AHorizontalGoesOnOverTheRestOfACellInWhichAStubOfItIsLeft) {
    Page page;
    page.down(520, 100, 260);
    page.across(160, 100, 415);
    EXPECT_EQ(page.mended(), Extent(100, 415));
    page.faint(cv::Rect(500, 159, 20, 2)).setTo(255);
    EXPECT_EQ(page.mended(), Extent(100, 520));
    cv::rectangle(page.faint, {440, 150, 40, 20}, 255, 2);
    EXPECT_EQ(page.mended(), Extent(100, 415)) << "through writing";
}

// Found on a scan of 150 dpi, as thick as its dots: half of a cell's dotted ruling was found.
TEST(Breaks, DotsOnTheWayAreThickerThanTheRulingOnTheWhole) {
    for (const int thick : {4, 6}) {
        Page page;
        page.down(600, 100, 200);
        for (int y = 202; y < 220; y += 3) page.faint(cv::Rect(600 - thick / 2, y, thick, 2)).setTo(255);
        EXPECT_EQ(page.mended(), Extent(100, thick == 4 ? 220 : 200)) << thick;
    }
}

TEST(Breaks, WritingOnTheWayKeepsACellWhole) {
    Page page;
    page.down(600, 100, 195);
    cv::rectangle(page.faint, {590, 203, 16, 12}, 255, 3);
    EXPECT_EQ(page.mended(), Extent(100, 195));
}

TEST(Breaks, ALineBelowAWordStaysAsLongAsItIs) {
    Page page;
    page.across(165, 450, 560);
    EXPECT_EQ(page.mended(), Extent(450, 560));
}

TEST(Breaks, AnotherTablesVerticalIsNotReached) {
    Page page;
    page.down(850, 40, 300);
    page.across(160, 400, 805);
    std::erase_if(page.rulings, [](const Ruling& r) { return !r.horizontal && r.at == 800; });
    EXPECT_EQ(page.mended(), Extent(400, 805));
    // Nor does a column go on in the table below.
    Page above;
    above.down(600, 290, 400);
    above.down(600, 100, 255);
    above.rulings[4].at = 600;  // the last row's ruling is lost
    EXPECT_EQ(above.mended(), Extent(100, 255));
}

TEST(Breaks, BeyondThePictureTheWayIsClear) {
    const cv::Mat faint(100, 100, CV_8UC1, cv::Scalar(255));
    for (const bool horizontal : {false, true})
        EXPECT_TRUE(way_is_clear({horizontal, 300, 10, 50, 2, 40}, 50, 80, faint, kUnit)) << horizontal;
}

}  // namespace
}  // namespace biaod::layout
