#include "layout/cleaning/specks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr int kChar = 30;  // px
const cv::Size kPage(1200, 1600);

struct Page {
    cv::Mat ink = cv::Mat::zeros(kPage, CV_8UC1);

    void box(const cv::Rect& box) { ink(box).setTo(255); }

    // Specks of two points all over it, but for its first 300 rows.
    void strew(int count) {
        cv::RNG random(3);
        for (int i = 0; i < count; ++i)
            box({random.uniform(0, kPage.width - 2), random.uniform(300, kPage.height - 2), 2, 2});
    }

    std::vector<cv::Rect> specks() const { return find_specks(connect(find_runs(ink)), ink.size(), kChar); }

    bool has_speck(const cv::Rect& box) const { return std::ranges::count(specks(), box) > 0; }
};

TEST(Specks, ACleanPageHasNone) {
    Page page;
    page.strew(40);
    EXPECT_TRUE(page.specks().empty());
}

TEST(Specks, OnAStrewnPageNearlyAllThatIsAsSmallIsOne) {
    Page page;
    page.strew(600);
    page.box({400, 100, 20, kChar});  // a digit,
    page.box({424, 110, 2, 2});       // a speck beside it
    page.box({600, 100, 20, kChar});  // and another,
    page.box({623, 126, 5, 5});       // with its point
    EXPECT_GT(page.specks().size(), 550u);
    EXPECT_TRUE(page.has_speck({424, 110, 2, 2}));
    EXPECT_FALSE(page.has_speck({623, 126, 5, 5}));
}

TEST(Specks, DotsInARowAreNone) {
    Page page;
    page.strew(600);
    for (int x = 100; x < 1000; x += 6) page.box({x, 200, 2, 2});
    for (int y = 30; y < 180; y += 6) page.box({100, y, 2, 2});
    for (const cv::Rect& speck : page.specks()) EXPECT_GE(speck.y, 298) << speck;
}

TEST(Specks, WhatMayBeAPointIsNone) {
    Page page;
    page.strew(600);
    // 2.4 with a thin point, and 24 with a speck in the same place.
    for (const int x : {400, 430, 600, 622}) page.box({x, 100, 18, kChar});
    page.box({423, 128, 2, 2});
    page.box({619, 128, 2, 2});
    page.box({423, 100, 2, 2});  // no point stands at their heads
    EXPECT_FALSE(page.has_speck({423, 128, 2, 2}));
    EXPECT_TRUE(page.has_speck({619, 128, 2, 2}));
    EXPECT_TRUE(page.has_speck({423, 100, 2, 2}));
}

// Found on faxes: 84 with a crumb of the table's right side was 84-, and 87 after one of its left side 187.
TEST(Specks, CrumbsBesideATablesSideAreNoWriting) {
    const cv::Rect2d table(100, 100, 900, 300);
    const auto crumbs = [&](int x, int every, int height, const std::vector<cv::Rect>& others = {}) {
        Page page;
        for (int y = 110; y + height < 400; y += every) page.box({x, y, 2, height});
        for (const int y : {110, 210, 310}) page.box({960, y, 16, kChar});  // figures
        for (const cv::Rect& other : others) page.box(other);
        return find_side_crumbs(connect(find_runs(page.ink)), table, kChar).size();
    };
    EXPECT_EQ(crumbs(992, 30, 8), 10u);
    EXPECT_EQ(crumbs(108, 30, 8), 10u);
    EXPECT_EQ(crumbs(979, 30, 8), 0u) << "too far from the side";
    EXPECT_EQ(crumbs(992, 100, 8), 0u) << "too few";
    EXPECT_EQ(crumbs(992, 30, 20), 0u) << "as high as a digit";
    EXPECT_EQ(crumbs(992, 30, 8, {{974, 150, 16, kChar}}), 0u) << "points behind a digit";
    EXPECT_EQ(crumbs(988, 30, 8, {{994, 150, 16, kChar}}), 0u) << "points before a digit";
    EXPECT_EQ(crumbs(992, 30, 8, {{910, 150, 80, kChar}}), 0u) << "or behind some that touch";
}

}  // namespace
}  // namespace biaod::layout
