#include "layout/cleaning/watermarks.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <vector>

namespace biaod::layout {
namespace {

constexpr double kCharHeight = 44;  // px, as at 300 dpi
constexpr int kPaper = 250, kInk = 20;

// A table of hairlines with figures.
cv::Mat print() {
    cv::Mat ink = cv::Mat::zeros(1600, 1200, CV_8UC1);
    for (int y = 200; y <= 1400; y += 80) cv::line(ink, {100, y}, {1100, y}, 255, 3);
    for (int x = 100; x <= 1100; x += 200) cv::line(ink, {x, 200}, {x, 1400}, 255, 3);
    for (int y = 260; y < 1400; y += 80)
        for (int x = 150; x < 1100; x += 200) cv::putText(ink, "1057", {x, y}, cv::FONT_HERSHEY_SIMPLEX, 1.2, 255, 5);
    return ink;
}

// Strokes of a letter about `middle`, `size` px high, `thick` px.
void draw_letter(cv::Mat& cover, cv::Point middle, int size, int thick) {
    const int half = size / 2;
    cv::line(cover, middle + cv::Point(-half, half / 2), middle + cv::Point(half, -half / 2), 255, thick, cv::LINE_AA);
    cv::line(cover, middle + cv::Point(-half / 2, -half), middle + cv::Point(half / 2, half), 255, thick, cv::LINE_AA);
    cv::line(cover, middle + cv::Point(-half / 2, half), middle + cv::Point(half, half), 255, thick, cv::LINE_AA);
}

cv::Mat blank() { return cv::Mat::zeros(1600, 1200, CV_8UC1); }

cv::Mat large_letters() {
    cv::Mat cover = blank();
    for (const cv::Point middle : {cv::Point(300, 1150), {600, 800}, {900, 450}}) draw_letter(cover, middle, 360, 40);
    return cover;
}

cv::Mat small_letters() {
    cv::Mat cover = blank();
    for (int y = 150; y < 1600; y += 300)
        for (int x = 100; x < 1200; x += 250) draw_letter(cover, {x, y}, 120, 16);
    return cover;
}

// Where `cover` is 255 paper has `share` of its level.
cv::Mat page(const cv::Mat& cover, double share, const cv::Mat& ink = print()) {
    cv::Mat gray(cover.size(), CV_8UC1);
    for (int y = 0; y < gray.rows; ++y)
        for (int x = 0; x < gray.cols; ++x)
            gray.at<std::uint8_t>(y, x) =
                ink.at<std::uint8_t>(y, x) != 0
                    ? kInk
                    : static_cast<std::uint8_t>(kPaper * (1 - (1 - share) * cover.at<std::uint8_t>(y, x) / 255));
    cv::GaussianBlur(gray, gray, {}, 0.8);
    return gray;
}

double darkest_beside(const cv::Mat& gray, const cv::Mat& ink) {
    cv::Mat near;
    cv::dilate(ink, near, cv::Mat::ones(9, 9, CV_8UC1));
    double darkest = 0;
    cv::minMaxLoc(gray, &darkest, nullptr, nullptr, nullptr, ~near);
    return darkest;
}

TEST(Watermarks, LettersBecomePaperAndPrintStays) {
    for (const cv::Mat& cover : {large_letters(), small_letters()})
        for (const double share : {0.72, 0.9}) {
            cv::Mat gray = page(cover, share);
            ASSERT_LT(darkest_beside(gray, print()), share * kPaper + 2);
            EXPECT_FALSE(erase_watermarks(gray, kCharHeight).empty());
            EXPECT_GT(darkest_beside(gray, print()), 0.94 * kPaper) << share;
            cv::Mat core;
            cv::erode(print(), core, cv::Mat::ones(3, 3, CV_8UC1));
            EXPECT_LT(cv::mean(gray, core)[0], 2 * kInk) << share;
        }
}

// A reviewer's: far from the letters edges of backgrounds stand for rulings.
TEST(Watermarks, WhereTheyWereIsNotAllOfThePage) {
    cv::Mat cover = blank();
    for (const cv::Point middle : {cv::Point(300, 1250), {700, 1250}}) draw_letter(cover, middle, 300, 40);
    cv::Mat gray = page(cover, 0.8);
    const cv::Mat where = erase_watermarks(gray, kCharHeight);
    ASSERT_FALSE(where.empty());
    EXPECT_EQ(cv::countNonZero(where & (cover == 255)), cv::countNonZero(cover == 255));
    EXPECT_EQ(cv::countNonZero(where.rowRange(0, 700)), 0);
}

TEST(Watermarks, InAnUnevenLight) {
    cv::Mat gray = page(large_letters(), 0.8);
    for (int y = 0; y < gray.rows; ++y) gray.row(y) *= 1 - 0.4 * y / gray.rows;
    EXPECT_FALSE(erase_watermarks(gray, kCharHeight).empty());
    for (int y = 0; y < gray.rows; ++y) gray.row(y) /= 1 - 0.4 * y / gray.rows;
    EXPECT_GT(darkest_beside(gray, print()), 0.92 * kPaper);
}

void expect_unchanged(cv::Mat gray) {
    const cv::Mat before = gray.clone();
    EXPECT_TRUE(erase_watermarks(gray, kCharHeight).empty());
    EXPECT_EQ(cv::norm(gray, before, cv::NORM_INF), 0);
}

TEST(Watermarks, PrintAloneIsNone) { expect_unchanged(page(blank(), 1)); }

TEST(Watermarks, BackgroundsOfCellsAreNone) {
    cv::Mat cover = blank();
    cover(cv::Rect(100, 200, 1000, 160)).setTo(255);
    cover(cv::Rect(100, 360, 200, 1040)).setTo(255);
    expect_unchanged(page(cover, 0.8));
}

// Of a size that no block divides: the paper's level must be known where it is, for the edges of backgrounds are sharp.
TEST(Watermarks, EdgesOfHighBackgroundsAreNone) {
    cv::Mat gray(2339, 1654, CV_8UC1, cv::Scalar(kPaper));
    for (const int y : {700, 1300, 1900}) {
        gray(cv::Rect(217, y, 1221, 206)).setTo(160);
        for (int x = 400; x < 1400; x += 150) cv::line(gray, {x, y}, {x, y + 206}, kInk, 2);
        for (int x = 420; x < 1400; x += 150)
            cv::putText(gray, "1057", {x, y + 160}, cv::FONT_HERSHEY_SIMPLEX, 1, kInk, 3);
    }
    cv::GaussianBlur(gray, gray, {}, 0.8);
    const cv::Mat before = gray.clone();
    EXPECT_TRUE(erase_watermarks(gray, 29).empty());
    EXPECT_EQ(cv::norm(gray, before, cv::NORM_INF), 0);
}

// A reviewer's: marked cells, shorter than a background that goes on from cell to cell.
TEST(Watermarks, BackgroundsOfShortCellsAreNone) {
    cv::Mat cover = blank(), ink = print();
    for (const cv::Point at : {cv::Point(100, 200), {500, 520}, {900, 1000}}) {
        const cv::Rect cell(at, cv::Size(200, 80));
        cover(cell).setTo(255);
        ink(cv::Rect(at.x + 50, at.y + 4, 60, 70)).setTo(0);  // of figures of fewer digits
    }
    expect_unchanged(page(cover, 0.75, ink));
}

// A reviewer's: what is printed pale beside a letter, as a decimal point.
TEST(Watermarks, PalePrintBesideLettersStays) {
    const cv::Mat cover = large_letters();
    cv::Mat near;
    cv::dilate(cover, near, cv::Mat::ones(15, 15, CV_8UC1));
    near.setTo(0, cover);
    cv::Mat gray = page(cover, 0.8), points = blank();
    for (int y = 222; y < 1400; y += 240)
        for (int x = 106; x < 1100; x += 6)
            if (cv::countNonZero(near(cv::Rect(x, y, 6, 6))) > 0) points(cv::Rect(x, y, 6, 6)).setTo(255);
    gray.setTo(120, points);
    ASSERT_FALSE(erase_watermarks(gray, kCharHeight).empty());
    EXPECT_EQ(cv::countNonZero((gray != 120) & points), 0);
}

TEST(Watermarks, AGreyTitleIsNone) {
    cv::Mat cover = blank();
    for (int x = 140; x < 1100; x += 150) draw_letter(cover, {x, 100}, 110, 16);
    expect_unchanged(page(cover, 0.7));
}

TEST(Watermarks, OneLongStrokeIsNone) {
    cv::Mat cover = blank();
    cv::line(cover, {200, 1300}, {1000, 400}, 255, 30);
    expect_unchanged(page(cover, 0.8, blank()));
}

TEST(Watermarks, ThinStrokesAreNone) {
    cv::Mat cover = blank();
    for (const cv::Point middle : {cv::Point(300, 1150), {600, 800}, {900, 450}}) draw_letter(cover, middle, 360, 5);
    expect_unchanged(page(cover, 0.8));
}

TEST(Watermarks, WhatIsAsDarkAsPrintIsNone) { expect_unchanged(page(large_letters(), 0.35)); }

// As a picture has.
TEST(Watermarks, StrokesOfManyLevelsAreNone) {
    cv::Mat cover = blank();
    int level = 100;
    for (int y = 250; y < 1500; y += 200)
        for (int x = 150; x < 1200; x += 250) {
            cv::Mat one = blank();
            draw_letter(one, {x, y}, 130, 24);
            cover.setTo(level, one > 128);
            level = level > 225 ? 100 : level + 37;
        }
    expect_unchanged(page(cover, 0.5));
}

TEST(Watermarks, AmongPalePrintNoneIsTold) {
    cv::Mat gray = page(large_letters(), 0.5);
    gray.convertTo(gray, -1, 0.2, 200);
    expect_unchanged(gray);
}

TEST(Watermarks, OfATinyPicture) { expect_unchanged(cv::Mat(20, 30, CV_8UC1, cv::Scalar(kPaper))); }

}  // namespace
}  // namespace biaod::layout
