#include "layout/rulings/lone_rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kUnit = 20;

// A row of figures at the top of a page: verticals every 60 px from 100 to 820, and short pieces of the horizontal
// below.
struct Page {
    cv::Mat faint = cv::Mat::zeros(1200, 900, CV_8UC1);
    std::vector<Ruling> rulings;

    explicit Page(int piece = 12) {
        for (int x = 100; x <= 820; x += 60) {
            faint(cv::Rect(x, 100, 2, 40)).setTo(255);
            if (x < 820) cv::rectangle(faint, {x + 22, 108, 12, 14}, 255, 3);
            faint(cv::Rect(x - (x > 100 ? piece / 2 : 0), 139, piece, 1)).setTo(255);
        }
    }
    std::vector<Ruling> mended() const {
        std::vector<Ruling> all = rulings;
        mend_lone_row(all, faint, kUnit);
        return all;
    }
};

TEST(LoneRows, ItsVerticalsAndTheHorizontalAtTheirFeetAreRulings) {
    const std::vector<Ruling> all = Page().mended();
    EXPECT_EQ(std::ranges::count(all, false, &Ruling::horizontal), 13);
    const auto below = std::ranges::find(all, true, &Ruling::horizontal);
    ASSERT_NE(below, all.end());
    EXPECT_NEAR(below->at, 139, 1);
    EXPECT_NEAR(below->from, 100, 1);
    EXPECT_NEAR(below->to, 826, 1);
}

TEST(LoneRows, WhatWasFoundOfItStaysOrIsPartOfIt) {
    Page page;
    page.rulings = {{true, 139, 300, 350, 2, 50}, {false, 340.5, 102, 140, 2, 38}};
    const std::vector<Ruling> all = page.mended();
    EXPECT_EQ(all.size(), 14u);
    EXPECT_EQ(std::ranges::count(all, true, &Ruling::horizontal), 1);
}

TEST(LoneRows, AHorizontalThatWasFoundStaysAsItIs) {
    Page page(60);
    page.rulings = {{true, 139, 100, 822, 2, 700}, {true, 143, 100, 822, 2, 700}};
    EXPECT_EQ(page.mended().size(), 2u) << "the two strokes of a double one";
}

TEST(LoneRows, TheHorizontalEndsAColumnBeyondAtMost) {
    Page page;
    for (int x = 20; x < 100; x += 16) page.faint(cv::Rect(x, 139, 12, 1)).setTo(255);
    const std::vector<Ruling> all = page.mended();
    const auto below = std::ranges::find(all, true, &Ruling::horizontal);
    ASSERT_NE(below, all.end());
    EXPECT_NEAR(below->from, 40, 8);
}

// Found on a fax: figures beside each other were one cell's.
TEST(LoneRows, VerticalsThatLostTheirUpperPartReachAsHighAsTheOthers) {
    Page page(60);
    page.rulings = {{true, 139, 100, 822, 2, 700}};
    for (int x = 100; x <= 820; x += 60) page.rulings.push_back({false, x + 1.0, 100, 140, 2, 40});
    for (const std::size_t i : {4, 8}) {
        page.rulings[i].from = 118;
        page.faint(cv::Rect(cvRound(page.rulings[i].at) - 1, 100, 2, 18)).setTo(0);
    }
    page.faint(cv::Rect(515, 104, 12, 6)).setTo(255);
    page.rulings[6].from = 118;
    page.rulings.push_back({true, 117, 300, 420, 2, 120});
    page.rulings.push_back({false, 350, 60, 80, 2, 20});
    const std::vector<Ruling> all = page.mended();
    EXPECT_EQ(all[4].from, 100);
    EXPECT_EQ(all[6].from, 118) << "begins at a ruling";
    EXPECT_EQ(all[8].from, 118) << "through writing";
    EXPECT_EQ(all.back().from, 60) << "does not stand in the row";
}

// Found on faxes: the figures of the outer columns were no part of the row.
TEST(LoneRows, CrumbsOfTheOuterVerticalsOfEvenColumnsAreEnough) {
    const auto outer = [](bool ruled, double uneven, int width, bool written = true, int beyond = 2) {
        Page page(ruled ? 60 : 12);
        page.faint(cv::Rect(830, 139, 30, 1)).setTo(0);
        for (const int x : {62, 842})
            if (written) cv::rectangle(page.faint, {x, 108, 12, 14}, 255, 3);
        if (ruled) page.rulings = {{true, 139, 100, 822, 2, 700}};
        for (const int x : {40, 881}) {
            page.faint(cv::Rect(x, 104, width, 2)).setTo(255);
            page.faint(cv::Rect(x, 122, width, 3)).setTo(255);
            page.faint(cv::Rect(x, 139, beyond, 1)).setTo(255);
        }
        if (uneven > 0) {
            page.faint(cv::Rect(400, 100, 2, 41)).setTo(0);
            page.faint(cv::Rect(400 + cvRound(uneven), 100, 2, 40)).setTo(255);
        }
        std::vector<double> at;
        for (const Ruling& r : page.mended())
            if (!r.horizontal && (r.at < 90 || r.at > 830)) at.push_back(r.at);
        return at;
    };
    for (const bool ruled : {false, true}) {
        const std::vector<double> at = outer(ruled, 0, 2);
        ASSERT_EQ(at.size(), 2u) << ruled;
        EXPECT_NEAR(at[0], 41, 1);
        EXPECT_NEAR(at[1], 882, 1);
    }
    EXPECT_TRUE(outer(true, 8, 2).empty()) << "columns of other widths";
    EXPECT_TRUE(outer(true, 0, 9).empty()) << "writing";
    EXPECT_TRUE(outer(true, 0, 2, false).empty()) << "specks beside a table";
    EXPECT_TRUE(outer(true, 0, 2, true, 0).empty()) << "specks and writing";
    EXPECT_EQ(outer(true, 0, 2, true, 19).size(), 1u) << "of a wider column, to the right";
}

// Found on a fax: the last digit of the row's total stood outside, and the table's parts were not joined.
TEST(LoneRows, ThereIsAnOuterVerticalWhereTheHorizontalEndsWithinWhatIsWritten) {
    const auto outer = [](int right_end, int left_end, int crumbs = 0, int foot = 0) {
        Page page(60);
        page.rulings = {{true, 139, 100, 822, 2, 700}};
        for (const int x : {62, 842}) {
            cv::rectangle(page.faint, {x, 108, 12, 14}, 255, 3);
            page.faint(cv::Rect(x, 114, 12, 2)).setTo(0);
        }
        if (foot > 0)
            for (const int x : {66, 846}) page.faint(cv::Rect(x, 120, 5, foot - 120)).setTo(255);
        page.faint(cv::Rect(820, 139, 80, 1)).setTo(0);
        page.faint(cv::Rect(820, 139, right_end - 820, 1)).setTo(255);
        page.faint(cv::Rect(left_end, 139, 100 - left_end, 1)).setTo(255);
        if (crumbs > 0)
            for (const int y : {104, 110}) page.faint(cv::Rect(882 - crumbs / 2, y, crumbs, 2)).setTo(255);
        std::vector<double> at;
        for (const Ruling& r : page.mended())
            if (!r.horizontal && (r.at < 90 || r.at > 830)) at.push_back(r.at);
        return at;
    };
    const std::vector<double> at = outer(848, 66);
    ASSERT_EQ(at.size(), 2u);
    EXPECT_NEAR(std::min(at[0], at[1]), 41, 1);
    EXPECT_NEAR(std::max(at[0], at[1]), 881, 1);
    EXPECT_TRUE(outer(836, 82).empty()) << "writing beside the table";
    EXPECT_TRUE(outer(822, 100, 0, 137).empty()) << "or its feet";
    EXPECT_TRUE(outer(868, 50).empty()) << "may go on farther";
    EXPECT_EQ(outer(848, 66, 12).size(), 1u) << "the writing goes on there";
    EXPECT_EQ(outer(848, 66, 2).size(), 2u) << "dots of it are left, but none of the horizontal";
}

TEST(LoneRows, WithoutCrumbsAtTheirFeetVerticalsAreNoRow) { EXPECT_TRUE(Page(2).mended().empty()); }

TEST(LoneRows, RowsOfALargerTableAreLeftAlone) {
    Page page;
    page.rulings = {{false, 100, 100, 600, 2, 500}};
    EXPECT_EQ(page.mended().size(), 1u);
}

TEST(LoneRows, StrokesOfATitleBeginAndEndUnevenly) {
    Page title;
    for (int i = 0; i < 13; ++i) title.faint(cv::Rect(100 + 60 * i, 100, 2, 6 * (i % 4))).setTo(0);
    EXPECT_TRUE(title.mended().empty());
    Page character;
    for (int x = 100; x <= 820; x += 60)
        for (const int y : {106, 116, 126}) character.faint(cv::Rect(x, y, 30, 3)).setTo(255);
    EXPECT_TRUE(character.mended().empty()) << "strokes across begin at them";
}

}  // namespace
}  // namespace biaod::layout
