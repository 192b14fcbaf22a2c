#include "layout/rulings/open_ends.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kUnit = 20;

// A table with rows at 100, 140 and 180, whose verticals run on to `end`, below or above.
struct Page {
    cv::Mat text = cv::Mat::zeros(800, 900, CV_8UC1);
    std::vector<Ruling> rulings;
    bool scanned = true;
    DeskStrips desk;

    explicit Page(double first = 100, double last = 180) {
        for (const double y : {100, 140, 180}) rulings.push_back({true, y, 100, 800, 2, 700});
        for (const double x : {100, 800}) down(x, 100, 180);
        down(400, first, last);
    }
    void down(double x, double from, double to) {
        rulings.push_back({false, x, from, to, 2, to - from});
        text(cv::Rect(cv::Point(static_cast<int>(x) - 1, static_cast<int>(from)),
                      cv::Point(static_cast<int>(x) + 2, static_cast<int>(to) + 1))) = 255;
    }
    void write(int y) {
        for (int x = 120; x < 240; x += 20) cv::rectangle(text, {x, y, 16, 20}, 255, 3);
    }
    // What is left of a hairline.
    void crumbs(int y) {
        for (int x = 105; x < 800; x += 35) text.at<std::uint8_t>(y + x % 2, x) = 255;
    }
    std::vector<Ruling> closed() const {
        std::vector<Ruling> all = rulings;
        close_open_ends(all, text, text, desk, kUnit, scanned);
        return all;
    }
    bool stays() const { return closed().size() == rulings.size(); }
};

TEST(OpenEnds, ALostHairlineBelowIsDrawn) {
    Page page(100, 230);
    page.write(195);
    page.crumbs(230);
    const std::vector<Ruling> all = page.closed();
    ASSERT_EQ(all.size(), page.rulings.size() + 1);
    EXPECT_TRUE(all.back().horizontal);
    EXPECT_EQ(all.back().at, 230);
    EXPECT_EQ(all.back().from, 100);
    EXPECT_EQ(all.back().to, 800);
    EXPECT_EQ(all[3].to, 230) << "the outer verticals are drawn out to it";
    EXPECT_EQ(all[4].to, 230);
    EXPECT_EQ(all[3].from, 100);
}

// Found on a fax: the vertical had been followed a few pixels past the hairline.
TEST(OpenEnds, CrumbsALittleBesideAVerticalsEndAreAHairline) {
    const auto page = [](int crumbs_at) {
        Page past(100, 236);
        past.write(195);
        past.crumbs(crumbs_at);
        return past.closed();
    };
    EXPECT_NEAR(page(231).back().at, 233, 2);
    EXPECT_FALSE(page(216).back().horizontal) << "too far";
}

TEST(OpenEnds, ALostHairlineAboveIsDrawn) {
    Page page(50, 180);
    page.write(65);
    page.crumbs(50);
    const std::vector<Ruling> all = page.closed();
    ASSERT_EQ(all.size(), page.rulings.size() + 1);
    EXPECT_EQ(all.back().at, 50);
    EXPECT_EQ(all[3].from, 50);
    EXPECT_EQ(all[4].from, 50);
}

// Without outer verticals, and with a row of one cell above the others.
Page open_page(int crumbs_at, int step = 9) {
    Page page;
    page.rulings.erase(page.rulings.begin() + 3, page.rulings.begin() + 5);
    for (int x = 105; x < 800; x += step) page.text.at<std::uint8_t>(crumbs_at + x % 2, x) = 255;
    return page;
}

// Found on a fax: a table's first row was lost with the hairline above.
TEST(OpenEnds, ALostHairlineBeyondARowOfOneCellIsDrawn) {
    Page page = open_page(60);
    page.write(70);
    const std::vector<Ruling> all = page.closed();
    ASSERT_EQ(all.size(), page.rulings.size() + 3) << "and both sides of the row";
    EXPECT_TRUE(all.back().horizontal);
    EXPECT_NEAR(all.back().at, 60, 2);
    EXPECT_EQ(all.back().from, 100);
    EXPECT_EQ(all.back().to, 800);
    page.scanned = false;
    EXPECT_TRUE(page.stays()) << "no program prints crumbs";
}

TEST(OpenEnds, OtherInkBeyondATableIsNoHairline) {
    Page underlined = open_page(60, 1000);
    underlined.write(70);
    for (int x = 105; x < 440; x += 3) underlined.text.at<std::uint8_t>(60, x) = 255;
    underlined.text.at<std::uint8_t>(60, 700) = 255;
    EXPECT_TRUE(underlined.stays()) << "not across all of it";
    Page heading = open_page(56);
    for (int x = 120; x < 400; x += 30) cv::rectangle(heading.text, {x, 64, 27, 27}, 255, 3);
    EXPECT_TRUE(heading.stays()) << "larger than the table's writing";
    Page closed = open_page(60);
    for (const double x : {100, 800}) closed.down(x, 100, 180);
    closed.write(70);
    EXPECT_TRUE(closed.stays()) << "its outer verticals end below";
}

// Found on faxes: the hairline above a table's first row was found, in pieces or without its ends, but none of the
// verticals that join it to the table.
TEST(OpenEnds, PiecesOfAHairlineBeyondARowOfOneCellAreOne) {
    const auto page = [](std::initializer_list<std::pair<double, double>> pieces, double second_at = 52) {
        Page lost;
        lost.rulings.erase(lost.rulings.begin() + 3, lost.rulings.begin() + 5);
        lost.write(65);
        double at = 52;
        for (const auto& [from, to] : pieces) {
            lost.rulings.push_back({true, at, from, to, 1, to - from});
            lost.text(cv::Rect(cv::Point2d(from, at), cv::Point2d(to, at + 1))) = 255;
            at = second_at;
        }
        return lost;
    };
    const Page whole = page({{130, 770}});
    const std::vector<Ruling> all = whole.closed();
    ASSERT_EQ(all.size(), whole.rulings.size() + 3) << "and both sides of the row";
    EXPECT_EQ(all.back().at, 52);
    EXPECT_EQ(all.back().from, 100);
    EXPECT_EQ(all.back().to, 800);
    EXPECT_FALSE(page({{110, 300}, {600, 790}}).stays());
    EXPECT_TRUE(page({{110, 200}, {600, 790}}).stays()) << "less than half of it";
    EXPECT_TRUE(page({{110, 600}}).stays()) << "the underline of a heading";
    Page dashed = page({{400, 480}});
    for (int x = 105; x < 800; x += 20) dashed.text(cv::Rect(x, 52, 12, 1)) = 255;
    EXPECT_FALSE(dashed.stays()) << "dashes all across, of which one was found";
    const auto mostly_in_one = [&](double at, int length = 240, int thickness = 1) {
        Page middle = page({});
        middle.text(cv::Rect(101, 60, 200, 38)) = 0;
        middle.write(73);
        middle.rulings.push_back({true, at, 330, 330.0 + length, 1.0 * thickness, 1.0 * length});
        middle.text(cv::Rect(330, cvRound(at), length, thickness)) = 255;
        for (const int x : {102, 150, 700, 794}) middle.text(cv::Rect(x, cvRound(at), 2, 1)) = 255;
        return middle;
    };
    EXPECT_FALSE(mostly_in_one(58).stays()) << "of a row as high as the next";
    EXPECT_TRUE(mostly_in_one(58, 60).stays()) << "too little of it";
    EXPECT_TRUE(mostly_in_one(58, 240, 5).stays()) << "too thick";
    EXPECT_TRUE(mostly_in_one(50).stays()) << "the underline of a heading, and specks";
    EXPECT_TRUE(page({{110, 300}, {600, 790}}, 40).stays()) << "two lines";
    Page closed = page({{130, 770}});
    for (const double x : {100, 800}) closed.down(x, 100, 180);
    EXPECT_TRUE(closed.stays()) << "its outer verticals end below";
    Page below_another = page({{100, 800}});
    for (const double x : {100, 800}) below_another.down(x, 0, 52);
    EXPECT_TRUE(below_another.stays()) << "a caption between two tables";
    Page twice = page({{110, 250}, {112, 250}, {740, 790}}, 52);
    EXPECT_TRUE(twice.stays()) << "less than half of it, in two strokes";
    Page born_digital = whole;
    born_digital.scanned = false;
    EXPECT_TRUE(born_digital.stays());
}

// Found on faxes: of the hairline above a table's first row, or below its last, five dots were left.
TEST(OpenEnds, AFewCrumbsTellOfARowAsHighAsTheNext) {
    const auto page = [](int crumbs_at) {
        Page few = open_page(crumbs_at, 140);
        few.write(crumbs_at + 10);
        return few;
    };
    EXPECT_EQ(page(60).closed().size(), page(60).rulings.size() + 3);
    EXPECT_TRUE(page(55).stays()) << "another row height";
    Page closed = page(60);
    for (const double x : {100, 800}) closed.down(x, 100, 180);
    EXPECT_TRUE(closed.stays()) << "its outer verticals end below";
    for (const int y : {72, 85}) closed.text.at<std::uint8_t>(y, 100) = 255;
    const std::vector<Ruling> all = closed.closed();
    ASSERT_EQ(all.size(), closed.rulings.size() + 1) << "but pieces of one are left";
    EXPECT_NEAR(all.back().at, 60, 2);
    Page many = open_page(50);
    many.write(60);
    for (const double x : {100, 800}) many.down(x, 100, 180);
    EXPECT_TRUE(many.stays());
    for (const int y : {72, 85}) many.text.at<std::uint8_t>(y, 104) = 255;
    EXPECT_EQ(many.closed().size(), many.rulings.size() + 1) << "a row of any height";

    Page below(100, 220);
    below.write(190);
    for (int x = 105; x < 800; x += 140) below.text.at<std::uint8_t>(220, x) = 255;
    EXPECT_EQ(below.closed().size(), below.rulings.size() + 1);
    below.scanned = false;
    EXPECT_TRUE(below.stays());
}

// Found on faxes: a vertical of the lost row was joined to a stroke of the heading above, and with it another that lay
// across: of the heading, or a piece of the hairline.
TEST(OpenEnds, AVerticalLedIntoAHeadingEndsBeforeIt) {
    Page page(30, 180);
    page.text(cv::Rect(390, 41, 20, 14)).setTo(0);
    page.write(65);
    page.crumbs(55);
    page.rulings.push_back({true, 30, 380, 440, 1, 60});
    std::vector<Ruling> all = page.closed();
    ASSERT_EQ(all.size(), page.rulings.size() + 1);
    EXPECT_NEAR(all.back().at, 55, 2);
    EXPECT_EQ(all.back().from, 100);
    EXPECT_EQ(all[5].from, all.back().at) << "cut back to the row";
}

// Found on faxes, at a page's end: of the only row one horizontal was a ruling, and a vertical was none.
TEST(OpenEnds, ARowOfTwoCellsAboveAHorizontalAloneIsClosed) {
    const auto page = [](bool crumbs) {
        Page alone;
        alone.rulings = {{true, 180, 100, 800, 1, 700}};
        alone.text.setTo(0);
        alone.text(cv::Rect(400, 140, 1, 20)).setTo(255);
        alone.text(cv::Rect(401, 160, 1, 20)).setTo(255);
        alone.write(150);
        if (crumbs)
            for (int x = 105; x < 800; x += 9) alone.text.at<std::uint8_t>(140, x) = 255;
        return alone.closed();
    };
    const std::vector<Ruling> all = page(true);
    ASSERT_EQ(all.size(), 4u) << "both sides and the hairline";
    EXPECT_NEAR(all.back().at, 140, 2);
    EXPECT_EQ(page(false).size(), 1u);
}

// Found on faxes: of a row's outer hairline nothing was left at all.
TEST(OpenEnds, VerticalsTellOfARowWithoutAHairline) {
    const auto closed = [](int dots, int end, int characters_high) {
        Page page(100, end);
        for (int x = 120; x < 240; x += 40) cv::rectangle(page.text, {x, 187, 20, characters_high}, 255, 2);
        page.write(260);  // the page does not end here
        for (int i = 0; i < dots; ++i) page.text.at<std::uint8_t>(190 + 8 * i, 100) = 255;
        return page.closed().size() - page.rulings.size();
    };
    EXPECT_EQ(closed(3, 226, 20), 1u);
    EXPECT_EQ(closed(0, 226, 20), 0u) << "no outer vertical";
    EXPECT_EQ(closed(0, 220, 20), 1u) << "but it is as high as the next";
    EXPECT_EQ(closed(3, 220, 28), 0u) << "a heading's writing";
}

// Where the page's end tears a row its verticals end, too, but on white paper; specks are everywhere alike.
TEST(OpenEnds, ATornRowStaysOpen) {
    Page torn(100, 230);
    for (const double x : {200, 300, 500, 600, 700}) torn.down(x, 100, 230);
    torn.write(195);
    EXPECT_TRUE(torn.stays()) << "the verticals' own ink is no hairline";
    cv::RNG random(1);
    for (int i = 0; i < 3000; ++i) torn.text.at<std::uint8_t>(random.uniform(0, 800), random.uniform(0, 900)) = 255;
    EXPECT_TRUE(torn.stays());
}

// Found on a fax: of the row that began a page one inner vertical was left, and its cells were outside the table.
TEST(OpenEnds, TheSidesOfARowThatAPageTearsGoOn) {
    Page torn(100, 230);
    torn.write(195);
    const std::vector<Ruling> all = torn.closed();
    ASSERT_EQ(all.size(), torn.rulings.size()) << "nothing is printed where it ends";
    EXPECT_EQ(all[3].to, 230);
    EXPECT_EQ(all[4].to, 230);
    Page in_margin = torn;
    in_margin.text = in_margin.text.rowRange(0, 240).clone();  // it ends where page numbers stand
    EXPECT_EQ(in_margin.closed()[3].to, 230);
    Page digital = torn, goes_on = torn;
    digital.scanned = false;
    goes_on.write(400);
    for (const Page& page : {digital, goes_on}) EXPECT_EQ(page.closed()[3].to, 180);
    Page numbered(100, 230);
    numbered.write(195);
    cv::rectangle(numbered.text, {400, 410, 40, 10}, 255, cv::FILLED);
    EXPECT_EQ(numbered.closed()[3].to, 180);
    numbered.desk.below = 340;
    EXPECT_EQ(numbered.closed()[3].to, 230) << "on a desk it is the page's number";
}

// The feet of a heading stand as near to its first hairline as that is wide.
TEST(OpenEnds, AHairlineCloseToAHeadingIsDrawn) {
    Page page(50, 180);
    page.write(65);
    page.crumbs(50);
    for (int x = 105; x < 800; x += 35) page.text(cv::Rect(x, 50, 12, 1)).setTo(255);
    for (int x = 110; x < 780; x += 24) cv::rectangle(page.text, {x, 13, 20, 24}, 255, 3);
    EXPECT_FALSE(page.stays());
}

// Found on a fax: the row that a page ended with had its last hairline, and crumbs of its first.
TEST(OpenEnds, ARowOfOneHairlineIsClosed) {
    Page page;
    page.rulings.clear();
    page.text.setTo(0);
    page.rulings.push_back({true, 180, 100, 800, 2, 700});
    page.down(400, 130, 180);
    page.write(145);
    page.write(98);
    EXPECT_TRUE(page.stays());
    page.crumbs(130);
    EXPECT_FALSE(page.stays());
}

TEST(OpenEnds, AVerticalThatRanIntoAHeadingEndsNoRow) {
    Page page(50, 180);
    page.write(65);
    for (int x = 110; x < 780; x += 24) cv::rectangle(page.text, {x, 36, 20, 24}, 255, 3);
    EXPECT_TRUE(page.stays());
}

// Found below a table: a stroke of a heading's character went on with one of its verticals, and the others' feet were
// crumbs.
TEST(OpenEnds, AStrokeBelowATableIsNoVerticalOfIt) {
    Page page(100, 230);
    page.text(cv::Rect(390, 182, 20, 20)) = 0;
    page.write(205);
    page.crumbs(230);
    EXPECT_TRUE(page.stays());
}

TEST(OpenEnds, AStubIsNoRow) {
    Page empty(100, 230);
    empty.crumbs(230);
    EXPECT_TRUE(empty.stays()) << "no writing";
    Page small(100, 195);
    small.crumbs(195);
    EXPECT_TRUE(small.stays()) << "no room for a line";
    Page ragged(100, 230);
    ragged.down(600, 100, 280);
    ragged.write(195);
    ragged.crumbs(280);
    EXPECT_TRUE(ragged.stays()) << "the verticals end apart";
    Page outer;
    outer.rulings[3].to = outer.rulings[4].to = 230;
    outer.write(195);
    outer.crumbs(230);
    EXPECT_TRUE(outer.stays()) << "a frame around more than the table";
}

TEST(OpenEnds, NothingAtAllAndTheEdgeOfThePage) {
    std::vector<Ruling> none;
    const cv::Mat ink = cv::Mat::zeros(100, 100, CV_8UC1);
    close_open_ends(none, ink, ink, {}, kUnit, true);
    EXPECT_TRUE(none.empty());
    Page page(0, 180);
    page.write(10);
    page.text = page.text.rowRange(0, 181).clone();
    EXPECT_TRUE(page.stays());
}

}  // namespace
}  // namespace biaod::layout
