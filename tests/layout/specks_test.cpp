#include "layout/specks.hpp"

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

}  // namespace
}  // namespace biaod::layout
