#include "layout/text_lines.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "layout/ink_pieces.hpp"

namespace biaod::layout {
namespace {

constexpr int kDpi = 300;
constexpr int kDigit = 27;  // px high

// Twelve cells of a table with double rulings, each a frame of its own, with a round digit in some.
struct Page {
    cv::Mat ink = cv::Mat::zeros(500, 1600, CV_8UC1);

    explicit Page(bool torn, int figures = 5) {
        for (int i = 0; i < 12; ++i) {
            const cv::Rect cell(100 + 122 * i, 100, 116, 70);
            cv::rectangle(ink, cell, 255, 3);
            if (torn) ink(cv::Rect(cell.x + 2, cell.y - 1, cell.width - 4, 3)).setTo(0);
            if (i < figures) digit({cell.x + 40, cell.y + 20});
        }
    }
    void digit(cv::Point at) { cv::ellipse(ink, at + cv::Point(8, kDigit / 2), {8, kDigit / 2}, 0, 0, 360, 255, 3); }
    double char_height() const { return InkPieces(ink).char_height(kDpi, {{0, 0}, ink.size()}); }
};

// Found on a scan: a row of such cells alone on a page gave the height of its characters, and figures were cut.
TEST(TextLines, FramesDoNotTellHowHighCharactersAre) {
    for (const bool torn : {false, true}) EXPECT_NEAR(Page(torn).char_height(), kDigit, 4) << torn;
}

TEST(TextLines, ABroadCharacterWithAStrokeInTheMiddleIsNoFrame) {
    Page page(false, 0);
    for (int i = 0; i < 6; ++i) {
        const cv::Point at(100 + 60 * i, 300);
        cv::rectangle(page.ink, cv::Rect(at, cv::Size(36, kDigit)), 255, 2);
        cv::line(page.ink, at + cv::Point(18, 0), at + cv::Point(18, kDigit), 255, 2);
    }
    EXPECT_NEAR(page.char_height(), kDigit, 3);
}

// A page's end leaves such a row alone; digits are lower than the characters that the table has elsewhere.
TEST(TextLines, DigitsAreNarrowAndCharactersAreNot) {
    Page page(false);
    const auto are_digits = [&] { return InkPieces(page.ink).are_digits({{0, 0}, page.ink.size()}, kDigit); };
    EXPECT_TRUE(are_digits());
    cv::rectangle(page.ink, cv::Rect(142, 300, 90, 300), 255, 3);
    EXPECT_TRUE(are_digits()) << "what is far larger is no character";
    cv::rectangle(page.ink, cv::Rect(400, 300, 25, kDigit), 255, 2);
    EXPECT_FALSE(are_digits());
}

TEST(TextLines, WithoutWritingThereIsNothingToMeasure) { EXPECT_EQ(Page(false, 0).char_height(), 0); }

// Found on a scan of two pages on a sheet: beside a title of the one, two lines of the other were read as one.
TEST(TextLines, OneSideOfAWideGapMayHoldMoreLinesThanTheOther) {
    cv::Mat ink = cv::Mat::zeros(300, 1600, CV_8UC1);
    const auto write = [&](cv::Rect box) { cv::rectangle(ink, box, 255, 3); };
    for (int i = 0; i < 8; ++i) write({100 + 70 * i, 100, 60, 70});  // a title
    for (const int y : {95, 150})
        for (int i = 0; i < 10; ++i) write({900 + 40 * i, y, 32, 32});
    const std::vector<cv::Rect> lines = find_text_lines(ink, {{0, 0}, ink.size()}, 32);
    ASSERT_EQ(lines.size(), 3u);
    for (const cv::Rect& line : lines) EXPECT_EQ((line.height < 40), (line.x > 800)) << line;
}

}  // namespace
}  // namespace biaod::layout
