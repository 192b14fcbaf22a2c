#include "ocr/line_picture.hpp"

#include <gtest/gtest.h>

namespace biaod::ocr {
namespace {

constexpr int kMargin = 6;  // 16 % of 38
constexpr int kInk = 20, kPaper = 240;

// Strokes of 6 px on grained paper: every level above 90 % of the way from ink to paper occurs.
cv::Mat grained_page() {
    cv::Mat page(300, 400, CV_8UC1);
    for (int y = 0; y < page.rows; ++y)
        for (int x = 0; x < page.cols; ++x)
            page.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(kPaper - (7 * x + 3 * y) % 22);  // 219..240
    for (int x = 20; x < 380; x += 24) page(cv::Rect(x, 40, 6, 200)).setTo(kInk);
    return page;
}

TEST(PrepareLine, PaperHasNoGrain) {
    const cv::Mat page = grained_page();
    const cv::Rect box(20, 100, 300, kGlyphPixels);  // at its own scale: no pixel is mixed with another
    const cv::Mat line = prepare_line(page, box, kGlyphPixels, kGlyphPixels);
    // A pixel of blur on each side, then the margin.
    const cv::Rect glyphs(kMargin + 1, kMargin + 1, box.width, box.height);
    const double white = kInk + 0.9 * (kPaper - kInk);
    int paper = 0, ink = 0;
    for (int y = 0; y < box.height; ++y)
        for (int x = 0; x < box.width; ++x) {
            const int was = page.at<std::uint8_t>(box.y + y, box.x + x);
            const int is = line.at<std::uint8_t>(glyphs.y + y, glyphs.x + x);
            paper += was > white && was < kPaper;
            ink += was == kInk;
            ASSERT_TRUE(was <= white || is == 255) << was << " became " << is;
            ASSERT_TRUE(was != kInk || is == 0) << was << " became " << is;
        }
    EXPECT_GT(paper, 1000);
    EXPECT_GT(ink, 1000);
}

// Found on a fax: the rest of a tall ruling was a line of one pixel's width, and the page could not be read for it.
TEST(PrepareLine, OfATallHairlineAColumnIsLeft) {
    cv::Mat page(2000, 100, CV_8UC1, cv::Scalar(kPaper));
    page(cv::Rect(50, 10, 1, 1900)).setTo(kInk);
    const cv::Mat line = prepare_line(page, {50, 10, 1, 1900}, 30, kGlyphPixels);
    EXPECT_EQ(line.cols, 1 + 2 * kMargin);
}

TEST(PrepareLine, AGreyStrokeIsNotPaper) {
    cv::Mat page = grained_page();
    page(cv::Rect(40, 100, 3, 38)).setTo(150);
    const cv::Mat line = prepare_line(page, {20, 100, 300, kGlyphPixels}, kGlyphPixels, kGlyphPixels);
    EXPECT_LT(line.at<std::uint8_t>(kMargin + 20, kMargin + 1 + 21), 190);
}

TEST(PrepareLine, TheMarginIsWhiteAndTheGlyphHasItsHeight) {
    const cv::Mat page = grained_page();
    for (const int height : {19, 30, 38, 60, 110})
        for (const int glyph : {31, 38, 46}) {
            const cv::Mat line = prepare_line(page, {30, 80, 200, height}, height, glyph);
            const int margin = static_cast<int>(0.16 * glyph + 0.5);
            const double scale = static_cast<double>(glyph) / height;
            EXPECT_NEAR(line.rows, glyph + 2 * scale + 2 * margin, 1.5) << height << " " << glyph;
            EXPECT_NEAR(line.cols, 202 * scale + 2 * margin, 1.5) << height << " " << glyph;
            for (const cv::Mat& edge : {line.rowRange(0, margin), line.rowRange(line.rows - margin, line.rows),
                                        line.colRange(0, margin), line.colRange(line.cols - margin, line.cols)})
                EXPECT_EQ(cv::countNonZero(edge != 255), 0) << height << " " << glyph;
        }
}

TEST(PrepareLine, AFlatBoxIsGrownToACharacter) {
    const cv::Mat page = grained_page();
    const cv::Mat dash = prepare_line(page, {30, 150, 40, 4}, 40, kGlyphPixels);
    const double scale = kGlyphPixels / 34.0;  // 85 % of a character's height
    EXPECT_NEAR(dash.rows, kGlyphPixels + 2 * scale + 2 * kMargin, 1.5);
    EXPECT_NEAR(dash.cols, 42 * scale + 2 * kMargin, 1.5);
}

TEST(PrepareLine, ABoxAtThePagesEdgeIsCompletedWithWhite) {
    const cv::Mat page(60, 100, CV_8UC1, cv::Scalar(kInk));
    const cv::Mat line = prepare_line(page, {0, 0, 100, 60}, 60, 60);
    EXPECT_EQ(line.rows, 62 + 2 * 10);
    EXPECT_EQ(line.at<std::uint8_t>(10, 50), 255);
    EXPECT_EQ(line.at<std::uint8_t>(11, 50), 0);
}

TEST(PrepareLines, StandOneBehindTheOther) {
    const cv::Mat page = grained_page();
    const std::vector<cv::Rect> boxes = {{20, 60, 200, 35}, {40, 110, 90, 41}, {60, 170, 10, 38}};
    const cv::Mat joined = prepare_lines(page, boxes, 40, kGlyphPixels);
    int height = 0, at = 0;
    for (const cv::Rect& box : boxes) height = std::max(height, prepare_line(page, box, 40, kGlyphPixels).rows);
    EXPECT_EQ(joined.rows, height);
    for (const cv::Rect& box : boxes) {
        const cv::Mat alone = prepare_line(page, box, 40, kGlyphPixels);
        ASSERT_LE(at + alone.cols, joined.cols);
        const cv::Mat part = joined.colRange(at, at + alone.cols);
        EXPECT_EQ(cv::countNonZero(part.rowRange(0, alone.rows) != alone), 0);
        if (alone.rows < height) {
            EXPECT_EQ(cv::countNonZero(part.rowRange(alone.rows, height) != 255), 0);
        }
        at += alone.cols;
    }
    EXPECT_EQ(at, joined.cols);
}

}  // namespace
}  // namespace biaod::ocr
