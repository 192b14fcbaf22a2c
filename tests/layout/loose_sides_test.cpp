#include "layout/rulings/loose_sides.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kUnit = 20;

// Found on a fax: a header of two rows at a page's end, whose first cell lost its horizontals.
struct Page {
    cv::Mat text = cv::Mat::zeros(800, 1000, CV_8UC1);
    std::vector<Ruling> rulings;

    Page() {
        for (const double y : {500, 560, 620}) across(y, 400, 900);
        for (const double x : {400, 900}) down(x, 500, 620);
        write(200, 540);
        // Another table above.
        for (const double y : {200, 300}) across(y, 100, 998);
        for (const double x : {100, 998}) down(x, 200, 300);
    }
    void across(double y, double from, double to) { rulings.push_back({true, y, from, to, 2, to - from}); }
    void down(double x, double from, double to) { rulings.push_back({false, x, from, to, 2, to - from}); }
    void write(int x, int y) {
        for (int i = 0; i < 5; ++i) cv::rectangle(text, {x + 20 * i, y, 16, 20}, 255, 3);
    }
    std::vector<Ruling> joined() const {
        std::vector<Ruling> all = rulings;
        join_loose_sides(all, text, kUnit);
        return all;
    }
    bool stays() const {
        const std::vector<Ruling> all = joined();
        bool same = all.size() == rulings.size();
        for (std::size_t i = 0; same && i < all.size(); ++i)
            same = all[i].from == rulings[i].from && all[i].to == rulings[i].to;
        return same;
    }
};

TEST(LooseSides, HorizontalsGoOnToAVerticalThatEndsAlike) {
    Page page;
    page.down(100, 502, 618);
    const std::vector<Ruling> all = page.joined();
    ASSERT_EQ(all.size(), page.rulings.size());
    EXPECT_EQ(all[0].from, 100);
    EXPECT_EQ(all[1].from, 400) << "the first cell is of both rows";
    EXPECT_EQ(all[2].from, 100);
}

TEST(LooseSides, OnTheRightAndWithoutAHorizontal) {
    Page page;
    page.rulings[0].to = 800;
    page.write(940, 540);
    page.down(1000 - 2, 500, 620);
    const std::vector<Ruling> all = page.joined();
    ASSERT_EQ(all.size(), page.rulings.size() + 1);
    EXPECT_EQ(all.back().at, 500);
    EXPECT_EQ(all.back().from, 900);
    EXPECT_EQ(all.back().to, 998);
    EXPECT_EQ(all[2].to, 998);
}

TEST(LooseSides, OneOfAnotherLengthStays) {
    Page page;
    page.down(100, 490, 620);
    EXPECT_TRUE(page.stays());
    page.rulings.back() = {false, 100, 500, 640, 2, 140};
    EXPECT_TRUE(page.stays());
}

// A reviewer's: beside a table with a note.
TEST(LooseSides, ABarInLineWithNoOtherSideStays) {
    Page page;
    page.down(120, 500, 620);
    EXPECT_TRUE(page.stays());
}

TEST(LooseSides, OneOfAnotherTableStays) {
    Page page;
    page.down(100, 500, 620);
    page.across(560, 100, 200);
    EXPECT_TRUE(page.stays());
}

TEST(LooseSides, PastAnotherRulingNoneGoesOn) {
    Page page;
    page.down(100, 500, 620);
    page.across(580, 150, 350);
    EXPECT_TRUE(page.stays());
    page.rulings.back() = {false, 330, 480, 640, 2, 160};
    EXPECT_TRUE(page.stays());
}

TEST(LooseSides, WithoutWritingBetweenThereIsNoCell) {
    Page page;
    page.down(100, 500, 620);
    page.text = 0;
    EXPECT_TRUE(page.stays());
}

TEST(LooseSides, StrokesAreNoSides) {
    const auto stays = [](double height) {
        Page page;
        page.rulings.erase(page.rulings.begin(), page.rulings.begin() + 5);  // the table above is left
        for (const double y : {530.0, 530 + height}) page.across(y, 400, 900);
        for (const double x : {100, 400}) page.down(x, 530, 530 + height);
        return page.stays();
    };
    EXPECT_TRUE(stays(50));
    EXPECT_FALSE(stays(80));
}

}  // namespace
}  // namespace biaod::layout
