#include "layout/rulings/open_sides.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kUnit = 20;

struct Page {
    cv::Mat text = cv::Mat::zeros(800, 900, CV_8UC1);
    std::vector<Ruling> rulings;

    void across(double y, double from = 100, double to = 800) { rulings.push_back({true, y, from, to, 2, to - from}); }
    void down(double x, double from, double to) { rulings.push_back({false, x, from, to, 2, to - from}); }
    void write(int x, int y, int width, int height) {
        for (int at = x; at < x + width; at += height) cv::rectangle(text, {at, y, height - 4, height}, 255, 3);
    }
    // The x of what close_open_sides() adds.
    std::vector<double> added() const {
        std::vector<Ruling> all = rulings;
        close_open_sides(all, text, kUnit);
        std::vector<double> at;
        for (std::size_t i = rulings.size(); i < all.size(); ++i) at.push_back(all[i].at);
        return at;
    }
};

TEST(OpenSides, BothSidesOfRowsWithInnerVerticalsAreClosed) {
    Page page;
    for (const double y : {100, 140, 180}) page.across(y);
    page.down(400, 100, 180);
    EXPECT_EQ(page.added(), (std::vector<double>{100, 800}));
}

TEST(OpenSides, ClosedSidesGetNothing) {
    Page page;
    for (const double y : {100, 140, 180}) page.across(y);
    for (const double x : {100, 400, 800}) page.down(x, 100, 180);
    EXPECT_TRUE(page.added().empty());
}

// Found on a scan with grey headers, whose hairlines fade beside them.
TEST(OpenSides, ASideThatIsMissingInSomeRowsIsClosedThere) {
    Page page;
    for (const double y : {100, 140, 180, 220, 260}) page.across(y);
    page.down(400, 100, 260);
    page.down(800, 100, 260);
    page.down(100, 100, 140);
    page.down(100, 220, 260);
    std::vector<Ruling> all = page.rulings;
    close_open_sides(all, page.text, kUnit);
    ASSERT_EQ(all.size(), page.rulings.size() + 1);
    EXPECT_EQ(all.back().at, 100);
    EXPECT_EQ(all.back().from, 140);
    EXPECT_EQ(all.back().to, 220);
}

// Found on a fax: the rows beside a label that spans some end a little farther out than the others.
TEST(OpenSides, RowsThatBeginAtDifferentColumnsHaveOneSide) {
    Page page;
    for (const double y : {100, 140, 260, 300}) page.across(y, 100, 794);
    for (const double y : {180, 220}) page.across(y, 300, 806);
    for (const double x : {300, 500}) page.down(x, 100, 300);
    const std::vector<double> sides = page.added();
    EXPECT_EQ(std::ranges::count_if(sides, [](double x) { return x > 790; }), 1);
}

// Found on a fax: between rows whose horizontals end unevenly, one had its own end, and the table a column more.
TEST(OpenSides, RowsOnEitherSideOfAnotherHaveOneSide) {
    Page page;
    for (const double y : {100, 140}) page.across(y, 100, 800);
    page.across(180, 100, 700);
    for (const double y : {220, 260, 300}) page.across(y, 100, 790);
    page.down(400, 60, 300);
    const std::vector<double> at = page.added();
    EXPECT_EQ(std::ranges::count_if(at, [](double x) { return x > 700; }), 1);
    Page beside = page;  // a vertical of another table
    beside.rulings.pop_back();
    beside.down(400, 100, 140);
    beside.down(400, 220, 300);
    beside.down(880, 60, 700);
    const std::vector<double> apart = beside.added();
    EXPECT_EQ(std::ranges::count_if(apart, [](double x) { return x > 700; }), 2);
    page.down(806, 60, 100);
    std::vector<Ruling> all = page.rulings;
    close_open_sides(all, page.text, kUnit);
    const auto right = [](const Ruling& r) { return !r.horizontal && r.at > 700; };
    ASSERT_EQ(std::ranges::count_if(all, right), 2);
    EXPECT_EQ(std::ranges::find_if(all, right)->at, all.back().at) << "in line with what was found";
}

// Found on a fax without a left side, but for the rows at the page's ends and one horizontal.
TEST(OpenSides, PiecesOfASideAreJoinedWhereNoRowTells) {
    Page page;
    for (const double y : {140, 220, 260, 340}) page.across(y, 300, 800);
    page.across(180, 100, 800);
    for (const double x : {300, 800}) page.down(x, 100, 380);
    page.down(100, 100, 140);
    page.down(104, 340, 380);
    page.down(103, 105, 138);  // the other stroke of a double ruling
    const auto joined = [&](const Page& on) {
        std::vector<Ruling> all = on.rulings;
        close_open_sides(all, on.text, kUnit);
        return std::ranges::any_of(
            all, [](const Ruling& r) { return !r.horizontal && r.at < 110 && r.from == 140 && r.to == 340; });
    };
    EXPECT_TRUE(joined(page));
    Page crossed = page;
    crossed.across(260, 60, 800);
    EXPECT_FALSE(joined(crossed)) << "a column begins farther out";
    Page apart = page;
    for (Ruling& r : apart.rulings)
        if (!r.horizontal && r.to - r.from > 200) r.to = 300;
    EXPECT_FALSE(joined(apart)) << "two tables";
    Page broken = page;
    broken.across(260, -90, 90);
    EXPECT_FALSE(joined(broken)) << "the same, of two pieces";
    Page written = page;
    for (const int y : {190, 220}) written.write(60, y, 100, 24);
    EXPECT_FALSE(joined(written)) << "a label runs through it";
    Page pieces = page;
    pieces.down(100, 140, 330);
    EXPECT_EQ(pieces.added().size(), 0u) << "nearly whole";
    Page beyond = page;
    for (Ruling& r : beyond.rulings) (r.horizontal ? r.at : r.from) += 2000;
    for (Ruling& r : beyond.rulings)
        if (!r.horizontal) r.to += 2000;
    EXPECT_EQ(beyond.added().size(), 0u) << "beyond the page's end";
    Page none = page;
    std::erase_if(none.rulings, [](const Ruling& r) { return r.horizontal && r.from == 100; });
    EXPECT_FALSE(joined(none)) << "no horizontal reaches it";
}

// Found on a fax: a piece of the next table's last horizontal was as long as one of the first table's.
TEST(OpenSides, RowsOfTwoTablesHaveNoSide) {
    const auto sides = [](double next) {
        Page page;
        for (const double y : {100, 700}) page.across(y, 300, 800);
        page.down(500, 100, 620);
        page.down(600, next, 700);
        return page.added().size();
    };
    EXPECT_EQ(sides(650), 2u);
    EXPECT_EQ(sides(670), 0u) << "a heading between";
}

// Found on a scan at 150 dpi: the outer rulings of a table were broken at the same place.
TEST(OpenSides, PiecesOfLongerRulingsHaveNoSides) {
    Page page;
    page.across(100, 430, 800);
    for (const double y : {140, 180}) page.across(y);
    page.across(220, 432, 800);
    for (const double x : {100, 600, 800}) page.down(x, 100, 220);
    EXPECT_TRUE(page.added().empty());
}

// Found below a seal, which hid a piece of one stroke.
TEST(OpenSides, OneStrokeOfADoubleRulingMayBreakOff) {
    const auto added = [](double end_of_twin) {
        Page page;
        for (const double y : {100, 140}) page.across(y, 100, 300);
        page.across(146, 100, end_of_twin);
        for (const double x : {100, 200}) page.down(x, 100, 140);
        return page.added();
    };
    EXPECT_TRUE(added(800).empty());
    EXPECT_EQ(added(305).size(), 1u);
}

TEST(OpenSides, ARowThatIsOneCellBelongsToTheTable) {
    Page page;
    for (const double y : {100, 140, 180}) page.across(y);
    page.down(400, 140, 180);
    page.write(110, 110, 200, 20);
    std::vector<Ruling> all = page.rulings;
    close_open_sides(all, page.text, kUnit);
    ASSERT_EQ(all.size(), page.rulings.size() + 2);
    EXPECT_EQ(all.back().from, 100);
    EXPECT_EQ(all.back().to, 180);
}

// Found on a page of broken rulings: two of a cell's broke off below each other, a little before its side.
TEST(OpenSides, ARowThatIsClosedALittleFartherOutHasItsSide) {
    for (const double farther : {24, 60}) {
        Page page;
        for (const double y : {100, 140}) page.across(y);
        page.down(100, 100, 140);
        page.down(400, 100, 140);
        page.down(800 + farther, 60, 180);
        EXPECT_EQ(page.added().empty(), farther < 2 * kUnit) << farther;
    }
}

// Found on faxes: with what was left of a side the writing was too high for one cell's, and with what was left of the
// horizontals a heading had as many lines as a cell.
TEST(OpenSides, WhatIsLeftOfRulingsIsNoWriting) {
    cv::Mat text = cv::Mat::zeros(200, 900, CV_8UC1);
    const cv::Rect row(100, 50, 700, 44), high(100, 50, 700, 70);
    for (int x = 120; x < 280; x += 20) cv::rectangle(text, {x, 62, 16, 20}, 255, 3);
    ASSERT_TRUE(holds_one_cell(text, row, kUnit));
    text(cv::Rect(102, 50, 2, 44)).setTo(255);
    EXPECT_TRUE(holds_one_cell(text, row, kUnit));
    text(cv::Rect(300, 50, 60, 1)).setTo(255);
    text(cv::Rect(300, 118, 60, 1)).setTo(255);
    EXPECT_FALSE(holds_one_cell(text, high, kUnit));
}

// Found on speckled paper: with a speck below it a heading between two tables had as many lines as a cell, and the
// tables were one.
TEST(OpenSides, ASpeckIsNoLine) {
    const cv::Rect row(100, 50, 700, 70);
    for (const int size : {4, 12}) {
        cv::Mat text = cv::Mat::zeros(200, 900, CV_8UC1);
        for (int x = 120; x < 280; x += 20) cv::rectangle(text, {x, 62, 16, 20}, 255, 3);
        text(cv::Rect(500, 100, size, size)).setTo(255);
        EXPECT_EQ(holds_one_cell(text, row, kUnit), size == 12) << size;
    }
}

// Found on a fax of a header on a dark ground.
TEST(OpenSides, WhatAHalftoneLeavesIsNoWriting) {
    Page page;
    for (const double y : {100, 140, 180, 220}) page.across(y);
    for (const double x : {100, 400, 800}) {
        page.down(x, 100, 140);
        page.down(x, 180, 220);
    }
    page.write(110, 150, 80, 20);
    EXPECT_EQ(page.added().size(), 2u);
    for (int y = 142; y < 180; y += 2)
        for (int x = 300; x < 700; x += 8) page.text(cv::Rect(x + y / 2 % 2 * 4, y, 2, 2)).setTo(255);
    EXPECT_EQ(page.added().size(), 2u);
    page.text(cv::Rect(500, 142, 2, 38)).setTo(255);
    EXPECT_TRUE(page.added().empty()) << "as high as a heading";
}

// Found on a fax, where a bold label was a quarter higher than the page's writing.
TEST(OpenSides, BoldWritingIsOneCellsALargerHeadingNot) {
    const cv::Rect row(100, 50, 700, 44);
    for (const int height : {25, 28}) {
        cv::Mat text = cv::Mat::zeros(200, 900, CV_8UC1);
        for (int x = 120; x < 280; x += 24) cv::rectangle(text, {x, 58, 20, height}, 255, cv::FILLED);
        EXPECT_EQ(holds_one_cell(text, row, kUnit), height == 25) << height;
    }
}

TEST(OpenSides, AHeadingStandsBetweenTwoTables) {
    Page page;
    for (const double y : {100, 140, 230, 270}) page.across(y);
    page.down(400, 100, 140);
    page.down(400, 230, 270);
    page.write(140, 170, 300, 32);
    EXPECT_EQ(page.added().size(), 4u);  // two sides of each
}

// Another program's reports: a heading as low as a row stood between two tables with the same sides, and one was made
// of both.
TEST(OpenSides, AHeadingAboveOtherColumnsIsNoRow) {
    const auto sides_between = [](double column, int text_at) {
        Page page;
        for (const double y : {100, 140, 180, 230, 270, 310}) page.across(y);
        for (const double x : {100, 800}) {
            page.down(x, 100, 180);
            page.down(x, 230, 310);
        }
        page.down(400, 100, 180);
        page.down(column, 230, 310);
        page.write(text_at, 195, 240, 20);
        return page.added().size();
    };
    EXPECT_EQ(sides_between(550, 110), 0u);
    EXPECT_EQ(sides_between(550, 150), 0u) << "with a paragraph's indent";
    EXPECT_EQ(sides_between(400, 110), 2u) << "a row that lost its sides";
    EXPECT_EQ(sides_between(550, 330), 2u) << "a centred title of the rows below";
}

// Found on a scan of tables without sides: a bold heading stood on the second one, and the two were one.
TEST(OpenSides, AHeadingThatStandsOnItsTableIsNoRow) {
    const auto sides = [](int text_at, double column) {
        Page page;
        for (const double y : {100, 140, 180, 228, 270, 310}) page.across(y);
        page.down(400, 100, 180);
        page.down(column, 228, 310);
        page.write(150, text_at, 240, 22);
        return page.added().size();
    };
    EXPECT_EQ(sides(205, 550), 4u) << "two of each";
    EXPECT_EQ(sides(193, 550), 2u) << "a row's writing, in its middle";
    EXPECT_EQ(sides(205, 400), 2u) << "above the same columns";
}

// Found on a scan: the side of a stamp's frame in a heading joined two tables.
TEST(OpenSides, AStampsFrameBetweenTwoTablesIsNoRow) {
    const auto between = [](std::vector<Ruling> strokes, int second = 240) {
        Page page;
        for (const double y : {100, 140, 180, second, second + 40, second + 80}) page.across(y);
        for (const double x : {100, 400, 800}) {
            page.down(x, 100, 180);
            page.down(x, second, second + 80);
        }
        std::vector<Ruling> all = page.rulings;
        all.insert(all.end(), strokes.begin(), strokes.end());
        close_open_sides(all, page.text, kUnit);
        return std::ranges::count_if(
            all, [&](const Ruling& r) { return !r.horizontal && r.from > 170 && r.to < second + 10; });
    };
    const auto stroke = [](double x, double from = 188, double to = 239) {
        return Ruling{false, x, from, to, 1, to - from};
    };
    EXPECT_EQ(between({stroke(500)}), 0);
    EXPECT_EQ(between({stroke(500), stroke(600)}), 0);
    EXPECT_EQ(between({stroke(500), stroke(600), stroke(700)}), 5) << "columns of a row that lost its sides";
    EXPECT_EQ(between({stroke(500, 181, 239)}), 3) << "so is one, from ruling to ruling";
    EXPECT_EQ(between({stroke(500, 140, 239)}), 2) << "or that goes on above";
    EXPECT_GT(between({stroke(500), stroke(100, 190, 210)}), 1) << "and where some of a side is left";
    EXPECT_EQ(between({stroke(500, 200, 310)}, 320), 1) << "with room for a table between";
    EXPECT_GE(between({stroke(500), {true, 210, 300, 600, 1, 300}}), 1) << "which has horizontals";
}

TEST(OpenSides, LinesThatHoldNoTableStayAsTheyAre) {
    Page page;
    page.across(100);
    page.across(140);
    page.write(110, 110, 200, 20);
    EXPECT_TRUE(page.added().empty());
}

}  // namespace
}  // namespace biaod::layout
