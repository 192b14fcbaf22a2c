#include "layout/cleaning/streaks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kUnit = 40;

// A page with a ruled table and lines of writing.
cv::Mat page() {
    cv::Mat gray(2000, 1400, CV_8UC1, cv::Scalar(245));
    for (int y = 300; y <= 1500; y += 80) cv::line(gray, {200, y}, {1200, y}, 30, 3);
    for (int x = 200; x <= 1200; x += 200) cv::line(gray, {x, 300}, {x, 1500}, 30, 3);
    for (int y = 1600; y < 1800; y += 60)
        for (int x = 200; x < 1200; x += 44) cv::rectangle(gray, {x, y, 30, 30}, 40, 4);
    return gray;
}

// As dust does, which takes a share of the light: `by` grey levels of the paper's.
void darken(cv::Mat part, int by) { part.convertTo(part, -1, 1 - by / 245.0); }

TEST(Streaks, GoFromEdgeToEdge) {
    for (const bool level : {false, true}) {
        cv::Mat gray = level ? cv::Mat(page().t()) : page();
        const cv::Mat before = gray.clone();
        darken(gray.colRange(471, 474), 40);
        darken(gray.colRange(930, 931), 150);
        if (level) cv::transpose(gray, gray);
        cv::Mat where = erase_streaks(gray, kUnit);
        if (level) {
            cv::transpose(gray, gray);
            cv::transpose(where, where);
        }
        ASSERT_FALSE(where.empty()) << level;
        EXPECT_EQ(cv::countNonZero(where.colRange(930, 931)), gray.rows);
        EXPECT_EQ(cv::countNonZero(where), gray.rows) << "below the other print is seen";
        cv::Mat off;
        cv::absdiff(gray, before, off);
        EXPECT_EQ(cv::countNonZero(off > 20), cv::countNonZero(off.col(930) > 20))
            << "rulings across and paper are as before";
        EXPECT_LT(cv::countNonZero(off.col(930) > 20), 0.1 * gray.rows) << "what is printed there is lost";
    }
}

// Found on a scan: beside the ruling that it ran along a streak was not seen, and joined two tables.
TEST(Streaks, OneAlongATablesSideIsSeenInTheMargins) {
    for (const int x : {190, 194, 204}) {
        cv::Mat gray = page();
        const cv::Mat before = gray.clone();
        darken(gray.colRange(x, x + 2), 30);
        EXPECT_TRUE(erase_streaks(gray, kUnit).empty());
        cv::Mat off;
        cv::absdiff(gray, before, off);
        EXPECT_LT(cv::countNonZero(off > 2), 0.01 * gray.rows) << x;
    }
}

TEST(Streaks, RulingsAndWritingStay) {
    const cv::Mat before = page();
    const auto stays = [&](cv::Mat gray) {
        const cv::Mat drawn = gray.clone();
        return erase_streaks(gray, kUnit).empty() && cv::countNonZero(gray != drawn) == 0;
    };
    EXPECT_TRUE(stays(before));
    cv::Mat ends = before.clone();
    darken(ends(cv::Rect(700, 90, 3, 1820)), 90);
    EXPECT_TRUE(stays(ends)) << "not from the edge";
    cv::Mat rests = before.clone();
    for (const int y : {0, 1000, 1900}) darken(rests(cv::Rect(700, y, 3, 100)), 90);
    EXPECT_TRUE(stays(rests)) << "hardly anywhere between";
    cv::Mat form = before.clone();
    for (int x = 100; x < 1400; x += 130) darken(form.colRange(x, x + 3), 90);
    EXPECT_TRUE(stays(form)) << "a ruled sheet";
    cv::Mat cropped = before.clone();
    darken(cropped.colRange(700, 703), 90);
    for (const int y : {10, 1960})
        for (int x = 42; x < 1360; x += 44) cv::rectangle(cropped, {x, y, 30, 30}, 40, 4);
    EXPECT_TRUE(stays(cropped)) << "a picture cut off in writing";
    cv::Mat bar = before.clone();
    darken(bar.colRange(700, 720), 90);
    EXPECT_TRUE(stays(bar)) << "thicker than dust draws";
}

// Found on pages of another degrader: dust that takes more and less of the light on its way, and is gone at half of it.
TEST(Streaks, TakeMoreAndLessLightAndComeOff) {
    for (const bool from_foot : {false, true})
        for (const int end : {900, 2000}) {
            cv::Mat gray = page();
            const cv::Mat before = gray.clone();
            for (int y = 0; y < end; ++y) {
                const double shade =
                    std::min(1.0, (end - y) / 300.0 + (end == 2000 ? 1 : 0)) * 0.2 * (1.6 + std::sin(y / 130.0));
                cv::Mat part = gray(cv::Rect(720, from_foot ? 1999 - y : y, 3, 1));
                part.convertTo(part, -1, 1 - shade);
            }
            cv::Mat off;
            cv::absdiff(gray, before, off);
            ASSERT_GT(cv::countNonZero(off > 30), end);
            erase_streaks(gray, kUnit);
            cv::absdiff(gray, before, off);
            EXPECT_LT(cv::countNonZero(off > 30), 0.02 * end) << from_foot << " " << end;
            EXPECT_EQ(cv::countNonZero(off > 5) - cv::countNonZero(off.colRange(718, 725) > 5), 0);
        }
}

// Found on pages of another degrader: what was left of it joined two tables.
TEST(Streaks, OneThatIsGoneInPlacesIsSeenAllTheWay) {
    const cv::Mat before = page();
    // How many points are left of one that takes `by` levels, and is gone in places and at one end.
    const auto left = [&](int by, int in_places, int from, int to) {
        cv::Mat gray = before.clone(), off;
        darken(gray.colRange(650, 653), by);
        for (const int y : {300, 700, 1200}) before.rowRange(y, y + in_places).copyTo(gray.rowRange(y, y + in_places));
        before.rowRange(from, to).copyTo(gray.rowRange(from, to));
        erase_streaks(gray, kUnit);
        cv::absdiff(gray, before, off);
        return cv::countNonZero(off > 10);
    };
    EXPECT_LT(left(90, 200, 0, 40), 200);
    EXPECT_LT(left(90, 200, 1960, 2000), 200);
    EXPECT_GT(left(90, 350, 1960, 2000), 2000) << "in most places";
    EXPECT_GT(left(90, 200, 1900, 2000), 2000) << "not in both margins, as a ruling of a table that was cut off";
    EXPECT_GT(left(200, 200, 1960, 2000), 2000) << "as dark as a ruling";
}

// One that takes little where a ruling stands below it.
TEST(Streaks, ARulingBelowOneStays) {
    cv::Mat gray = page();
    for (const cv::Range& rows : {cv::Range(0, 1400), cv::Range(1600, 2000)})
        darken(gray.rowRange(rows).colRange(720, 723), 40);
    cv::line(gray, {721, 1400}, {721, 1600}, 30, 3);
    erase_streaks(gray, kUnit);
    EXPECT_LT(cv::mean(gray(cv::Rect(720, 1420, 3, 160)))[0], 90);
    EXPECT_GT(cv::mean(gray(cv::Rect(720, 1810, 3, 180)))[0], 235);
}

// Found on a report strewn with specks: some stood below each other in a margin.
TEST(Streaks, SpecksBelowEachOtherAreNone) {
    cv::Mat gray = page();
    for (int y = 5; y < 2000; y += 20) gray(cv::Rect(721, y, 2, 3)).setTo(40);
    const cv::Mat drawn = gray.clone();
    erase_streaks(gray, kUnit);
    EXPECT_EQ(cv::countNonZero(gray != drawn), 0);
}

// Rulings of a table that the picture's edge cuts.
TEST(Streaks, LinesThatEndAreRulingsIfTheyAreDarkOrManyOrCrossed) {
    const auto stays = [&](int by, int count, bool crossed) {
        cv::Mat gray = page();
        for (int i = 0; i < count; ++i) darken(gray(cv::Rect(310 + 190 * i, 0, 3, 900)), by);
        if (crossed) darken(gray(cv::Rect(310, 100, 190 * (count - 1), 3)), by);
        const cv::Mat drawn = gray.clone();
        erase_streaks(gray, kUnit);
        return cv::countNonZero(gray != drawn) == 0;
    };
    EXPECT_TRUE(stays(200, 1, false));
    EXPECT_TRUE(stays(90, 5, false));
    EXPECT_FALSE(stays(90, 4, false));
    EXPECT_TRUE(stays(90, 4, true));
    EXPECT_TRUE(stays(90, 2, true));
}

TEST(Streaks, OfTinyPicturesThereAreNone) {
    for (const cv::Size size : {cv::Size(1, 1), cv::Size(3, 200), cv::Size(200, 3)}) {
        cv::Mat gray(size, CV_8UC1, cv::Scalar(90));
        EXPECT_TRUE(erase_streaks(gray, kUnit).empty()) << size;
    }
}

}  // namespace
}  // namespace biaod::layout
