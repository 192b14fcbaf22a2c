// The steps by which a page's rulings are found, together.
#include "layout/ruled_page.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "layout/page_layout.hpp"
#include "tests/layout/support.hpp"

namespace biaod::layout {
namespace {

using tests::blank_scan;
using tests::write;

// Found on faxes: of hairlines the last one across was mended when the verticals that it had ended had been.
TEST(RuledPage, VerticalsGoOnToAFrameThatWasMended) {
    PageContent content = blank_scan();
    const int rows = 5, columns = 8, height = 60, width = 120;
    const cv::Point corner(300, 600), end = corner + cv::Point(columns * width, rows * height);
    for (int row = 0; row < rows; ++row)
        cv::line(content.picture, {corner.x, corner.y + row * height}, {end.x, corner.y + row * height}, 0, 2);
    cv::line(content.picture, {corner.x + 160, end.y}, {corner.x + 560, end.y}, 0, 1);
    for (int x = corner.x + 10; x < end.x; x += 37) cv::line(content.picture, {x, end.y}, {x + 18, end.y}, 0, 1);
    for (int column = 0; column <= columns; ++column) {
        const int x = corner.x + column * width, lost = column == 3 || column == 6 ? 25 : 0;
        cv::line(content.picture, {x, corner.y}, {x, end.y - lost}, 0, 2);
    }
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
            write(content.picture, corner + cv::Point(column * width + 25, row * height + 16), 2);
    const PageLayout page = analyse_page(content, 1, 0);
    ASSERT_EQ(page.tables.size(), 1u);
    EXPECT_EQ(page.tables[0].grid.cells.size(), static_cast<std::size_t>(rows * columns));
}

// Each point `offset(x, y)` px lower, or, with `across`, farther right.
template <class Offset>
void bend(cv::Mat& picture, bool across, Offset offset) {
    cv::Mat map_x(picture.size(), CV_32F), map_y(picture.size(), CV_32F);
    for (int y = 0; y < picture.rows; ++y)
        for (int x = 0; x < picture.cols; ++x) {
            map_x.at<float>(y, x) = static_cast<float>(x - (across ? offset(x, y) : 0));
            map_y.at<float>(y, x) = static_cast<float>(y - (across ? 0 : offset(x, y)));
        }
    cv::remap(picture.clone(), picture, map_x, map_y, cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(255));
}

PageContent page_with_cells(cv::Point corner, int rows, int columns, cv::Size cell, int level = 0) {
    PageContent content = blank_scan();
    const cv::Point end = corner + cv::Point(columns * cell.width, rows * cell.height);
    for (int row = 0; row <= rows; ++row)
        cv::line(content.picture, {corner.x, corner.y + row * cell.height}, {end.x, corner.y + row * cell.height},
                 level, 2);
    for (int column = 0; column <= columns; ++column)
        cv::line(content.picture, {corner.x + column * cell.width, corner.y}, {corner.x + column * cell.width, end.y},
                 0, 2);
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
            write(content.picture, corner + cv::Point(column * cell.width + 35, row * cell.height + 16), 2);
    return content;
}

// Found on scans that had been made lighter: hairlines are too pale for ink.
TEST(RuledPage, ATableOfPaleHairlinesIsFound) {
    const PageContent content = page_with_cells({200, 400}, 14, 8, {150, 70}, 231);
    const PageLayout page = analyse_page(content, 1, 0);
    ASSERT_EQ(page.tables.size(), 1u);
    EXPECT_EQ(page.tables[0].grid.cells.size(), 14u * 8);
}

// Found on scans of sheets that lay in waves: rulings were torn on their slopes, and tables with them.
TEST(RuledPage, ASheetInWavesIsMadeFlat) {
    PageContent content = page_with_cells({200, 400}, 14, 8, {150, 70});
    bend(content.picture, false, [](int x, int) { return 9 * std::sin(x * 2 * CV_PI / 500); });
    const PageLayout page = analyse_page(content, 1, 0);
    ASSERT_EQ(page.tables.size(), 1u);
    EXPECT_EQ(page.tables[0].grid.cells.size(), 14u * 8);
    const auto line = page.tables[0].cell_lines[0].at(0).box;
    const double wave = page.transform.to_delivered(cv::Point2d(line.x + 125, line.y)).y -
                        page.transform.to_delivered(cv::Point2d(line.x + 375, line.y)).y;
    EXPECT_GT(std::abs(wave) * tests::kScanDpi / 72, 8) << "boxes are where the page as delivered shows them";
}

// Found on a scan of hairlines: where the waves are steep nothing was left of them, and the flats seemed to be level.
TEST(RuledPage, SoIsOneOfWhichTheFlatsAloneAreSeen) {
    for (const int level : {0, 90, 130}) {
        PageContent content = page_with_cells({200, 400}, 14, 8, {150, 70}, level);
        bend(content.picture, false, [](int x, int) { return 10 * std::sin(x * 2 * CV_PI / 500); });
        const PageLayout page = analyse_page(content, 1, 0);
        ASSERT_EQ(page.tables.size(), 1u) << level;
        EXPECT_EQ(page.tables[0].grid.cells.size(), 14u * 8) << level;
    }
}

// Found on scans of crumpled sheets: what was left of each vertical was a stroke beside the figure.
TEST(RuledPage, OfABentRulingNothingIsLeftInItsCells) {
    PageContent content = page_with_cells({200, 400}, 14, 8, {150, 70});
    bend(content.picture, true, [](int, int y) { return 4 * std::sin(y * 2 * CV_PI / 300); });
    cv::cvtColor(content.picture, content.picture, cv::COLOR_GRAY2BGR);
    cv::circle(content.picture, {900, 1800}, 120, {60, 60, 220}, 8);  // a seal: each figure is seen in red light, too
    const PageLayout page = analyse_page(content, 1, 0);
    ASSERT_EQ(page.tables.size(), 1u);
    ASSERT_EQ(page.tables[0].grid.cells.size(), 14u * 8);
    ASSERT_FALSE(page.by_red.empty());
    for (const Ruling& r : page.rulings) {
        if (r.horizontal) continue;
        const cv::Rect beside(cvRound(r.at) - 10, cvRound(r.from), 21, cvRound(r.length()));
        EXPECT_EQ(cv::countNonZero(page.text_ink(beside)), 0) << r.at;
        EXPECT_EQ(cv::countNonZero(page.by_red(beside) < 128), 0) << r.at;
    }
}

// Found on scans of clipped sheets: the wires opened the table upwards, and their rests were read.
TEST(RuledPage, OfAPaperClipNothingIsLeft) {
    PageContent content = page_with_cells({300, 400}, 6, 5, {200, 60});
    for (const int x : {900, 918, 936, 954}) cv::line(content.picture, {x, 20}, {x, 230}, 60, 3);
    cv::ellipse(content.picture, {927, 230}, {27, 25}, 0, 0, 180, 60, 3);
    const PageLayout page = analyse_page(content, 1, 0);
    ASSERT_EQ(page.tables.size(), 1u);
    EXPECT_EQ(page.tables[0].grid.cells.size(), 30u);
    EXPECT_TRUE(page.lines.empty());
}

// One half of a sheet that shows two pages: writing of the usual size beside tables that are set smaller.
struct Half {
    static constexpr int kSmall = 16, kBody = 26, kRow = 36, kColumns = 5, kWidth = 200, kLeft = 1250;
    PageContent content = blank_scan();

    Half() {
        cv::rotate(content.picture, content.picture, cv::ROTATE_90_CLOCKWISE);
        std::swap(content.width_pt, content.height_pt);
        for (int line = 0; line < 20; ++line) write_apart({100, 200 + 46 * line}, 26, kBody);
    }
    void write_apart(cv::Point at, int characters, int height) {
        for (int i = 0; i < characters; ++i)
            write(content.picture, at + cv::Point(i * (height + 9), i * 4 % 7), 1, height);
    }
    // In each cell so many characters, from so far below the ruling.
    void draw_table(int top, int rows, bool dotted, int characters, int below) {
        const int right = kLeft + kColumns * kWidth, bottom = top + rows * kRow;
        for (int y = top; y <= bottom; y += kRow)
            for (int x = kLeft; x <= right; x += 8)
                content.picture(cv::Rect(x, y, dotted && y > top && y < bottom ? 4 : 8, 2)).setTo(0);
        for (int x = kLeft; x <= right; x += kWidth) cv::line(content.picture, {x, top}, {x, bottom}, 0, 2);
        for (int y = top; y < bottom; y += kRow)
            for (int x = kLeft; x < right; x += kWidth) write_apart({x + 16, y + below}, characters, kSmall);
    }
};

// Found on scans of two pages on a sheet: a heading as large as the body between two tables was a row of one.
TEST(RuledPage, TablesSetSmallerThanTheBodyStayApart) {
    Half half;
    half.draw_table(300, 6, false, 3, 8);
    half.write_apart({1310, 300 + 6 * Half::kRow + 22}, 14, Half::kBody);
    half.draw_table(300 + 6 * Half::kRow + 74, 6, false, 3, 8);
    const PageLayout page = analyse_page(half.content, 1, 0);
    ASSERT_EQ(page.tables.size(), 2u);
    for (const TableLayout& found : page.tables) EXPECT_EQ(found.grid.cells.size(), 30u);
}

// Found on such scans: small writing stood too near to the dots of a ruling for the body's size.
TEST(RuledPage, DotsBesideWritingSetSmallerThanTheBodyAreRulings) {
    Half half;
    half.draw_table(300, 6, true, 6, 7);
    const PageLayout page = analyse_page(half.content, 1, 0);
    ASSERT_EQ(page.tables.size(), 1u);
    EXPECT_EQ(page.tables[0].grid.cells.size(), 30u);
}

}  // namespace
}  // namespace biaod::layout
