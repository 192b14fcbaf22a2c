#include "layout/cleaning/show_through.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "layout/ruled_page.hpp"

namespace biaod::layout {
namespace {

constexpr double kUnit = 32;
constexpr int kPaleLevel = 205;

enum class Where { inside, over_verticals, over_horizontals };

// A table of twelve rows and columns, 100 px high and wide.
struct Page {
    static constexpr int kEnd = 1300;
    cv::Mat gray = cv::Mat(1400, 1400, CV_8UC1, cv::Scalar(255));
    std::vector<Ruling> rulings;

    Page() {
        for (const bool horizontal : {true, false})
            for (int at = 100; at <= kEnd; at += 100)
                rulings.push_back({horizontal, static_cast<double>(at), 100, kEnd, 3, kEnd - 100});
    }
    // Strokes as of characters, `level` dark, about the middles of the cells or about rulings between them.
    void write(int level, Where where, int last_column = kEnd) {
        const int left = where == Where::over_verticals ? 88 : 138, top = where == Where::over_horizontals ? 80 : 135;
        const int height = where == Where::over_horizontals ? 40 : 20;
        for (int y = top; y < kEnd; y += 100)
            for (int x = left; x < last_column; x += 100) {
                cv::line(gray, {x, y}, {x + 24, y}, level, 4);
                cv::line(gray, {x, y + height}, {x + 24, y + height}, level, 4);
                cv::line(gray, {x + 12, y}, {x + 12, y + height}, level, 4);
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
    for (const Where where : {Where::over_verticals, Where::over_horizontals}) {
        Page page;
        page.write(kPaleLevel, where);
        page.print_rulings();
        EXPECT_LE(page.level(), kPaleLevel);
        EXPECT_GT(page.level(), kPaleLevel - 10);
    }
}

// Beside either stroke of a double ruling is the other.
TEST(ShowThrough, OverDoubleRulingsToo) {
    Page page;
    page.write(kPaleLevel, Where::over_horizontals);
    for (const Ruling r : std::vector(page.rulings)) {
        page.rulings.push_back(r);
        page.rulings.back().at += 6;
    }
    page.print_rulings();
    EXPECT_LE(page.level(), kPaleLevel);
    EXPECT_GT(page.level(), kPaleLevel - 10);
}

// As a stamp or a shadow's corner does.
TEST(ShowThrough, PaleWritingOverAFewRulingsIsNone) {
    Page page;
    page.write(kPaleLevel, Where::over_verticals, 400);
    page.print_rulings();
    EXPECT_EQ(page.level(), 255);
}

TEST(ShowThrough, PaleWritingInsideItsCellsIsPrinted) {
    Page page;
    page.write(kPaleLevel, Where::inside);
    page.print_rulings();
    EXPECT_EQ(page.level(), 255);
}

// Also where it prints the page itself so pale: then it may be writing that reaches out of its cells.
TEST(ShowThrough, WhatIsNotMuchPalerThanThePrintIsNoShowThrough) {
    for (const int level : {60, 150}) {
        Page page;
        page.write(level, Where::over_verticals);
        page.print_rulings();
        EXPECT_EQ(page.level(), 255) << level;
    }
    Page pale;
    pale.write(kPaleLevel, Where::over_verticals);
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
    page.gray.colRange(90, 280).setTo(kPaleLevel);
    page.print_rulings();
    EXPECT_EQ(page.level(), 255);
}

TEST(ShowThrough, WhatTheBackShowsBecomesPaperAndThePrintStays) {
    Page page;
    page.write(kPaleLevel, Where::over_verticals);
    page.print_rulings();
    const cv::Mat before = page.gray.clone();
    whiten_from(page.level(), page.gray);
    EXPECT_EQ(cv::countNonZero((page.gray > 100) & (page.gray < 250)), 0);
    EXPECT_EQ(cv::countNonZero((before < 100) != (page.gray < 100)), 0);
    EXPECT_EQ(cv::countNonZero((before < 100) & (before != page.gray)), 0);
}

// Found on a thin sheet: between the dots of a ruling that the page's end cut off lay paper, and it was taken out.
TEST(ShowThrough, DottedRulingsStay) {
    constexpr double kTorn = 1350;
    Page page;
    for (Ruling& r : page.rulings)
        if (!r.horizontal) r.to = kTorn;
    page.write(kPaleLevel, Where::over_verticals);
    page.print_rulings();
    for (int y = 1200; y < kTorn; y += 8) page.gray(cv::Rect(649, y, 3, 4)).setTo(40);
    CleanedPicture picture;
    picture.gray = page.gray;
    PageContent content;
    content.scanned = true;
    content.dpi = 200;
    const RuledPage ruled = find_page_rulings(picture, content);
    EXPECT_FALSE(ruled.with_back.empty());
    EXPECT_TRUE(std::ranges::any_of(ruled.rulings, [](const Ruling& r) {
        return !r.horizontal && std::abs(r.at - 650) < 3 && r.from < 1210 && r.to > kTorn - 20;
    }));
}

TEST(ShowThrough, APageWithoutATableShowsNone) {
    Page page;
    page.write(kPaleLevel, Where::over_verticals);
    page.rulings.clear();
    EXPECT_EQ(page.level(), 255);
    EXPECT_EQ(show_through_level(cv::Mat(1, 1, CV_8UC1, cv::Scalar(255)), Page().rulings, kUnit), 255);
}

}  // namespace
}  // namespace biaod::layout
