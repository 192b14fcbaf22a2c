#include "layout/cleaning/sheet.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

const cv::Size kPicture(200, 280);

// A sheet that lies on a grained desk, 12 px from the picture's edges, and leans as `lean` says.
cv::Mat photograph(int desk, double grain, double lean = 0) {
    cv::Mat picture(kPicture, CV_8UC1), noise(kPicture, CV_16SC1);
    cv::theRNG().state = 5;
    cv::randn(noise, 0, grain * desk);
    cv::blur(noise, noise, {15, 1});
    noise.convertTo(picture, CV_8U, 4, desk);
    const double down = lean * kPicture.width;
    const std::vector<cv::Point> sheet = {
        {12, 12}, {188, cvRound(12 + down)}, {cvRound(188 - down), 268}, {cvRound(12 - down), cvRound(268 - down)}};
    cv::fillConvexPoly(picture, sheet, 240);
    for (int y = 50; y < 240; y += 15) cv::line(picture, {40, y}, {150, y}, 120, 2);
    return picture;
}

TEST(Sheet, WhatLiesBeyondEachEdgeIsFound) {
    for (const int desk : {40, 120, 190})
        for (const double lean : {0.0, 0.04}) {
            const auto found = beyond_sheet(photograph(desk, 0.05, lean));
            ASSERT_EQ(found.size(), 4u) << desk << ' ' << lean;
            cv::Mat all = found[0] | found[1] | found[2] | found[3];
            for (const cv::Point at : {cv::Point(100, 5), cv::Point(100, 275), cv::Point(5, 140), cv::Point(195, 140)})
                EXPECT_EQ(all.at<std::uint8_t>(at), 255) << at;
            const int least = cvRound(15 + lean * kPicture.height), most = cvRound(15 + lean * kPicture.width);
            const cv::Mat inside = all(cv::Rect(cv::Point(least, most), kPicture - cv::Size(2 * least, 2 * most)));
            EXPECT_EQ(cv::countNonZero(inside), 0) << desk << ' ' << lean;
        }
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
