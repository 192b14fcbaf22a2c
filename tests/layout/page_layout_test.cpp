// What a scanned page shows beside its writing.
#include "layout/page_layout.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "tests/layout/support.hpp"

namespace biaod::layout {
namespace {

using tests::blank_scan;
using tests::kScanDpi;
using tests::write;

constexpr int kChar = tests::kWrittenHeight;
const cv::Rect kTable(500, 300, 1000, 1200);

PageContent page_with_a_table() {
    PageContent page = blank_scan();
    for (int row = 0; row <= 10; ++row)
        cv::line(page.picture, {kTable.x, kTable.y + row * 120}, {kTable.br().x, kTable.y + row * 120}, 0, 3);
    for (int column = 0; column <= 2; ++column)
        cv::line(page.picture, {kTable.x + column * 500, kTable.y}, {kTable.x + column * 500, kTable.br().y}, 0, 3);
    for (int row = 0; row < 10; ++row)
        for (int column = 0; column < 2; ++column)
            write(page.picture, {kTable.x + column * 500 + 60, kTable.y + row * 120 + 45}, 8);
    return page;
}

TEST(PageLayout, MarksOfThePaperAreNoLines) {
    PageContent content = page_with_a_table();
    cv::circle(content.picture, {90, 700}, 35, 0, cv::FILLED);                       // a punched hole
    cv::line(content.picture, {60, 120}, {110, 150}, 0, 3);                          // a staple
    cv::line(content.picture, {900, 120}, {900, 145}, 0, 1);                         // a piece of a fold
    cv::rectangle(content.picture, cv::Rect(1600, 200, 12, 1500), 120, cv::FILLED);  // a shadow
    const PageLayout page = analyse_page(content, 1, 0);
    ASSERT_EQ(page.tables.size(), 1u);
    EXPECT_EQ(page.tables[0].grid.rows(), 10);
    EXPECT_TRUE(page.lines.empty());
}

// Found on a scan with a grey header: two strokes of the heading above stood on two of a table's verticals, which went
// on with them, and the heading was a row.
TEST(PageLayout, AHeadingIsNoRowOfTheTableBelow) {
    for (const bool large : {false, true}) {
        PageContent content = page_with_a_table();
        for (const int x : {kTable.x + 500, kTable.br().x})
            cv::line(content.picture, {x, kTable.y - 70}, {x, kTable.y}, 0, 3);
        const int size = large ? 3 * kChar / 2 : kChar;
        for (int i = 0; i < 9; ++i)
            cv::rectangle(content.picture, cv::Rect(kTable.x + 40 + i * 50, kTable.y - 56, size, size), 0, 3);
        write(content.picture, {kTable.x, kTable.y - 120}, 8);
        const PageLayout page = analyse_page(content, 1, 0);
        ASSERT_EQ(page.tables.size(), 1u);
        EXPECT_EQ(page.tables[0].grid.rows(), large ? 10 : 11);
    }
}

TEST(PageLayout, ACharactersStrokesInATitleAreNoTable) {
    PageContent content = page_with_a_table();
    const cv::Rect stroke(700, 180, 300, 50);  // of characters that touch
    for (const int y : {stroke.y, stroke.br().y}) cv::line(content.picture, {stroke.x, y}, {stroke.br().x, y}, 0, 3);
    for (int x = stroke.x; x <= stroke.br().x; x += 100)
        cv::line(content.picture, {x, stroke.y}, {x, stroke.br().y}, 0, 3);
    ASSERT_EQ(analyse_page(content, 1, 0).tables.size(), 2u);
    for (int i = 1; i < 5; ++i) cv::rectangle(content.picture, cv::Rect(stroke.x - 55 * i, stroke.y, 45, 48), 0, 4);
    EXPECT_EQ(analyse_page(content, 1, 0).tables.size(), 1u);
}

TEST(PageLayout, AFigureWithATickIsMarked) {
    PageContent content = page_with_a_table();
    const cv::Point corner = kTable.tl();
    content.picture(cv::Rect(corner.x + 20, corner.y + 20, 460, 80)).setTo(255);
    cv::putText(content.picture, "47", corner + cv::Point(60, 85), cv::FONT_HERSHEY_SIMPLEX, 1.3, 0, 4);
    const std::vector<cv::Point> tick{{150, 65}, {165, 85}, {200, 30}};
    for (std::size_t i = 1; i < tick.size(); ++i)
        cv::line(content.picture, corner + tick[i - 1], corner + tick[i], 90, 4);
    const PageLayout page = analyse_page(content, 1, 0);
    ASSERT_EQ(page.tables.size(), 1u);
    std::ptrdiff_t ticked = 0;
    for (const auto& lines : page.tables[0].cell_lines) ticked += std::ranges::count_if(lines, &TextLine::ticked);
    EXPECT_EQ(ticked, 1);
    ASSERT_EQ(page.tables[0].cell_lines[0].size(), 1u);
    EXPECT_LT(page.tables[0].cell_lines[0][0].box.br().x, corner.x + 145);
}

// Found on scans of thin paper: every blank cell that the back's writing crossed was doubted, and its bold strokes were
// rulings.
TEST(PageLayout, WhatShowsThroughFromTheBackIsNoWriting) {
    PageContent content = page_with_a_table();
    cv::Mat back(content.picture.size(), CV_8UC1, cv::Scalar(255));
    for (int row = 0; row < 10; ++row) write(back, {kTable.x - 100, kTable.y + row * 120 - kChar / 2}, 30);
    write(back, {kTable.x - 100, kTable.y + 50}, 30);
    cv::GaussianBlur(back, back, {}, 1.5);
    back.convertTo(back, -1, 0.2, 255 * 0.8);
    const cv::Rect blank(kTable.x + 10, kTable.y + 10, 480, 100);
    content.picture(blank).setTo(255);
    cv::multiply(content.picture, back, content.picture, 1.0 / 255);
    const PageLayout page = analyse_page(content, 1, 0);
    ASSERT_EQ(page.tables.size(), 1u);
    EXPECT_EQ(page.tables[0].grid.rows(), 10);
    EXPECT_EQ(page.tables[0].grid.cols(), 2);
    ASSERT_EQ(page.tables[0].cell_lines.size(), 20u);
    for (std::size_t i = 0; i < 20; ++i) EXPECT_EQ(page.tables[0].cell_lines[i].size(), i == 0 ? 0u : 1u) << i;
    EXPECT_TRUE(page.lines.empty());
    EXPECT_EQ(cv::countNonZero(page.gray(blank) < 250), 0);
    EXPECT_GT(cv::countNonZero(page.with_back(blank) < 220), 100);
    EXPECT_TRUE(analyse_page(page_with_a_table(), 1, 0).with_back.empty());
}

TEST(PageLayout, WritingBesideATableIsKeptForAnOpenColumn) {
    PageContent content = page_with_a_table();
    write(content.picture, {320, 400}, 4);
    write(content.picture, {320, 445}, 2);
    const PageLayout page = analyse_page(content, 1, 0);
    ASSERT_EQ(page.lines.size(), 2u);
    for (const TextLine& line : page.lines) {
        EXPECT_TRUE(line.in_margin);
        EXPECT_NEAR(line.box.x, 320, 4);
    }
    EXPECT_NEAR(page.lines[0].box.width, 4 * kChar + 12, 6);
}

// Found on scans of sheets that had been folded: a crease through a row parted its cells.
TEST(PageLayout, ACreaseIsNoRuling) {
    PageContent content = page_with_a_table();
    content.picture.setTo(60, content.picture < 60);  // not of black and white alone
    const int y = kTable.y + 275;
    cv::Mat crease = content.picture(cv::Rect(kTable.x - 60, y, 700, 3));
    crease.setTo(215, crease > 215);
    const PageLayout page = analyse_page(content, 1, 0);
    ASSERT_EQ(page.tables.size(), 1u);
    EXPECT_EQ(page.tables[0].grid.cells.size(), 20u);
}

// Strokes of a watermark, upright and as broad as a cell is high: their edges were rulings, as those of backgrounds
// are.
TEST(PageLayout, AWatermarksStrokesHaveNoEdges) {
    for (const bool scanned : {true, false}) {
        PageContent content = page_with_a_table();
        content.scanned = scanned;
        cv::Mat cover(content.picture.size(), CV_8UC1, cv::Scalar(255));
        for (const int x : {kTable.x + 100, kTable.x + 600})
            for (const cv::Rect& stroke : {cv::Rect(x, 500, 70, 340), {x + 180, 500, 70, 340}, {x, 620, 250, 60}})
                cover(stroke).setTo(200);
        for (const int x : {kTable.x + 70, kTable.x + 570})
            for (const int y : {480, 860}) cv::line(cover, {x, y}, {x + 310, y - 90}, 200, 30, cv::LINE_AA);
        cv::multiply(content.picture, cover, content.picture, 1.0 / 255);
        const PageLayout page = analyse_page(content, 1, 0);
        ASSERT_EQ(page.tables.size(), 1u);
        EXPECT_EQ(page.tables[0].grid.cells.size(), 20u);
        for (const auto& lines : page.tables[0].cell_lines) EXPECT_EQ(lines.size(), 1u);
        EXPECT_TRUE(page.lines.empty());
    }
}

// Found on a skewed scan: pieces of a double ruling's outer stroke were read as bars.
TEST(PageLayout, WhatIsLeftOfADoubleRulingsOuterStrokeIsNoLine) {
    PageContent content = page_with_a_table();
    for (int y = kTable.y + 10; y < kTable.br().y - 40; y += 50)
        content.picture(cv::Rect(kTable.br().x + 8, y, 2, 24)).setTo(0);
    const PageLayout page = analyse_page(content, 1, 0);
    ASSERT_EQ(page.tables.size(), 1u);
    EXPECT_TRUE(page.lines.empty());
}

// Found on a fax whose cells are filled: a dot of the fill in a blank cell's corner was read as 7.
TEST(PageLayout, ADotInACellsCornerIsNoLine) {
    const auto lines_of_cell_with_dot_at = [](cv::Point at) {
        PageContent content = page_with_a_table();
        content.picture(cv::Rect(kTable.x + 8, kTable.y + 8, 484, 104)).setTo(255);
        content.picture(cv::Rect(kTable.tl() + at, cv::Size(6, 7))).setTo(0);
        const PageLayout page = analyse_page(content, 1, 0);
        return page.tables.at(0).cell_lines.at(0).size();
    };
    EXPECT_EQ(lines_of_cell_with_dot_at({5, 4}), 0u);
    EXPECT_EQ(lines_of_cell_with_dot_at({200, 50}), 1u);
}

// Found below a table that the next page goes on with.
TEST(PageLayout, WhatFadingLeftOfASealIsNoLine) {
    PageContent content = page_with_a_table();
    content.picture = tests::with_gray_seal(content.picture, {900, 1500}, 130);
    cv::circle(content.picture, {900, 1660}, 8, 85, cv::FILLED);  // where it was pressed hard
    EXPECT_TRUE(analyse_page(content, 1, 0).lines.empty());
    const auto lines_with_stroke = [](int level) {
        PageContent page = page_with_a_table();
        page.picture = tests::with_gray_seal(page.picture, {900, 1500}, 130);
        cv::ellipse(page.picture, {900, 1660}, {36, 9}, 0, 0, 360, level, cv::FILLED);
        return analyse_page(page, 1, 0).lines.size();
    };
    EXPECT_EQ(lines_with_stroke(85), 0u) << "of the seal";
    EXPECT_EQ(lines_with_stroke(40), 1u) << "darker than it";
}

TEST(PageLayout, WritingCloseToATableIsNoMarkInAMargin) {
    PageContent content = page_with_a_table();
    write(content.picture, {kTable.x - 60, 400}, 1);  // less than a character off
    const PageLayout page = analyse_page(content, 1, 0);
    ASSERT_EQ(page.lines.size(), 1u);
    EXPECT_FALSE(page.lines[0].in_margin);
}

TEST(PageLayout, ALineBelowATableIsInNoMargin) {
    PageContent content = page_with_a_table();
    write(content.picture, {420, 1700}, 20);
    const PageLayout page = analyse_page(content, 1, 0);
    ASSERT_EQ(page.lines.size(), 1u);
    EXPECT_FALSE(page.lines[0].in_margin);
}

// Found on a scan: the outer line of a double ruling goes on below the page's last row, which is one cell.
TEST(PageLayout, TheFirstRowOfATableAtThePagesEndIsNoFrame) {
    PageContent content = blank_scan();
    for (int line = 0; line < 20; ++line) write(content.picture, {200, 200 + line * 80}, 30);
    cv::rectangle(content.picture, cv::Rect(206, 2066, 1188, 70), 0, 2);
    cv::rectangle(content.picture, cv::Rect(200, 2060, 1200, 82), 0, 2);
    write(content.picture, {240, 2088}, 8);
    const PageLayout page = analyse_page(content, 1, 0);
    ASSERT_EQ(page.tables.size(), 1u);
    EXPECT_EQ(page.tables[0].cell_lines[0].size(), 1u);
}

// Found on a scan: the upper strokes of three characters of a title touched, and were erased as a ruling.
TEST(PageLayout, StrokesOfATitleThatTouchStay) {
    PageContent content = blank_scan();
    for (int line = 0; line < 10; ++line) write(content.picture, {200, 400 + line * 80}, 30);
    for (int i = 0; i < 4; ++i) {
        const int x = 500 + 48 * i;
        cv::line(content.picture, {x, 200}, {x + 48, 200}, 0, 3);
        cv::line(content.picture, {x + 20, 200}, {x + 20, 240}, 0, 3);
        cv::rectangle(content.picture, cv::Rect(x + 6, 214, 32, 24), 0, 3);
    }
    const PageLayout page = analyse_page(content, 1, 0);
    EXPECT_TRUE(page.rulings.empty());
    EXPECT_LT(page.gray.at<std::uint8_t>(200, 560), 100);
}

TEST(PageLayout, LinesDrawnBelowWordsAreErased) {
    PageContent content = blank_scan();
    for (int line = 0; line < 10; ++line) write(content.picture, {200, 400 + line * 80}, 30);
    cv::line(content.picture, {296, 440}, {296 + 5 * 32, 440}, 0, 2);
    cv::line(content.picture, {296, 600}, {296 + 10 * 32, 600}, 0, 2);
    const PageLayout page = analyse_page(content, 1, 0);
    EXPECT_EQ(page.rulings.size(), 2u);
    ASSERT_EQ(page.lines.size(), 10u);
    for (const TextLine& line : page.lines) EXPECT_LE(line.box.height, kChar + 6) << line.box;
}

// Found on sealed scans: pieces of a ring, where its ink was thin, were lines of a red letterhead.
TEST(PageLayout, AThinlyInkedSealIsNoLetterhead) {
    PageContent content = page_with_a_table();
    cv::cvtColor(content.picture, content.picture, cv::COLOR_GRAY2BGR);
    const cv::Point centre(900, 1850);
    for (int from = 0; from < 360; from += 45)
        cv::ellipse(content.picture, centre, {170, 170}, 0, from, from + 38, cv::Scalar(60, 60, 220), 9);
    for (int angle = 200; angle <= 340; angle += 20) {
        const cv::Point at = centre + cv::Point(cvRound(130 * std::cos(angle * CV_PI / 180)),
                                                cvRound(130 * std::sin(angle * CV_PI / 180)));
        cv::rectangle(content.picture, cv::Rect(at.x - 14, at.y - 14, 28, 28), cv::Scalar(60, 60, 220), 5);
    }
    EXPECT_TRUE(analyse_page(content, 1, 0).lines.empty());
    // Parted aslant, below a table's end.
    PageContent parted = page_with_a_table();
    cv::cvtColor(parted.picture, parted.picture, cv::COLOR_GRAY2BGR);
    const cv::Point at_the_end(900, kTable.br().y - 60);
    cv::ellipse(parted.picture, at_the_end, {160, 160}, 0, 170, 370, cv::Scalar(60, 60, 220), 8);
    cv::ellipse(parted.picture, at_the_end, {160, 160}, 0, 28, 152, cv::Scalar(60, 60, 220), 8);
    EXPECT_TRUE(analyse_page(parted, 1, 0).lines.empty());
    // The letterhead itself.
    PageContent headed = page_with_a_table();
    cv::cvtColor(headed.picture, headed.picture, cv::COLOR_GRAY2BGR);
    for (int i = 0; i < 8; ++i) {
        const cv::Rect box(400 + i * 100, 120, 84, 84);
        cv::rectangle(headed.picture, box, cv::Scalar(60, 60, 220), 9);
        cv::line(headed.picture, box.tl(), box.br(), cv::Scalar(60, 60, 220), 9);
    }
    const PageLayout page = analyse_page(headed, 1, 0);
    ASSERT_EQ(page.lines.size(), 1u);
    EXPECT_TRUE(page.lines[0].red);
}

TEST(PageLayout, WhatLiesBelowARedSealIsSeenInRedLight) {
    PageContent content = page_with_a_table();
    cv::cvtColor(content.picture, content.picture, cv::COLOR_GRAY2BGR);
    cv::Mat seal(content.picture.size(), CV_8UC3, cv::Scalar(255, 255, 255));
    cv::circle(seal, {900, 700}, 160, {60, 50, 215}, 8);
    cv::min(content.picture, seal, content.picture);
    const PageLayout page = analyse_page(content, 1, 0);
    ASSERT_EQ(page.seals.size(), page.gray.size());
    ASSERT_EQ(page.by_red.size(), page.gray.size());
    EXPECT_EQ(page.seals.at<std::uint8_t>(690, 740), 255);
    EXPECT_EQ(page.seals.at<std::uint8_t>(700, 900), 0);
    EXPECT_GT(page.gray.at<std::uint8_t>(690, 740), 240);
    EXPECT_GT(page.by_red.at<std::uint8_t>(690, 740), 180);
    EXPECT_TRUE(analyse_page(page_with_a_table(), 1, 0).seals.empty());
}

// Print may be lost below a streak as below a grey seal, but it holds no marks of its own.
TEST(PageLayout, StreaksAreNoSeals) {
    PageContent content = page_with_a_table();
    cv::Mat streak = content.picture.colRange(720, 722);
    streak -= 180;
    const PageLayout page = analyse_page(content, 1, 0);
    EXPECT_TRUE(page.seals.empty());
    EXPECT_TRUE(page.has_streak({700, 100, 40, 30}));
    EXPECT_FALSE(page.has_streak({740, 100, 40, 30}));
    EXPECT_FALSE(page.has_streak({700, 100, 40, 30}, 0.5));
    EXPECT_FALSE(page.has_seal({700, 100, 40, 30}));
}

// As JPEG spreads a seal's colour over what is printed below it.
TEST(PageLayout, ReddishPrintBelowARedSealStays) {
    PageContent content = page_with_a_table();
    cv::cvtColor(content.picture, content.picture, cv::COLOR_GRAY2BGR);
    cv::circle(content.picture, {900, 1750}, 160, {60, 50, 215}, 24);
    cv::ellipse(content.picture, {900, 1910}, {36, 8}, 0, 0, 360, {20, 20, 60}, cv::FILLED);
    EXPECT_EQ(analyse_page(content, 1, 0).lines.size(), 1u);
}

TEST(PageLayout, AScannersBorderIsNoFrame) {
    PageContent content = page_with_a_table();
    cv::Mat& picture = content.picture;
    cv::Mat framed(picture.size(), CV_8UC1, cv::Scalar(10));
    const cv::Rect paper(40, 30, picture.cols - 70, picture.rows - 75);
    picture(paper).copyTo(framed(paper));
    picture = framed;
    const PageLayout page = analyse_page(content, 1, 0);
    ASSERT_EQ(page.tables.size(), 1u);
    EXPECT_EQ(page.tables[0].grid.rows(), 10);
}

// Found on photographs: the sheet's edges, on a desk and in an uneven light, were the frame of a table around the page.
TEST(PageLayout, TheEdgesOfAPhotographedSheetAreNoFrame) {
    for (const int rim : {6, 60}) {
        PageContent content = page_with_a_table();
        cv::Mat& picture = content.picture;
        for (int x = 0; x < picture.cols; ++x) picture.col(x) *= 1 - 0.4 * x / picture.cols;
        cv::Mat desk(picture.size(), CV_8UC1, cv::Scalar(70));
        const std::vector<cv::Point> sheet = {{rim, rim + 5},
                                              {picture.cols - rim - 4, rim},
                                              {picture.cols - rim, picture.rows - rim},
                                              {rim + 3, picture.rows - rim - 6}};
        cv::Mat on_sheet = cv::Mat::zeros(picture.size(), CV_8UC1);
        cv::fillConvexPoly(on_sheet, sheet, 255);
        picture.copyTo(desk, on_sheet);
        picture = desk;
        const PageLayout page = analyse_page(content, 1, 0);
        ASSERT_EQ(page.tables.size(), 1u) << rim;
        EXPECT_EQ(page.tables[0].grid.rows(), 10) << rim;
        EXPECT_EQ(page.tables[0].grid.cols(), 2) << rim;
    }
}

// Found on scans: a label's second line, printed below the last ruling of the page, began half a character further left
// than the bracket above it, and as a paragraph it parted the table from its rest on the next page.
TEST(PageLayout, ALineThatOverhangsTheLastRowIsItsCells) {
    // The lines in the last row's first cell and on the page; `closed`: a ruling stands below that cell.
    const auto lines = [](int x, int below, bool closed = false, int numbers = 1, int desk = 0) {
        PageContent content = page_with_a_table();
        const cv::Rect last(kTable.x + 3, kTable.br().y - 110, 490, closed ? 100 : 115);
        content.picture(last) = 255;
        write(content.picture, {kTable.x + 60, kTable.br().y - 40}, 8);
        write(content.picture, {x, kTable.br().y + below}, 2);
        for (int i = 0; i < numbers; ++i) write(content.picture, {800 + 300 * i, 2200 - desk}, 2);
        content.picture.rowRange(content.picture.rows - desk, content.picture.rows) = 30;
        const PageLayout page = analyse_page(content, 1, 0);
        EXPECT_EQ(page.tables.size(), 1u);
        return std::pair{page.tables.at(0).cell_lines.at(18).size(), static_cast<int>(page.lines.size())};
    };
    EXPECT_EQ(lines(kTable.x + 60, 10), std::pair(2ul, 1));
    EXPECT_EQ(lines(kTable.x + 25, 10), std::pair(2ul, 1));
    EXPECT_EQ(lines(kTable.x + 25, 10, false, 2), std::pair(1ul, 3))
        << "with two lines at the foot, which are no number";
    EXPECT_EQ(lines(kTable.x + 25, 10, false, 1, 300), std::pair(2ul, 1)) << "the number of a sheet on a desk";
    EXPECT_EQ(lines(kTable.x + 60, 10, true, 0), std::pair(2ul, 0));
    EXPECT_EQ(lines(kTable.x + 60, 10, true), std::pair(1ul, 2)) << "a note below a table that is closed";
    EXPECT_EQ(lines(kTable.x + 25, 10, true, 0), std::pair(1ul, 1)) << "the same";
    EXPECT_EQ(lines(kTable.x - 60, 10), std::pair(1ul, 2)) << "begins outside";
    EXPECT_EQ(lines(kTable.x + 25, 60), std::pair(1ul, 2)) << "stands apart";
    EXPECT_EQ(lines(kTable.x + 250, 10), std::pair(1ul, 2)) << "is no second line";
}

TEST(PageLayout, AFrameAmongTextIsNoTable) {
    PageContent content = blank_scan();
    for (int line = 0; line < 20; ++line)
        if (line < 9 || line > 11) write(content.picture, {200, 200 + line * 80}, 30);
    cv::rectangle(content.picture, cv::Rect(200, 950, 1200, 100), 0, 2);
    write(content.picture, {240, 988}, 8);
    EXPECT_TRUE(analyse_page(content, 1, 0).tables.empty());
}

}  // namespace
}  // namespace biaod::layout
