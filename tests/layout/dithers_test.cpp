#include "layout/rulings/dithers.hpp"

#include <gtest/gtest.h>

namespace biaod::layout {
namespace {

constexpr int kUnit = 28;

// With crumbs that are in nobody's way.
cv::Mat blank() {
    cv::Mat ink = cv::Mat::zeros(600, 600, CV_8UC1);
    for (int i = 0; i < 50; ++i) ink.at<std::uint8_t>(5 + i % 5 * 3, 10 + i * 11) = 255;
    return ink;
}

void piece(cv::Mat& ink, int x, int y, int width, int height) { ink(cv::Rect(x, y, width, height)).setTo(255); }

bool draw(cv::Mat& ink) { return draw_dithers_through(ink, connect(find_runs(ink)), kUnit); }

// The share of the columns from `from` to `to` with ink in three rows of pixels about `y`.
double covered(const cv::Mat& ink, int y, int from, int to) {
    cv::Mat any;
    cv::reduce(ink.rowRange(y - 1, y + 2).colRange(from, to), any, 0, cv::REDUCE_MAX);
    return cv::countNonZero(any) / static_cast<double>(to - from);
}

// A hairline as a fax shows it: half of its pixels, on two rows.
void dithered(cv::Mat& ink, int y, int from, int to, cv::RNG& random) {
    for (int x = from; x < to; ++x)
        if (random.uniform(0, 100) < 55) ink.at<std::uint8_t>(y + random.uniform(0, 2), x) = 255;
}

TEST(Dithers, AHairlineOfCrumbsIsDrawnThroughToItsEnds) {
    cv::RNG random(1);
    cv::Mat level = blank();
    dithered(level, 300, 100, 500, random);
    cv::Mat upright = level.t();
    EXPECT_TRUE(draw(level));
    EXPECT_TRUE(draw(upright));
    EXPECT_GT(covered(level, 300, 110, 490), 0.95);
    EXPECT_EQ(covered(level, 300, 0, 99), 0);
    EXPECT_EQ(covered(level, 300, 501, 600), 0);
    EXPECT_EQ(cv::norm(level, upright.t(), cv::NORM_INF), 0);
}

TEST(Dithers, RulingsAcrossDoNotHideIt) {
    cv::RNG random(2);
    cv::Mat ink = blank();
    dithered(ink, 300, 100, 500, random);
    for (int x = 100; x <= 500; x += 80) piece(ink, x, 100, 2, 400);
    EXPECT_TRUE(draw(ink));
    EXPECT_GT(covered(ink, 300, 110, 490), 0.95);
}

// A stroke of writing that fills its row: 十 between two rulings.
TEST(Dithers, AStrokeBetweenRulingsStaysAStroke) {
    cv::Mat ink = blank();
    for (int y = 100; y <= 400; y += 50) piece(ink, 50, y, 500, 2);
    piece(ink, 300, 160, 3, 34);
    piece(ink, 286, 175, 30, 3);
    for (const int x : {560, 580}) piece(ink, x, 176, 2, 2);  // crumbs on its row
    for (const int y : {560, 580}) piece(ink, 301, y, 2, 2);  // and its column
    const cv::Mat before = ink.clone();
    EXPECT_FALSE(draw(ink));
    EXPECT_EQ(cv::norm(ink, before, cv::NORM_INF), 0);
}

TEST(Dithers, AColumnOfOnesStaysOnes) {
    cv::Mat ink = blank();
    for (int y = 50; y <= 550; y += 50) {
        piece(ink, 50, y, 500, 2);
        piece(ink, 300, y + 15, 3, 21);
    }
    for (const int y : {20, 30}) piece(ink, 301, y, 2, 2);  // crumbs in its column
    const cv::Mat before = ink.clone();
    EXPECT_FALSE(draw(ink));
    EXPECT_EQ(cv::norm(ink, before, cv::NORM_INF), 0);
}

TEST(Dithers, SpecksAndWritingBesideARowAreNone) {
    cv::RNG random(3);
    cv::Mat specks = blank();
    for (int i = 0; i < 6000; ++i) specks.at<std::uint8_t>(random.uniform(0, 600), random.uniform(0, 600)) = 255;
    cv::Mat writing = blank();
    dithered(writing, 300, 100, 500, random);
    for (int x = 100; x < 500; x += 30) piece(writing, x, 304, 20, 20);
    for (cv::Mat* ink : {&specks, &writing}) {
        const cv::Mat before = ink->clone();
        EXPECT_FALSE(draw(*ink));
        EXPECT_EQ(cv::norm(*ink, before, cv::NORM_INF), 0);
    }
}

TEST(Dithers, APageThatIsSmallerThanALineIsLeft) {
    for (const cv::Size size : {cv::Size(5, 5), cv::Size(600, 5), cv::Size(5, 600)}) {
        cv::Mat ink = cv::Mat::zeros(size, CV_8UC1);
        for (int y = 0; y < ink.rows; y += 4)
            for (int x = 0; x < ink.cols; x += 4) ink.at<std::uint8_t>(y, x) = 255;
        const cv::Mat before = ink.clone();
        EXPECT_FALSE(draw(ink));
        EXPECT_EQ(cv::norm(ink, before, cv::NORM_INF), 0);
    }
}

}  // namespace
}  // namespace biaod::layout
