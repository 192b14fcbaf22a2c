#include "layout/rulings/pale_lines.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr int kUnit = 40;
constexpr int kPaper = 253;

struct Page {
    cv::Mat gray = cv::Mat(600, 800, CV_8UC1, cv::Scalar(kPaper));
    cv::Mat ink = cv::Mat::zeros(600, 800, CV_8UC1);

    void darken(const cv::Rect& at, int by) { gray(at) -= by; }
    void add_grain(double deviation) {
        cv::Mat grain(gray.size(), CV_16SC1), sum;
        cv::RNG(7).fill(grain, cv::RNG::NORMAL, 0, deviation);
        cv::add(gray, grain, sum, {}, CV_8U);
        gray = sum;
    }
    bool draw() { return draw_pale_lines(gray, kUnit, ink); }
};

// Found on scans that had been made lighter: hairlines were as pale as the threshold of ink, and tables lost columns.
TEST(PaleLines, LongOnesAreDrawn) {
    for (const bool upright : {false, true}) {
        Page page;
        const cv::Rect line = upright ? cv::Rect(300, 100, 2, 400) : cv::Rect(100, 300, 400, 2);
        page.darken(line, 22);
        page.add_grain(4);
        EXPECT_TRUE(page.draw());
        const cv::Rect inner = upright ? cv::Rect(300, 110, 2, 380) : cv::Rect(110, 300, 380, 2);
        EXPECT_GT(cv::countNonZero(page.ink(inner)), 370);
        page.ink(upright ? cv::Rect(298, 92, 6, 416) : cv::Rect(92, 298, 416, 6)).setTo(0);
        EXPECT_EQ(cv::countNonZero(page.ink), 0) << "and nothing else";
    }
}

TEST(PaleLines, OfOneThatLeansEachStepIsDrawnWhereItIs) {
    Page page;
    for (int x = 100; x < 500; ++x) page.darken(cv::Rect(x, 300 + (x - 100) / 100, 1, 2), 30);
    EXPECT_TRUE(page.draw());
    EXPECT_EQ(cv::countNonZero(page.ink.row(299)), 0);
    EXPECT_GT(cv::countNonZero(page.ink.col(120)), 0);
    EXPECT_GT(cv::countNonZero(page.ink.col(480).rowRange(302, 306)), 0);
}

TEST(PaleLines, LinesAcrossDoNotPartThem) {
    Page page;
    page.darken({100, 300, 400, 2}, 22);
    for (int x = 160; x < 500; x += 100) page.gray(cv::Rect(x, 100, 5, 400)).setTo(0);
    EXPECT_TRUE(page.draw());
    EXPECT_GT(cv::countNonZero(page.ink.row(300)), 370);
}

TEST(PaleLines, WhatIsNoLineIsNotDrawn) {
    const auto draws = [](const std::vector<cv::Rect>& marks, int by) {
        Page page;
        for (const cv::Rect& mark : marks) page.darken(mark, by);
        page.add_grain(4);
        return page.draw();
    };
    EXPECT_FALSE(draws({}, 0)) << "grain";
    EXPECT_FALSE(draws({{100, 300, 400, 2}}, 7)) << "as pale as grain";
    EXPECT_FALSE(draws({{100, 300, 180, 2}}, 22)) << "a stroke";
    EXPECT_FALSE(draws({{100, 300, 400, 200}}, 22)) << "the edges of a fill";
    EXPECT_FALSE(draws({{100, 300, 400, 9}}, 22)) << "a bar";
    std::vector<cv::Rect> strokes;
    for (int x = 100; x < 600; x += 44) strokes.push_back({x, 300, 30, 2});
    EXPECT_FALSE(draws(strokes, 22)) << "strokes of writing in line";
    for (cv::Rect& stroke : strokes) stroke.width = 38;
    EXPECT_FALSE(draws(strokes, 22)) << "that nearly touch";
    for (cv::Rect& stroke : strokes) stroke.width = 39;
    EXPECT_FALSE(draws(strokes, 200)) << "black ones that nearly touch";
    std::vector<cv::Rect> fold;
    for (int x = 100; x < 500; ++x) fold.push_back({x, 200 + x / 8, 1, 2});
    EXPECT_FALSE(draws(fold, 30)) << "a fold that runs aslant";
}

TEST(PaleLines, ASmallPictureHasNone) {
    for (const cv::Size size : {cv::Size(3, 300), cv::Size(300, 3), cv::Size(6, 6)}) {
        cv::Mat gray(size, CV_8UC1, cv::Scalar(kPaper)), ink = cv::Mat::zeros(size, CV_8UC1);
        EXPECT_FALSE(draw_pale_lines(gray, kUnit, ink)) << size;
    }
}

TEST(PaleLines, InkThatIsThereIsNothingNew) {
    Page page;
    page.darken({100, 300, 400, 2}, 200);
    page.ink(cv::Rect(90, 298, 420, 6)).setTo(255);
    EXPECT_FALSE(page.draw());
}

}  // namespace
}  // namespace biaod::layout
