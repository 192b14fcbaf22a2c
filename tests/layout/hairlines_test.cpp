#include "layout/rulings/hairlines.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kUnit = 30;
constexpr int kInk = 190;

// What a scanner makes of a hairline: in two places dark enough for ink, and pale in between; tilted by a pixel or two.
cv::Mat pale_hairline() {
    cv::Mat gray(300, 1000, CV_8UC1, cv::Scalar(255)), grain(gray.size(), CV_8SC1);
    cv::line(gray, {100, 150}, {900, 152}, 205, 1);
    for (const int x : {200, 600}) cv::line(gray, {x, 150 + x / 400}, {x + 50, 150 + x / 400}, 175, 1);
    cv::theRNG().state = 4;
    cv::randn(grain, 0, 4);
    cv::add(gray, grain, gray, cv::noArray(), CV_8UC1);
    return gray;
}

// Columns between 110 and 890 that the line is drawn in.
int columns_drawn(const cv::Mat& gray, bool upright) {
    const cv::Mat picture = upright ? cv::Mat(gray.t()) : gray;
    cv::Mat ink = picture < kInk;
    follow_hairlines(picture, connect(find_runs(ink)), kUnit, ink);
    const cv::Mat level = upright ? cv::Mat(ink.t()) : ink;
    cv::Mat any;
    cv::reduce(level(cv::Rect(110, 145, 780, 12)), any, 0, cv::REDUCE_MAX);
    return cv::countNonZero(any);
}

TEST(Hairlines, GoOnWhereTheyArePaleButSeen) {
    for (const bool upright : {false, true}) {
        cv::Mat gray = pale_hairline();
        EXPECT_GT(columns_drawn(gray, upright), 770);
        for (const int x : {150, 300, 420, 540, 700, 800}) cv::line(gray, {x, 60}, {x, 240}, 0, 3);  // rulings across
        EXPECT_GT(columns_drawn(gray, upright), 770);
    }
}

TEST(Hairlines, EndWhereTheLineEnds) {
    cv::Mat gray = pale_hairline();
    gray(cv::Rect(300, 140, 250, 20)).setTo(255);
    EXPECT_LT(columns_drawn(gray, false), 780 - 200);
}

// Found on a pale copy: a column's hairline ended at the header, and went on as the stroke of a character above.
TEST(Hairlines, StrokesBehindAGapBelongToNone) {
    cv::Mat gray = pale_hairline();
    gray(cv::Rect(700, 140, 300, 20)).setTo(255);
    cv::line(gray, {715, 151}, {740, 151}, 205, 1);
    EXPECT_LT(columns_drawn(gray, false), 605);
    cv::line(gray, {715, 151}, {790, 151}, 205, 1);
    EXPECT_GT(columns_drawn(gray, false), 660) << "the line itself";
}

// Another program's pale copy: through a stroke of a character, in a row of one cell, a column went on to the next row.
TEST(Hairlines, StrokesOfACharacterOnTheWayAreLeftOut) {
    cv::Mat gray = pale_hairline();
    for (const int x : {322, 378}) gray(cv::Rect(x, 140, 16, 20)).setTo(255);
    EXPECT_GT(columns_drawn(gray, false), 770) << "a piece of its own";
    for (const int x : {340, 352, 364, 376}) cv::line(gray, {x, 138}, {x, 164}, 120, 3);
    EXPECT_LT(columns_drawn(gray, false), 745);
}

// Found on a pale copy: where the line lay between two rows of points, each was half as dark, and the table's first row
// was lost.
TEST(Hairlines, GoOnBetweenTwoRowsOfPoints) {
    cv::Mat gray = pale_hairline();
    gray(cv::Rect(300, 148, 250, 6)).setTo(255);
    gray(cv::Rect(300, 150, 250, 2)).setTo(233);
    EXPECT_GT(columns_drawn(gray, false), 770);
    gray(cv::Rect(300, 150, 250, 2)).setTo(245);
    EXPECT_LT(columns_drawn(gray, false), 780 - 200);
}

// A dash, an underline, and a line of the back of the page that hardly shows through.
TEST(Hairlines, WhatIsNoRulingStaysAsItIs) {
    cv::Mat gray(300, 1000, CV_8UC1, cv::Scalar(255));
    cv::line(gray, {100, 60}, {160, 60}, 20, 2);
    cv::line(gray, {400, 100}, {520, 100}, 60, 1);
    cv::line(gray, {100, 200}, {900, 200}, 240, 1);
    cv::line(gray, {300, 200}, {340, 200}, 180, 1);
    cv::Mat ink = gray < kInk;
    const cv::Mat before = ink.clone();
    EXPECT_FALSE(follow_hairlines(gray, connect(find_runs(ink)), kUnit, ink));
    EXPECT_EQ(cv::countNonZero(ink != before), 0);
}

// A table's first row, of which the scanner saw the ruling above in part, and the outer one at the right not at all;
// `upright`: with x and y swapped.
struct FirstRow {
    explicit FirstRow(bool swapped) : upright(swapped) {
        draw({true, 100, 100, 903, 1, 803}, 215);
        draw({false, 903, 100, 220, 1, 120}, 215);
        for (const Ruling& r : {Ruling{true, 100, 100, 600, 1, 500}, Ruling{true, 220, 100, 860, 1, 760},
                                Ruling{false, 100, 100, 220, 1, 120}, Ruling{false, 400, 100, 220, 1, 120}})
            add(r);
    }
    void draw(const Ruling& r, int level) {
        const int at = cvRound(r.at), from = cvRound(r.from), to = cvRound(r.to);
        const bool level_line = r.horizontal != upright;
        cv::line(gray, level_line ? cv::Point(from, at) : cv::Point(at, from),
                 level_line ? cv::Point(to, at) : cv::Point(at, to), level, 1);
    }
    void add(Ruling r) {
        draw(r, 100);
        r.horizontal = r.horizontal != upright;
        rulings.push_back(r);
    }
    bool follow() { return follow_ends(gray, rulings, gray < kInk, kUnit, ink); }
    int drawn(const cv::Rect& where) const { return cv::countNonZero((upright ? cv::Mat(ink.t()) : ink)(where)); }

    bool upright;
    cv::Mat gray = cv::Mat(1000, 1000, CV_8UC1, cv::Scalar(255)), ink = cv::Mat(1000, 1000, CV_8UC1, cv::Scalar(0));
    std::vector<Ruling> rulings;
};

// Found on a pale copy, whose last column was lost, and so the rest of the row.
TEST(Hairlines, RulingsGoOnFromTheirEndsAndRoundACorner) {
    for (const bool upright : {false, true}) {
        FirstRow row(upright);
        EXPECT_TRUE(row.follow());
        EXPECT_NEAR(row.drawn({600, 97, 320, 7}), 303, 12) << upright;
        EXPECT_NEAR(row.drawn({900, 110, 7, 100}), 100, 12) << upright;
        EXPECT_EQ(row.drawn({0, 0, 1000, 90}), 0);
        EXPECT_EQ(row.drawn({0, 230, 1000, 700}), 0);
        EXPECT_FALSE(row.follow()) << "nothing is left to draw";
    }
}

// Found on a fax: a header's vertical was led into a character of the heading above.
TEST(Hairlines, RulingsDoNotGoOnToAStrokeBehindAGap) {
    const auto drawn_behind = [](int stroke) {
        FirstRow row(false);
        row.gray(cv::Rect(601, 90, 399, 20)).setTo(255);
        cv::line(row.gray, {620, 100}, {620 + stroke, 100}, 100, 1);
        row.follow();
        return row.drawn({601, 97, 399, 7});
    };
    EXPECT_EQ(drawn_behind(42), 0);
    EXPECT_GT(drawn_behind(90), 90) << "the line itself";
}

// Found on a pale copy: a vertical began half a line below its row, and two cells were one.
TEST(Hairlines, RulingsGoOnToOneAcrossHoweverNear) {
    FirstRow row(false);
    row.draw({false, 500, 100, 330, 1, 230}, 215);
    row.add({false, 500, 120, 330, 1, 210});
    row.follow();
    EXPECT_GT(row.drawn({497, 102, 7, 16}), 12);
}

TEST(Hairlines, RulingsThatEndAtOneAcrossGoOnNoFurther) {
    FirstRow row(false);
    row.rulings.push_back({false, 600, 100, 220, 1, 120});
    EXPECT_FALSE(row.follow());
}

// Found on a pale copy: strokes of its title, whose characters touch, were taken for a ruling, and the title was lost.
TEST(Hairlines, StrokesOfWritingGoOnNoFurther) {
    FirstRow row(false);
    row.rulings.erase(row.rulings.begin() + 1, row.rulings.end());
    for (const double x : {100, 400, 800}) row.rulings.push_back({false, x, 300, 600, 1, 300});  // a table below
    EXPECT_TRUE(row.follow());
    for (int x = 110; x < 600; x += 40) cv::line(row.gray, {x, 90}, {x, 110}, 100, 3);
    row.ink.setTo(0);
    EXPECT_FALSE(row.follow());
}

// The shade of a fold is as dark as a hairline, but wider.
TEST(Hairlines, AFoldIsNone) {
    FirstRow row(false);
    row.rulings.erase(row.rulings.begin() + 1, row.rulings.end());
    row.gray(cv::Rect(604, 98, 396, 200)).setTo(255);
    const int depths[] = {8, 13, 17, 13, 8};
    for (int i = 0; i < 5; ++i) row.gray(cv::Rect(604, 98 + i, 396, 1)).setTo(255 - depths[i]);
    row.follow();
    EXPECT_EQ(row.drawn({612, 90, 388, 20}), 0);
}

}  // namespace
}  // namespace biaod::layout
