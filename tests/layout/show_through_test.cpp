#include "layout/cleaning/show_through.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kUnit = 32;
constexpr int kPaleLevel = 205;

// A table of six rows and five columns, 100 px high and wide.
struct Page {
    cv::Mat gray = cv::Mat(800, 700, CV_8UC1, cv::Scalar(255));
    std::vector<Ruling> rulings;

    Page() {
        for (int i = 0; i <= 6; ++i) rulings.push_back({true, 100.0 + 100 * i, 100, 600, 3, 500});
        for (int i = 0; i <= 5; ++i) rulings.push_back({false, 100.0 + 100 * i, 100, 700, 3, 600});
    }
    // Strokes as of characters, `level` dark, about the middles of the cells or about the rulings between them.
    void write(int level, bool over_rulings) {
        const int first = over_rulings ? 88 : 138;
        for (int y = 135; y < 700; y += 100)
            for (int x = first; x < 595; x += 100) {
                cv::line(gray, {x, y}, {x + 24, y}, level, 4);
                cv::line(gray, {x, y + 20}, {x + 24, y + 20}, level, 4);
                cv::line(gray, {x + 12, y}, {x + 12, y + 20}, level, 4);
            }
    }
    void print_rulings(int level = 40) {
        for (const Ruling& r : rulings)
            cv::line(gray, r.horizontal ? cv::Point2d(r.from, r.at) : cv::Point2d(r.at, r.from),
                     r.horizontal ? cv::Point2d(r.to, r.at) : cv::Point2d(r.at, r.to), level, 3);
    }
    int level() const { return show_through_level(gray, rulings, kUnit); }
};

TEST(ShowThrough, PaleWritingOverRulingsIsOfTheBack) {
    Page page;
    page.write(kPaleLevel, true);
    page.print_rulings();
    EXPECT_LE(page.level(), kPaleLevel);
    EXPECT_GT(page.level(), kPaleLevel - 10);
}

TEST(ShowThrough, PaleWritingInsideItsCellsIsPrinted) {
    Page page;
    page.write(kPaleLevel, false);
    page.print_rulings();
    EXPECT_EQ(page.level(), 255);
}

// Also where it prints the page itself so pale: then it may be writing that reaches out of its cells.
TEST(ShowThrough, WhatIsNotMuchPalerThanThePrintIsNoShowThrough) {
    for (const int level : {60, 150}) {
        Page page;
        page.write(level, true);
        page.print_rulings();
        EXPECT_EQ(page.level(), 255) << level;
    }
    Page pale;
    pale.write(kPaleLevel, true);
    pale.print_rulings(150);
    EXPECT_EQ(pale.level(), 255);
}

TEST(ShowThrough, HairlinesPassEachOther) {
    Page page;
    page.print_rulings(kPaleLevel);
    cv::rectangle(page.gray, {20, 20}, {400, 60}, 40, cv::FILLED);  // the darkest ink
    EXPECT_EQ(page.level(), 255);
}

TEST(ShowThrough, AShadowAlongRulingsIsNone) {
    Page page;
    page.gray.rowRange(90, 320).setTo(kPaleLevel);
    page.print_rulings();
    EXPECT_EQ(page.level(), 255);
}

TEST(ShowThrough, WhatTheBackShowsBecomesPaperAndThePrintStays) {
    Page page;
    page.write(kPaleLevel, true);
    page.print_rulings();
    const cv::Mat before = page.gray.clone();
    whiten_from(page.level(), page.gray);
    EXPECT_EQ(cv::countNonZero((page.gray > 100) & (page.gray < 250)), 0);
    EXPECT_EQ(cv::countNonZero((before < 100) != (page.gray < 100)), 0);
    EXPECT_EQ(cv::countNonZero((before < 100) & (before != page.gray)), 0);
}

TEST(ShowThrough, APageWithoutATableShowsNone) {
    Page page;
    page.write(kPaleLevel, true);
    page.rulings.clear();
    EXPECT_EQ(page.level(), 255);
    EXPECT_EQ(show_through_level(cv::Mat(1, 1, CV_8UC1, cv::Scalar(255)), Page().rulings, kUnit), 255);
}

}  // namespace
}  // namespace biaod::layout
