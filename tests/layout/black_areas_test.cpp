#include "layout/cleaning/black_areas.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kCharHeight = 44;  // px, as at 300 dpi
const cv::Rect kHeader(200, 300, 900, 90);

// A page whose paper and ink are of these levels: a line of writing, with strokes as thick as of a title.
cv::Mat page(int paper = 255, int ink = 0) {
    cv::Mat gray(1600, 1300, CV_8UC1, cv::Scalar(paper));
    for (int x = 200; x < 1100; x += 80) cv::rectangle(gray, cv::Rect(x, 500, 60, 70), ink, 14);
    cv::line(gray, {200, 700}, {1100, 700}, ink, 20);
    return gray;
}

double mean_in(const cv::Mat& gray, const cv::Rect& place) { return cv::mean(gray(place))[0]; }

// Found on copies of reports with dark headers: their tables were lost, though all but the headers could be read.
TEST(BlackAreas, ABlackHeaderBecomesPaper) {
    for (const auto& [paper, ink] : {std::pair(255, 0), {200, 12}, {150, 30}}) {
        cv::Mat gray = page(paper, ink);
        gray(kHeader).setTo(ink);
        const cv::Mat before = gray.clone(), found = turn_black_areas(gray, kCharHeight);
        ASSERT_FALSE(found.empty());
        EXPECT_NEAR(cv::countNonZero(found), kHeader.area(), 0.02 * kHeader.area());
        EXPECT_NEAR(mean_in(gray, kHeader), paper, 4);
        EXPECT_EQ(cv::countNonZero((gray != before) & ~found), 0);
    }
}

TEST(BlackAreas, OneThatLeansOrIsFullOfSpecksIsOne) {
    cv::Mat gray = page(), bar = gray.clone();
    cv::Point2f corners[4];
    cv::RotatedRect({650, 345}, {900, 90}, 3).points(corners);
    std::vector<cv::Point> points(corners, corners + 4);
    cv::fillConvexPoly(bar, points, 0);
    bar.copyTo(gray);
    EXPECT_NEAR(cv::countNonZero(turn_black_areas(gray, kCharHeight)), kHeader.area(), 0.1 * kHeader.area());
    cv::Mat specks = page();
    specks(kHeader).setTo(0);
    cv::RNG random(5);
    for (int i = 0; i < 300; ++i)
        specks(cv::Rect(random.uniform(200, 1095), random.uniform(300, 385), 2, 2)).setTo(255);
    EXPECT_NEAR(cv::countNonZero(turn_black_areas(specks, kCharHeight)), kHeader.area(), 0.05 * kHeader.area());
}

TEST(BlackAreas, WhiteWritingOnBlackBecomesBlackOnWhite) {
    cv::Mat gray = page();
    gray(kHeader).setTo(0);
    const cv::Rect letter(400, 330, 30, 34);
    cv::rectangle(gray, letter, 255, 4);
    turn_black_areas(gray, kCharHeight);
    EXPECT_LT(mean_in(gray, {letter.x - 1, letter.y, 4, letter.height}), 64);
    EXPECT_GT(mean_in(gray, {letter.x + 10, letter.y + 10, 10, 10}), 250);
}

TEST(BlackAreas, WhatIsNoCellStays) {
    const auto stays = [](const cv::Mat& shape) {
        cv::Mat gray = shape.clone();
        return turn_black_areas(gray, kCharHeight).empty() && cv::norm(gray, shape, cv::NORM_INF) == 0;
    };
    EXPECT_TRUE(stays(page())) << "strokes and a thick ruling";
    cv::Mat star = page();
    cv::circle(star, {650, 1000}, 80, 0, cv::FILLED);
    EXPECT_TRUE(stays(star)) << "a seal's star is as large";
    cv::Mat border = page();
    border.colRange(0, 120).setTo(0);
    EXPECT_TRUE(stays(border)) << "at the picture's edge";
    cv::Mat angle = page();
    angle(cv::Rect(200, 900, 100, 500)).setTo(0);
    angle(cv::Rect(200, 1300, 800, 100)).setTo(0);
    EXPECT_TRUE(stays(angle)) << "not oblong";
    cv::Mat shade = page();
    for (const int level : {110, 40}) {
        shade(kHeader).setTo(level);
        EXPECT_TRUE(stays(shade)) << "on a dark fill ink can be seen " << level;
    }
    EXPECT_TRUE(stays(cv::Mat(40, 40, CV_8UC1, cv::Scalar(0))));
}

}  // namespace
}  // namespace biaod::layout
