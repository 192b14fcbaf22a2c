#include "layout/cleaning/fills.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kCharHeight = 22;  // px, as at 150 dpi

// Header cells with a background: the rulings and the writing stay, with their soft edges.
TEST(LiftFills, ColouredHeadersBecomeWhite) {
    for (const int level : {120, 163, 200, 227, 240}) {
        cv::Mat page(600, 800, CV_8UC1, cv::Scalar(255)), plain;
        const auto print = [](cv::Mat& on, int paper) {
            for (int x = 100; x <= 700; x += 150) on(cv::Rect(x, 100, 2, 300)).setTo(0);
            for (int y = 100; y <= 400; y += 50) on(cv::Rect(100, y, 602, 1)).setTo(0);
            for (int x = 110; x < 690; x += 12) {
                on(cv::Rect(x, 115, 2, 16)).setTo(10);
                on(cv::Rect(x + 2, 115, 1, 16)).setTo(paper / 2);  // antialiased
            }
        };
        page(cv::Rect(100, 100, 602, 100)).setTo(level);
        print(page, level);
        plain = cv::Mat(page.size(), CV_8UC1, cv::Scalar(255));
        print(plain, 255);
        cv::Mat difference;
        lift_fills(page, kCharHeight, true);
        cv::absdiff(page, plain, difference);
        double most = 0;
        cv::minMaxLoc(difference, nullptr, &most);
        EXPECT_LE(most, 26) << level;  // a tenth of a level, its grain, also becomes white
    }
}

// Found on a pale scan: the writing in a filled header faded away.
TEST(LiftFills, PaleWritingKeepsItsContrast) {
    cv::Mat page(600, 800, CV_8UC1, cv::Scalar(250));
    page(cv::Rect(100, 100, 600, 100)).setTo(200);
    for (int x = 110; x < 690; x += 12)
        for (const int y : {115, 315}) page(cv::Rect(x, y, 2, 16)).setTo(130);
    lift_fills(page, kCharHeight, true);
    EXPECT_NEAR(page.at<std::uint8_t>(120, 110), 130, 5);  // as on paper
    EXPECT_EQ(page.at<std::uint8_t>(120, 117), 250);
}

// Found on a pale scan: the hairlines of a grey header went with its grain.
TEST(LiftFills, PaleHairlinesInAFillStay) {
    cv::Mat page(600, 800, CV_8UC1, cv::Scalar(250));
    page(cv::Rect(100, 100, 600, 100)).setTo(210);
    for (int x = 110; x < 690; x += 12) page(cv::Rect(x, 115, 3, 16)).setTo(140);
    const cv::Rect hairline(400, 140, 1, 50);
    page(hairline).setTo(182);
    lift_fills(page, kCharHeight, true);
    EXPECT_LT(cv::mean(page(hairline))[0], 225);
    EXPECT_GT(cv::mean(page(cv::Rect(402, 140, 90, 50)))[0], 245);
}

// Found on pale scans: around one character the fill stayed, or around one alone it was taken for one, and the
// character became a table within the table.
TEST(LiftFills, APaleFillIsLiftedWholeOrNotAtAll) {
    constexpr int kPaper = 250, kFill = 222, kPatch = 237;
    cv::Mat page(600, 800, CV_8UC1, cv::Scalar(kPaper));
    page(cv::Rect(100, 100, 600, 60)).setTo(kFill);
    page(cv::Rect(300, 110, 40, 50)).setTo(kPatch);
    ASSERT_FALSE(lift_fills(page, kCharHeight, true).empty());
    EXPECT_EQ(page.at<std::uint8_t>(130, 200), kPaper);
    EXPECT_EQ(page.at<std::uint8_t>(130, 320), kPaper);

    page.setTo(kPaper);
    page(cv::Rect(100, 100, 600, 60)).setTo(kPatch);
    page(cv::Rect(300, 116, 24, 24)).setTo(kFill);
    const cv::Mat before = page.clone();
    EXPECT_TRUE(lift_fills(page, kCharHeight, true).empty());
    EXPECT_EQ(cv::norm(page, before, cv::NORM_INF), 0);
}

// Found on pages in uneven light: where a shadow begins it is as pale as such a fill, and lifted it had edges.
TEST(LiftFills, AFillThatIsNearlyAsLightAsPaperStays) {
    for (const int level : {220, 228}) {
        cv::Mat page(600, 800, CV_8UC1, cv::Scalar(250));
        page(cv::Rect(100, 100, 600, 60)).setTo(level);
        EXPECT_EQ(lift_fills(page, kCharHeight, true).empty(), level == 228);
        EXPECT_EQ(page.at<std::uint8_t>(130, 320), level == 228 ? 228 : 250);
    }
}

// Found on a phone's picture: a hairline between a fill and paper was lifted with the fill.
TEST(LiftFills, ARulingAroundAFillStaysAsDarkAsItIs) {
    for (int shift = 0; shift < 4; ++shift) {
        cv::Mat page(600, 800, CV_8UC1, cv::Scalar(240));
        page(cv::Rect(100, 100 + shift, 600, 100)).setTo(160);
        page(cv::Rect(100, 99 + shift, 600, 1)).setTo(100);
        page(cv::Rect(300, 300, 200, 4)).setTo(20);
        lift_fills(page, kCharHeight, true);
        EXPECT_LE(page.at<std::uint8_t>(99 + shift, 400), shift == 1 ? 175 : 100) << shift;
        EXPECT_EQ(page.at<std::uint8_t>(150, 400), 240);
    }
}

TEST(LiftFills, APictureSmallerThanATableHasNone) {
    for (const cv::Size size : {cv::Size(1, 1), cv::Size(33, 9), cv::Size(13, 17), cv::Size(2000, 31)}) {
        cv::Mat page(size, CV_8UC1, cv::Scalar(150));
        EXPECT_TRUE(lift_fills(page, kCharHeight, true).empty()) << size;
    }
}

// Found on scans at 150 dpi: where writing rings in a JPEG picture, the fill around it stayed, and its grain was ruled.
TEST(LiftFills, SingleLightPointsAreNoPaper) {
    cv::Mat page(600, 800, CV_8UC1, cv::Scalar(240));
    page(cv::Rect(100, 100, 600, 100)).setTo(200);
    page(cv::Rect(300, 300, 200, 4)).setTo(20);
    for (int y = 102; y < 200; y += 4)
        for (int x = 102; x < 400; x += 4) page.at<std::uint8_t>(y, x) = 235;
    ASSERT_FALSE(lift_fills(page, kCharHeight, true).empty());
    EXPECT_EQ(page.at<std::uint8_t>(151, 301), 240);
    EXPECT_EQ(page.at<std::uint8_t>(151, 601), 240);
}

// Found under a shadow: a part of it was lifted to white, and the paper beside that part became a ruling.
TEST(LiftFills, AFillBecomesAsLightAsThePaperAroundIt) {
    for (const int paper : {130, 180, 230}) {
        cv::Mat page(600, 800, CV_8UC1, cv::Scalar(paper));
        page(cv::Rect(100, 100, 600, 100)).setTo(cv::Scalar(paper * 0.85));
        page(cv::Rect(300, 300, 200, 4)).setTo(20);
        lift_fills(page, kCharHeight, true);
        EXPECT_NEAR(page.at<std::uint8_t>(150, 400), paper, 1);
        EXPECT_NEAR(page.at<std::uint8_t>(450, 400), paper, 1);
    }
}

// Found on scans: the outer hairlines of a filled header were lost, and with them its cells.
TEST(LiftFills, TellsWhereAFillEnds) {
    cv::Mat page(600, 800, CV_8UC1, cv::Scalar(250)), noise(page.size(), CV_16SC1);
    const cv::Rect fill(101, 102, 598, 97);
    page(fill).setTo(200);
    for (int x = 110; x < 690; x += 12) page(cv::Rect(x, 140, 3, 16)).setTo(20);
    cv::RNG(3).fill(noise, cv::RNG::NORMAL, 0, 4);
    cv::add(page, noise, page, cv::noArray(), CV_8U);
    const cv::Mat edges = lift_fills(page, kCharHeight, true);
    ASSERT_EQ(edges.size(), page.size());
    cv::Mat around = cv::Mat::zeros(page.size(), CV_8UC1);
    cv::rectangle(around, fill, 255, 7);
    EXPECT_EQ(cv::countNonZero(edges & ~around), 0);
    cv::Mat one_line = cv::Mat::zeros(page.size(), CV_8UC1);
    cv::rectangle(one_line, fill, 255, 1);
    EXPECT_GT(cv::countNonZero(edges & one_line), cv::countNonZero(one_line) * 95 / 100);
}

// The table below a photographed sheet: its edge is the sheet's.
TEST(LiftFills, WhatThePaperLiesOnIsNoCell) {
    cv::Mat page(600, 800, CV_8UC1, cv::Scalar(200));
    page(cv::Rect(42, 33, 700, 530)).setTo(250);
    const cv::Mat edges = lift_fills(page, kCharHeight, true);
    EXPECT_TRUE(edges.empty() || cv::countNonZero(edges) == 0);
}

// Lifted, it would leave terraces, whose edges look like rulings and whose writing is pale.
TEST(LiftFills, AShadowIsNoFill) {
    cv::Mat page(600, 800, CV_8UC1, cv::Scalar(250));
    page(cv::Rect(200, 150, 400, 300)).setTo(190);
    cv::GaussianBlur(page, page, {}, 15);
    for (int y = 100; y <= 500; y += 50) page(cv::Rect(100, y, 600, 2)).setTo(20);
    for (int x = 100; x <= 700; x += 150) page(cv::Rect(x, 100, 2, 400)).setTo(20);
    const cv::Mat as_it_was = page.clone();
    EXPECT_TRUE(lift_fills(page, kCharHeight, true).empty());
    EXPECT_EQ(cv::countNonZero(page != as_it_was), 0);
}

// Found in a PDF of a word processor: the edges of a header's fill were drawn so that they looked gradual, and it
// stayed.
TEST(LiftFills, ADigitalPageHasNoShadows) {
    cv::Mat page(600, 800, CV_8UC1, cv::Scalar(250));
    page(cv::Rect(200, 150, 400, 300)).setTo(190);
    cv::GaussianBlur(page, page, {}, 15);
    cv::Mat scan = page.clone();
    lift_fills(scan, kCharHeight, true);
    EXPECT_EQ(cv::norm(scan, page, cv::NORM_INF), 0);
    lift_fills(page, kCharHeight, false);
    EXPECT_GT(page.at<std::uint8_t>(300, 400), 240);
}

// Found on a page in uneven light: a header was lifted with the shadow that it lies in, and where that ends became an
// edge.
TEST(LiftFills, AShadowThatIsLiftedWithAFillHasNoEdge) {
    cv::Mat page(600, 800, CV_8UC1, cv::Scalar(250)), noise(page.size(), CV_16SC1);
    page(cv::Rect(450, 0, 350, 600)).setTo(190);
    cv::GaussianBlur(page, page, {}, 25);
    const cv::Rect fill(100, 100, 600, 150);
    page(fill) *= 0.75;
    cv::RNG(3).fill(noise, cv::RNG::NORMAL, 0, 4);
    cv::add(page, noise, page, cv::noArray(), CV_8U);
    const cv::Mat edges = lift_fills(page, kCharHeight, true);
    ASSERT_FALSE(edges.empty());
    cv::Mat around = cv::Mat::zeros(page.size(), CV_8UC1);
    cv::rectangle(around, fill, 255, 13);
    EXPECT_LT(cv::countNonZero(edges & ~around), 40);  // grain; the shadow has hundreds
}

// A header may lie in a shadow, across its edge.
TEST(LiftFills, FillsInAShadowAreLifted) {
    cv::Mat page(600, 800, CV_8UC1, cv::Scalar(250));
    page(cv::Rect(200, 0, 600, 600)).setTo(190);
    cv::GaussianBlur(page, page, {}, 15);
    page(cv::Rect(100, 100, 600, 150)) *= 0.8;
    for (int y = 100; y <= 250; y += 50) page(cv::Rect(100, y, 600, 6)).setTo(20);
    for (int x = 100; x <= 700; x += 150) page(cv::Rect(x, 100, 6, 150)).setTo(20);
    lift_fills(page, kCharHeight, true);
    EXPECT_GT(page.at<std::uint8_t>(180, 500), 180);
    EXPECT_GT(page.at<std::uint8_t>(130, 640), 180);
}

TEST(LiftFills, ThinGreyRulingsAreNoFills) {
    cv::Mat page(600, 800, CV_8UC1, cv::Scalar(255));
    for (int y = 50; y < 600; y += 25) page(cv::Rect(50, y, 700, 3)).setTo(150);
    cv::Mat lifted = page.clone();
    lift_fills(lifted, kCharHeight, true);
    EXPECT_EQ(cv::countNonZero(lifted != page), 0);
}

}  // namespace
}  // namespace biaod::layout
