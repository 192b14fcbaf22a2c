#include "layout/cleaning/border.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace biaod::layout {
namespace {

constexpr double kUnit = 40;

TEST(Border, BlackAroundThePaperBecomesPaper) {
    cv::Mat gray(1200, 900, CV_8UC1, cv::Scalar(15));
    const std::vector<cv::Point> paper = {{40, 30}, {890, 60}, {860, 1190}, {20, 1150}};
    cv::fillConvexPoly(gray, paper, 250);
    cv::rectangle(gray, cv::Rect(200, 300, 500, 400), 0, 3);
    cv::rectangle(gray, cv::Rect(300, 350, 120, 90), 0, cv::FILLED);  // a black picture on the paper
    erase_border(gray, kUnit);
    for (const cv::Point at : {cv::Point(2, 2), cv::Point(895, 600), cv::Point(450, 1195), cv::Point(10, 1000)})
        EXPECT_EQ(gray.at<std::uint8_t>(at), 250) << at;
    EXPECT_EQ(gray.at<std::uint8_t>(500, 200), 0);
    EXPECT_EQ(gray.at<std::uint8_t>(400, 350), 0);
}

// Found on a scan: rounding had left two white rows below the border, and half of it stayed and was read as a line.
TEST(Border, WhitePixelsAtThePicturesEdgeDoNotKeepIt) {
    for (int more = 0; more < 8; ++more) {
        cv::Mat gray(1200 + more, 900 + more, CV_8UC1, cv::Scalar(250));
        gray.rowRange(gray.rows - 22, gray.rows - 2).setTo(30);
        gray.colRange(gray.cols - 22, gray.cols - 2).setTo(30);
        erase_border(gray, kUnit);
        double darkest = 0;
        cv::minMaxLoc(gray, &darkest);
        EXPECT_GE(darkest, 250) << gray.size();
    }
}

// Found on a photograph: the grain of the desk was read as lines, which parted a table from the rest on the next page.
TEST(Border, ADeskBelowThePaperBecomesPaperAndPaperInAShadowStays) {
    cv::Mat desk(1200, 900, CV_8UC1, cv::Scalar(165)), grain(desk.size(), CV_8SC1);
    cv::theRNG().state = 3;
    cv::randn(grain, 0, 5);
    cv::add(desk, grain, desk, cv::noArray(), CV_8UC1);
    cv::rectangle(desk, cv::Rect(60, 40, 800, 1100), 240, cv::FILLED);
    cv::Mat shadow = desk.clone();
    for (int y = 100; y < 1100; y += 60) cv::line(shadow, {5, y}, {45, y}, 25, 4);  // writing
    const DeskStrips strips = erase_border(desk, kUnit);
    EXPECT_NEAR(strips.above, 40, 8);
    EXPECT_NEAR(strips.below, 60, 8);
    for (const cv::Point at : {cv::Point(2, 2), cv::Point(30, 600), cv::Point(450, 1170), cv::Point(890, 600)})
        EXPECT_EQ(desk.at<std::uint8_t>(at), 240) << at;
    EXPECT_EQ(desk.at<std::uint8_t>(600, 450), 240);
    erase_border(shadow, kUnit);
    EXPECT_LT(shadow.at<std::uint8_t>(600, 30), 190);
    EXPECT_LT(shadow.at<std::uint8_t>(100, 20), 40);
}

// Found on a photograph: too few strokes for writing, and half of a zero was read as a dash, unflagged.
TEST(Border, TheLastFigureInAShadedCornerStays) {
    cv::Mat gray(2400, 1600, CV_8UC1);
    for (int y = 0; y < gray.rows; ++y)
        for (int x = 0; x < gray.cols; ++x)
            gray.at<std::uint8_t>(y, x) =
                cv::saturate_cast<std::uint8_t>(240 - 100 * std::max(0.0, x / 1600.0 + y / 2400.0 - 0.7));
    cv::ellipse(gray, {1400, 2200}, {9, 14}, 0, 0, 360, 30, 3, cv::LINE_AA);
    const cv::Mat before = gray.clone();
    erase_border(gray, kUnit);
    EXPECT_EQ(cv::countNonZero(gray != before), 0);
}

TEST(Border, BlackIsTakenOffAShadowThatItBegins) {
    cv::Mat gray(1200, 900, CV_8UC1, cv::Scalar(240));
    for (int x = 0; x < 500; ++x) gray.col(x).setTo(std::min(240, x / 2));
    erase_border(gray, kUnit);
    EXPECT_NEAR(gray.at<std::uint8_t>(600, 20), 55, 15) << "as light as the shadow beside it";
    EXPECT_LT(gray.at<std::uint8_t>(600, 300), 200);
}

// Found on photographs: beside a page in a dim light a white border made that a fill, and its edges a table's frame.
TEST(Border, BecomesAsLightAsThePageIsThere) {
    cv::Mat gray(1200, 900, CV_8UC1, cv::Scalar(60));
    for (int x = 60; x < 840; ++x) gray(cv::Rect(x, 40, 1, 1120)).setTo(240 - x / 8);
    erase_border(gray, kUnit);
    EXPECT_NEAR(gray.at<std::uint8_t>(600, 10), 232, 4);
    EXPECT_NEAR(gray.at<std::uint8_t>(600, 890), 135, 10);
    EXPECT_NEAR(gray.at<std::uint8_t>(10, 450), 184, 4);
    EXPECT_EQ(gray.at<std::uint8_t>(600, 450), 184);
}

// Found on a photograph: a rim of the desk beside the dim part of the page, as dark as the desk where it was lit,
// stayed with it, and was the frame of a table.
TEST(Border, ARimBesideADimPartOfThePageIsTakenOff) {
    cv::Mat gray(1600, 1200, CV_8UC1);
    for (int x = 0; x < gray.cols; ++x) gray.col(x).setTo(250 - x / 10);
    for (int y = 100; y < 1500; y += 60) cv::line(gray, {1000, y}, {1150, y}, 25, 4);  // writing
    const cv::Mat page = gray.clone();
    gray.colRange(1188, 1200).setTo(50);
    erase_border(gray, kUnit);
    double farthest = 0;
    cv::Mat apart;
    cv::absdiff(gray, page, apart);
    cv::minMaxLoc(apart, nullptr, &farthest);
    EXPECT_LT(farthest, 10);
}

TEST(Border, OfNothingButBorderWhiteIsLeft) {
    for (const cv::Size size : {cv::Size(900, 1200), cv::Size(900, 30), cv::Size(20, 20)}) {
        cv::Mat gray(size, CV_8UC1, cv::Scalar(5));
        erase_border(gray, kUnit);
        EXPECT_EQ(cv::countNonZero(gray != 255), 0) << size;
    }
    cv::Mat slit(900, 600, CV_8UC1, cv::Scalar(5));
    slit.colRange(304, 328).setTo(245);  // gone with what is blurred
    const DeskStrips strips = erase_border(slit, kUnit);
    EXPECT_EQ(strips.above, 0) << "black on both sides of a receipt is not above it";
    EXPECT_LT(strips.below, 8);
    EXPECT_GT(slit.at<std::uint8_t>(450, 50), 240);
}

// What is darker than the paper, but no desk: a heading's fill at the picture's edge, and figures in a steep shadow.
TEST(Border, WritingAtThePicturesEdgeStays) {
    cv::Mat fill(1200, 2400, CV_8UC1, cv::Scalar(245));
    fill.rowRange(0, 120).setTo(170);
    for (int x = 200; x < 2200; x += 400) cv::putText(fill, "2023", {x, 80}, cv::FONT_HERSHEY_SIMPLEX, 1.2, 30, 3);
    cv::Mat shadow(2000, 1400, CV_8UC1, cv::Scalar(240));
    for (int x = 1300; x < 1400; ++x) shadow.col(x).setTo(240 - (x - 1300));
    for (int y = 100; y < 1900; y += 60) cv::putText(shadow, "7", {1340, y}, cv::FONT_HERSHEY_SIMPLEX, 1, 30, 2);
    for (cv::Mat& gray : std::vector<cv::Mat>{fill, shadow}) {
        const cv::Mat before = gray.clone();
        erase_border(gray, 30);
        EXPECT_EQ(cv::countNonZero(gray != before), 0);
    }
}

// Found on a curled page: the desk showed along a part of a side only.
TEST(Border, ADeskAtACornerIsTakenOff) {
    cv::Mat gray(1600, 1200, CV_8UC1, cv::Scalar(240));
    for (int y = 200; y < 1400; y += 60) cv::line(gray, {200, y}, {1000, y}, 25, 4);  // writing
    const cv::Mat page = gray.clone();
    cv::fillConvexPoly(gray, std::vector<cv::Point>{{0, 900}, {0, 1600}, {90, 1600}}, 150);
    erase_border(gray, kUnit);
    cv::Mat apart;
    cv::absdiff(gray, page, apart);
    EXPECT_LT(cv::countNonZero(apart), 100) << "but for the very tip";
}

TEST(Border, BlackPrintInAShadowStays) {
    cv::Mat gray(1200, 900, CV_8UC1, cv::Scalar(240));
    for (int x = 0; x < 500; ++x) gray.col(x).setTo(std::min(240, 60 + x / 2));
    cv::rectangle(gray, {100, 500, 120, 60}, 5, cv::FILLED);
    erase_border(gray, kUnit);
    EXPECT_EQ(gray.at<std::uint8_t>(530, 160), 5);
}

TEST(Border, RulingsThatRunIntoTheEdgeStay) {
    cv::Mat gray(1200, 900, CV_8UC1, cv::Scalar(250));
    for (int y = 100; y < 1200; y += 100) cv::rectangle(gray, cv::Rect(0, y, 900, 16), 0, cv::FILLED);
    cv::rectangle(gray, cv::Rect(300, 0, 16, 1200), 0, cv::FILLED);
    cv::rectangle(gray, cv::Rect(0, 560, 500, 40), 0, cv::FILLED);  // a bar as thick as a border
    const cv::Mat before = gray.clone();
    erase_border(gray, kUnit);
    EXPECT_EQ(cv::norm(gray, before, cv::NORM_L1), 0);
}

// A picture that was cut off close to a table.
TEST(Border, ARulingAlongTheEdgeStays) {
    for (const int at : {0, 2, 4, 8, 12, 16})
        for (const int thick : {1, 2, 4}) {
            if (at == 0 && thick == 4) continue;  // it may be a rim
            cv::Mat gray(1200, 900, CV_8UC1, cv::Scalar(250));
            gray.rowRange(at, at + thick).setTo(0);
            gray.colRange(900 - at - thick, 900 - at).setTo(0);
            const cv::Mat before = gray.clone();
            erase_border(gray, kUnit);
            EXPECT_EQ(cv::norm(gray, before, cv::NORM_L1), 0) << thick << " px at " << at;
        }
}

TEST(Border, TheFrameOfATableNearTheEdgeStays) {
    cv::Mat gray(1200, 900, CV_8UC1, cv::Scalar(250));
    cv::rectangle(gray, cv::Rect(24, 24, 852, 1152), 0, 6);
    const cv::Mat before = gray.clone();
    erase_border(gray, kUnit);
    EXPECT_EQ(cv::norm(gray, before, cv::NORM_L1), 0);
}

}  // namespace
}  // namespace biaod::layout
