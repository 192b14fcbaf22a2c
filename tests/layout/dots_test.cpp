#include "layout/rulings/dots.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr int kUnit = 40;

cv::Mat blank() { return cv::Mat::zeros(400, 600, CV_8UC1); }

void dot(cv::Mat& ink, int x, int y, int width, int height) { ink(cv::Rect(x, y, width, height)).setTo(255); }

int inked_in_row(const cv::Mat& ink, int y) { return cv::countNonZero(ink.row(y)); }

TEST(Dots, ARowOfDotsBecomesARuling) {
    cv::Mat ink = blank();
    for (int x = 100; x < 500; x += 12) dot(ink, x, 200, 6, 6);
    draw_dots_through(ink, kUnit);
    EXPECT_EQ(inked_in_row(ink, 203), 402);
}

// Writing that hangs from it in the one half of its length, and stands on it in the other.
TEST(Dots, ARowOfDotsBesideWritingBecomesARuling) {
    cv::Mat ink = blank();
    for (int x = 100; x < 500; x += 12) dot(ink, x, 200, 6, 6);
    for (int x = 104; x < 500; x += 40) cv::rectangle(ink, {x, x < 300 ? 210 : 164, 30, 32}, 255, 3);
    draw_dots_through(ink, kUnit);
    EXPECT_EQ(inked_in_row(ink, 203), 402);
}

TEST(Dots, BelowAFigureUnderlineIt) {
    cv::Mat ink = blank();
    for (int x = 150; x < 350; x += 12) dot(ink, x, 200, 6, 6);
    cv::putText(ink, "394392", {170, 193}, cv::FONT_HERSHEY_SIMPLEX, 1.4, 255, 3);
    const cv::Mat before = ink.clone();
    draw_dots_through(ink, kUnit);
    EXPECT_EQ(cv::norm(ink, before, cv::NORM_L1), 0);
}

// In narrow columns, between writing on both sides, they are few; beside a wide one they are many.
TEST(Dots, GoOnInLineWithADottedRuling) {
    cv::Mat ink = cv::Mat::zeros(400, 900, CV_8UC1);
    for (int x = 100; x < 500; x += 12) dot(ink, x, 200, 6, 6);
    dot(ink, 504, 100, 4, 250);
    for (int x = 514; x < 700; x += 12) dot(ink, x, 200, 6, 6);
    for (int x = 104; x < 690; x += 40) cv::rectangle(ink, {x, 210, 30, 32}, 255, 3);
    for (int x = 524; x < 620; x += 40) cv::rectangle(ink, {x, 164, 30, 32}, 255, 3);
    draw_dots_through(ink, kUnit);
    EXPECT_EQ(cv::countNonZero(ink.row(203).colRange(514, 690)), 176);
}

TEST(Dots, AColumnOfDashesBecomesARulingThroughACrossing) {
    cv::Mat ink = blank();
    dot(ink, 50, 199, 500, 4);
    for (int y = 60; y < 340; y += 20) dot(ink, 300, y, 4, 14);
    draw_dots_through(ink, kUnit);
    EXPECT_EQ(cv::countNonZero(ink.col(302).rowRange(60, 334)), 274);
}

// Figures that are set flush right end before it.
TEST(Dots, AColumnOfDotsBesideWritingReachesTheRulingsThatItStandsBetween) {
    for (const int bottom : {172, 316}) {  // five dots, and seventeen
        cv::Mat ink = blank();
        dot(ink, 50, 100, 500, 6);
        for (int x = 50; x < 550; x += 12) dot(ink, x, bottom, 6, 6);
        for (int y = 112; y < bottom; y += 12) dot(ink, 300, y, 4, 6);
        cv::rectangle(ink, cv::Rect(272, 120, 24, bottom - 136), 255, 3);
        draw_dots_through(ink, kUnit);
        EXPECT_EQ(cv::countNonZero(ink.col(302).rowRange(100, bottom + 6)), bottom - 94);
    }
}

TEST(Dots, SomeOfManyMayTouchWritingAndAnotherMayGoBefore) {
    cv::Mat ink = blank();
    dot(ink, 50, 100, 500, 6);
    for (int x = 50; x < 550; x += 12) dot(ink, x, 316, 6, 6);
    for (int y = 88; y < 316; y += 12) dot(ink, 300, y, 4, 6);
    cv::rectangle(ink, cv::Rect(272, 120, 24, 180), 255, 3);
    for (const int y : {124, 196, 232}) dot(ink, 296, y, 4, 6);
    draw_dots_through(ink, kUnit);
    EXPECT_EQ(cv::countNonZero(ink.col(302).rowRange(100, 322)), 222);
}

// A ruling is broken where the column crosses it, and a dot stands there.
TEST(Dots, WhereAHorizontalCrossesIsNoDotOfTheColumn) {
    cv::Mat ink = blank();
    dot(ink, 50, 96, 500, 10);  // thicker than a dot is long
    dot(ink, 50, 148, 238, 6);
    dot(ink, 313, 148, 237, 6);
    for (int x = 52; x < 500; x += 8) dot(ink, x, 350, 5, 6);
    for (int y = 112; y <= 148; y += 12) dot(ink, 300, y, 4, 6);
    draw_dots_through(ink, kUnit);
    EXPECT_EQ(cv::countNonZero(ink.col(300).rowRange(100, 154)), 54);
}

// Found where figures stand flush right in a row as low as they.
TEST(Dots, AFewBesideWritingGoOnInLineWithADottedColumn) {
    for (const bool in_line : {true, false}) {
        cv::Mat ink = blank();
        dot(ink, 50, 100, 500, 6);
        dot(ink, 50, 148, 500, 6);
        for (int x = 52; x < 500; x += 8) dot(ink, x, 300, 5, 6);
        for (int y = 112; y < 300; y += 12)
            if (in_line || y < 148) dot(ink, 300, y, 4, 6);
        cv::rectangle(ink, {271, 112, 24, 30}, 255, 3);
        draw_dots_through(ink, kUnit);
        EXPECT_EQ(cv::countNonZero(ink.col(302).rowRange(106, 148)), in_line ? 42 : 18);
    }
}

// Found where a page's end leaves a table one row.
TEST(Dots, AColumnOfDotsReachesTheRulingsThatItStandsBetween) {
    cv::Mat ink = blank();
    for (const int y : {100, 172}) dot(ink, 50, y, 500, 6);
    for (int y = 112; y < 172; y += 12) dot(ink, 300, y, 4, 6);
    draw_dots_through(ink, kUnit);
    EXPECT_EQ(cv::countNonZero(ink.col(302).rowRange(100, 178)), 78);
}

// Found on pale scans: where the dots of both met, a row of a table had but four of them apart.
TEST(Dots, AFewDotsBetweenDottedRulingsAreARuling) {
    for (const int dots : {3, 2}) {
        cv::Mat ink = blank();
        const int below = 112 + 12 * dots;
        for (const int y : {100, below})
            for (int x = 52; x < 500; x += 8) dot(ink, x, y, 5, 6);
        for (int y = 112; y < below; y += 12) dot(ink, 300, y, 4, 6);
        draw_dots_through(ink, kUnit);
        EXPECT_EQ(cv::countNonZero(ink.col(302).rowRange(100, below + 6)), dots == 3 ? below - 94 : 24) << dots;
    }
}

// Found on scans of 150 dpi: dots of a horizontal close up here and there, and it is not drawn through.
TEST(Dots, ADottedRulingThatWasNotDrawnThroughCrosses) {
    for (const int gap : {2, 12}) {
        cv::Mat ink = blank();
        for (const int y : {100, 148})
            for (int x = 52, length = 8; x < 500; x += length + gap, length = 26 - length) dot(ink, x, y, length, 6);
        for (int x = 52; x < 500; x += 8) dot(ink, x, 300, 5, 6);  // another, an even one
        for (int y = 112; y < 148; y += 12) dot(ink, 300, y, 4, 6);
        draw_dots_through(ink, kUnit);
        EXPECT_EQ(cv::countNonZero(ink.col(302).rowRange(106, 148)), gap == 2 ? 42 : 18) << gap;
    }
}

TEST(Dots, AFewOnAPageWithoutDottedRulingsAreNone) {
    for (const bool dotted : {true, false}) {
        cv::Mat ink = blank();
        for (const int y : {100, 148}) dot(ink, 50, y, 500, 6);
        for (int y = 112; y < 148; y += 12) dot(ink, 300, y, 4, 6);
        if (dotted)
            for (int x = 52; x < 500; x += 8) dot(ink, x, 300, 5, 6);
        draw_dots_through(ink, kUnit);
        EXPECT_EQ(cv::countNonZero(ink.col(302).rowRange(106, 148)), dotted ? 42 : 18);
    }
}

TEST(Dots, AFewThatReachNoRulingOnBothSidesAreNone) {
    for (const int off : {0, 6}) {
        cv::Mat ink = blank();
        dot(ink, 50, 100, 500, 6);
        if (off > 0) dot(ink, 50, 148 + off, 500, 6);  // beyond a wider gap
        for (int y = 112; y < 148; y += 12) dot(ink, 300, y, 4, 6);
        if (off == 0) dot(ink, 290, 148, 24, 6);  // no ruling
        for (int x = 52; x < 500; x += 8) dot(ink, x, 300, 5, 6);
        draw_dots_through(ink, kUnit);
        EXPECT_EQ(cv::countNonZero(ink.col(302).rowRange(106, 148)), 18) << off;
    }
}

TEST(Dots, DigitsAndRulingsOfAColumnAreNone) {
    cv::Mat ink = blank();
    // Zeros: the strokes above and below lie about as far from each other as from what is left of the rulings.
    for (int row = 0; row < 6; ++row) {
        dot(ink, 290, 40 + 44 * row, 12, 4);
        dot(ink, 290, 54 + 44 * row, 12, 4);
        dot(ink, 290, 70 + 44 * row, 12, 4);
    }
    const cv::Mat before = ink.clone();
    draw_dots_through(ink, kUnit);
    EXPECT_EQ(cv::norm(ink, before, cv::NORM_L1), 0);
}

TEST(Dots, StrokesOfALineOfWritingAreNone) {
    cv::Mat ink = blank();
    for (int x = 100; x < 500; x += 16) dot(ink, x, 180, 6, 36);  // upright strokes, a character high
    const cv::Mat before = ink.clone();
    draw_dots_through(ink, kUnit);
    EXPECT_EQ(cv::norm(ink, before, cv::NORM_L1), 0);
}

// Found on a scan: brackets of a column of labels stand between dotted rulings as if they were dots, too.
TEST(Dots, StrokesBetweenDottedRulingsAreNone) {
    cv::Mat ink = blank();
    for (int y = 100; y <= 208; y += 36)
        for (int x = 52; x < 500; x += 8) dot(ink, x, y, 5, 6);
    for (int y = 118; y <= 190; y += 36) dot(ink, 293, y, 3, 6);
    ASSERT_EQ(cv::countNonZero(ink.col(294).rowRange(100, 214)), 42) << "a row of seven dots";
    draw_dots_through(ink, kUnit);
    EXPECT_EQ(cv::countNonZero(ink.col(294).rowRange(100, 214)), 42);
    EXPECT_EQ(inked_in_row(ink, 103), 445);
}

TEST(Dots, DashesWithWritingBesideThemAreNone) {
    cv::Mat ink = blank();
    for (int y = 60; y < 340; y += 26) dot(ink, 300, y, 4, 18);
    dot(ink, 311, 60, 8, 280);
    const cv::Mat before = ink.clone();
    draw_dots_through(ink, kUnit);
    EXPECT_EQ(cv::norm(ink, before, cv::NORM_L1), 0);
}

TEST(Dots, AnEllipsisIsNone) {
    cv::Mat ink = blank();
    for (int x = 100; x < 148; x += 16) dot(ink, x, 200, 5, 5);
    const cv::Mat before = ink.clone();
    draw_dots_through(ink, kUnit);
    EXPECT_EQ(cv::norm(ink, before, cv::NORM_L1), 0);
}

}  // namespace
}  // namespace biaod::layout
