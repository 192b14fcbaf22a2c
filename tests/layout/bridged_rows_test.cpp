#include "layout/rulings/bridged_rows.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kUnit = 20;

// A table of which the row from 140 to 180 has lost its sides; of the vertical at 400 crumbs are left there.
struct Page {
    cv::Mat faint = cv::Mat::zeros(400, 900, CV_8UC1);
    std::vector<Ruling> rulings;

    Page() {
        for (const double y : {100, 140, 180, 220}) add({true, y, 100, 800, 1, 700});
        for (const double x : {100, 400, 800}) {
            add({false, x, 100, 140, 1, 40});
            add({false, x, 180, 220, 1, 40});
        }
        crumbs(142, 178);
    }
    void add(const Ruling& r) {
        rulings.push_back(r);
        cv::line(faint, r.horizontal ? cv::Point2d(r.from, r.at) : cv::Point2d(r.at, r.from),
                 r.horizontal ? cv::Point2d(r.to, r.at) : cv::Point2d(r.at, r.to), 255);
    }
    void crumbs(int from, int to) {
        for (int y = from; y < to; y += 5) faint(cv::Rect(400, y, 1, 3)).setTo(255);
    }
    // How far down the vertical from above goes.
    double end() const {
        std::vector<Ruling> all = rulings;
        bridge_rows(all, faint, kUnit);
        for (const Ruling& r : all)
            if (!r.horizontal && r.at == 400 && r.from == 100) return r.to;
        return 0;
    }
};

// Found on a fax: such a row was a heading between two tables.
TEST(BridgedRows, CrumbsOfAVerticalLeadOverARowWithoutSides) {
    Page page;
    EXPECT_EQ(page.end(), 180);
    cv::rectangle(page.faint, {410, 150, 20, 20}, 255, 3);
    EXPECT_EQ(page.end(), 180) << "with writing to one side";
    cv::rectangle(page.faint, {375, 150, 20, 20}, 255, 3);
    EXPECT_EQ(page.end(), 140) << "and to both";
}

TEST(BridgedRows, WithoutCrumbsAllTheWayTwoTablesStayTwo) {
    Page page;
    page.faint(cv::Rect(400, 160, 1, 18)).setTo(0);
    EXPECT_EQ(page.end(), 140);
    Page title;
    title.faint(cv::Rect(390, 142, 20, 36)).setTo(0);
    cv::rectangle(title.faint, {390, 148, 24, 24}, 255, 3);
    cv::line(title.faint, {400, 148}, {400, 172}, 255, 3);
    EXPECT_EQ(title.end(), 140) << "a character of a title";
    Page last;
    last.faint(cv::Rect(390, 142, 20, 36)).setTo(0);
    cv::rectangle(last.faint, {376, 142, 26, 37}, 255, 2);
    EXPECT_EQ(last.end(), 140) << "its last one, which is as high as the row";
}

TEST(BridgedRows, WhatAnotherVerticalHoldsTogetherNeedsNone) {
    Page page;
    page.add({false, 600, 140, 180, 1, 40});
    EXPECT_EQ(page.end(), 140);
}

TEST(BridgedRows, ItsHorizontalsAreOfOneExtent) {
    Page page;
    page.rulings[2].to = 700;
    EXPECT_EQ(page.end(), 140);
}

TEST(BridgedRows, IsNoHigherThanARow) {
    const auto end = [](double below) {
        Page page;
        page.faint.setTo(0);
        page.rulings.clear();
        for (const double y : {100.0, 140.0, below}) page.add({true, y, 100, 800, 1, 700});
        for (const double x : {100, 400, 800}) page.add({false, x, 100, 140, 1, 40});
        page.crumbs(142, static_cast<int>(below) - 2);
        return page.end();
    };
    EXPECT_EQ(end(200), 200);
    EXPECT_EQ(end(240), 140);
}

TEST(BridgedRows, CrumbsAreThin) {
    Page page;
    for (int y = 143; y < 178; y += 5) page.faint(cv::Rect(398, y, 5, 3)).setTo(255);
    EXPECT_EQ(page.end(), 140);
}

}  // namespace
}  // namespace biaod::layout
