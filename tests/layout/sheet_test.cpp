#include "layout/cleaning/sheet.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

const cv::Size kPicture(200, 280);

// A sheet 12 px from the picture's edges that leans as `lean` says, as a mask.
cv::Mat leaning_sheet(double lean) {
    const double across = lean * kPicture.width, down = lean * kPicture.height;
    const std::vector<cv::Point> corners = {
        {cvRound(12 + down), 12}, {188, cvRound(12 + across)}, {cvRound(188 - down), 268}, {12, cvRound(268 - across)}};
    cv::Mat sheet = cv::Mat::zeros(kPicture, CV_8UC1);
    cv::fillConvexPoly(sheet, corners, 255);
    return sheet;
}

// It lies on a grained desk.
cv::Mat photograph(int desk, double grain, const cv::Mat& sheet) {
    cv::Mat picture(kPicture, CV_8UC1), noise(kPicture, CV_16SC1);
    cv::theRNG().state = 5;
    cv::randn(noise, 0, grain * desk);
    cv::blur(noise, noise, {15, 1});
    noise.convertTo(picture, CV_8U, 4, desk);
    picture.setTo(240, sheet);
    for (int y = 50; y < 240; y += 15) cv::line(picture, {40, y}, {150, y}, 120, 2);
    return picture;
}

TEST(Sheet, WhatLiesBeyondEachEdgeIsFound) {
    for (const int desk : {40, 120, 190})
        for (const double lean : {0.0, 0.04}) {
            const cv::Mat sheet = leaning_sheet(lean);
            const auto found = beyond_sheet(photograph(desk, 0.05, sheet));
            ASSERT_EQ(found.size(), 4u) << desk << ' ' << lean;
            cv::Mat all = found[0] | found[1] | found[2] | found[3], well_inside, well_beyond;
            cv::erode(sheet, well_inside, cv::Mat::ones(7, 7, CV_8UC1));
            cv::erode(~sheet, well_beyond, cv::Mat::ones(7, 7, CV_8UC1));
            EXPECT_EQ(cv::countNonZero(all & well_inside), 0) << desk << ' ' << lean;
            EXPECT_EQ(cv::countNonZero(~all & well_beyond), 0) << desk << ' ' << lean;
        }
}

TEST(Sheet, AnEdgeIsLongAndHardlyLeans) {
    const auto leaning = [](int last) {
        cv::Mat picture(kPicture, CV_8UC1, cv::Scalar(240));
        cv::fillConvexPoly(picture, std::vector<cv::Point>{{0, 0}, {199, 0}, {199, last}, {0, 10}}, 80);
        return beyond_sheet(picture).size();
    };
    EXPECT_EQ(leaning(28), 1u);
    EXPECT_EQ(leaning(45), 0u);
    cv::Mat half(kPicture, CV_8UC1, cv::Scalar(240));
    half(cv::Rect(0, 0, 120, 20)).setTo(80);
    EXPECT_TRUE(beyond_sheet(half).empty());
    half(cv::Rect(0, 0, 180, 20)).setTo(80);
    EXPECT_EQ(beyond_sheet(half).size(), 1u);
}

TEST(Sheet, ACurledEdgeIsFollowed) {
    cv::Mat picture(kPicture, CV_8UC1, cv::Scalar(80));
    const auto top = [](int x) { return cvRound(20 + 3 * std::sin(x / 30.0)); };
    for (int x = 0; x < picture.cols; ++x) picture.col(x).rowRange(top(x), picture.rows).setTo(235);
    const auto found = beyond_sheet(picture);
    ASSERT_EQ(found.size(), 1u);
    int farthest = 0;
    for (int x = 0; x < picture.cols; ++x)
        farthest = std::max(farthest, std::abs(cv::countNonZero(found[0].col(x)) - top(x)));
    EXPECT_LE(farthest, 2);
}

TEST(Sheet, NothingOfAPageIs) {
    cv::Mat page(kPicture, CV_8UC1, cv::Scalar(245));
    EXPECT_TRUE(beyond_sheet(page).empty());
    cv::Mat ruled = page.clone();
    cv::rectangle(ruled, {0, 20, 200, 2}, 20, cv::FILLED);
    EXPECT_TRUE(beyond_sheet(ruled).empty()) << "a ruling from edge to edge";
    cv::Mat filled = page.clone();
    cv::rectangle(filled, {0, 10, 200, 20}, 200, cv::FILLED);
    EXPECT_TRUE(beyond_sheet(filled).empty()) << "a filled row from edge to edge";
    // Found on scans: the paper in the last column, between rulings close to each other, seemed darker than the margin.
    cv::Mat table = page.clone();
    for (int y = 20; y < 260; y += 8) cv::line(table, {30, y}, {170, y}, 60);
    for (const int x : {30, 155, 170}) cv::line(table, {x, 15}, {x, 265}, 120);
    EXPECT_TRUE(beyond_sheet(table).empty()) << "the side of a table";
    cv::Mat shaded = page.clone();
    for (int y = 0; y < 20; ++y) shaded.row(y).setTo(125 + 6 * y);
    EXPECT_TRUE(beyond_sheet(shaded).empty()) << "a shadow";
}

}  // namespace
}  // namespace biaod::layout
