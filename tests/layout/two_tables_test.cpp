#include "layout/rulings/two_tables.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "layout/page_layout.hpp"
#include "tests/layout/support.hpp"

namespace biaod::layout {
namespace {

using tests::blank_scan;
using tests::write;

constexpr double kUnit = 40;  // px, a character of blank_scan()

void draw_table(cv::Mat& picture, cv::Rect box, int rows, int columns) {
    for (int row = 0; row <= rows; ++row) {
        const int y = box.y + row * box.height / rows;
        cv::line(picture, {box.x, y}, {box.br().x, y}, 0, 3);
    }
    for (int column = 0; column <= columns; ++column) {
        const int x = box.x + column * box.width / columns;
        cv::line(picture, {x, box.y}, {x, box.br().y}, 0, 3);
    }
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
            write(picture, {box.x + column * box.width / columns + 25, box.y + row * box.height / rows + 16}, 2);
}

// Found on a page of a company's report: the sides of two tables of one width became one over the room between.
TEST(TwoTables, CloseToEachOtherStayTwo) {
    const auto tables = [](int gap, cv::Rect between = {}) {
        PageContent content = blank_scan();
        draw_table(content.picture, {300, 600, 960, 240}, 4, 2);
        draw_table(content.picture, {300, 840 + gap, 960, 240}, 4, 4);
        if (!between.empty()) content.picture(between).setTo(0);
        return analyse_page(content, 1, 0).tables.size();
    };
    EXPECT_EQ(tables(44), 2U);
    EXPECT_EQ(tables(36), 2U);
    EXPECT_EQ(tables(44, {300, 840, 3, 30}), 1U) << "a side that broke off";
}

TEST(TwoTables, NothingIsBetweenThemAndBothAreClosed) {
    const std::vector<Ruling> rulings = {{true, 200, 100, 900, 3, 800}, {true, 240, 100, 900, 3, 800}};
    const auto apart = [&](double end, double begin, cv::Rect between = {}, double last = 200) {
        cv::Mat ink = cv::Mat::zeros(1000, 1000, CV_8UC1);
        for (const Ruling& r : rulings) ink(stroke_of(r, 0)).setTo(255);
        if (!between.empty()) ink(between).setTo(255);
        std::vector<Ruling> found = rulings;
        found[0].at = last;
        return are_of_two_tables({false, 100, 80, end, 3, end - 80}, {false, 100, begin, 600, 3, 600 - begin}, found,
                                 ink, kUnit);
    };
    EXPECT_TRUE(apart(200, 240));
    EXPECT_TRUE(apart(200, 240, {500, 220, 4, 4})) << "a speck";
    EXPECT_FALSE(apart(200, 240, {500, 212, 12, 16})) << "writing";
    EXPECT_FALSE(apart(188, 240)) << "the upper one is open";
    EXPECT_FALSE(apart(200, 252)) << "the lower one is open";
    EXPECT_FALSE(apart(220, 240, {}, 220)) << "a double ruling";
}

}  // namespace
}  // namespace biaod::layout
