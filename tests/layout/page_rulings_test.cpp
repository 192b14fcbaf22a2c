#include "layout/rulings/page_rulings.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kDpi = 200, kUnit = 28;

// A table of four rows from 300 on, with writing in its cells, below a heading and more.
struct Page {
    cv::Mat ink = cv::Mat::zeros(1200, 1200, CV_8UC1);
    std::vector<Ruling> rulings;

    explicit Page(int heading) {
        for (int y = 300; y <= 700; y += 100) across(y, 100, 1100);
        for (const int x : {100, 600, 1100}) down(x, 300, 700);
        for (int y = 330; y < 700; y += 100)
            for (const int x : {130, 630}) write(x, y, 8, 26);
        write(100, 150, 8, 26);
        write(150, 290 - heading, 12, heading);
    }
    void across(double y, double from, double to) { rulings.push_back({true, y, from, to, 3, to - from}); }
    void down(double x, double from, double to) { rulings.push_back({false, x, from, to, 3, to - from}); }
    void write(int x, int y, int characters, int size) {
        for (int i = 0; i < characters; ++i) cv::rectangle(ink, {x + i * (size + 6), y, size, size}, 255, 3);
    }
    // How far up the inner vertical goes.
    double cut(const DeskStrips& desk) const {
        std::vector<Ruling> all = rulings;
        const bool any = cut_off_headings(all, find_grids(all, kUnit), InkPieces(ink), ink, desk, kDpi, kUnit);
        double top = 1200;
        for (const Ruling& r : all)
            if (!r.horizontal && r.at == 600) top = std::min(top, r.from);
        EXPECT_EQ(any, top == 300);
        return top;
    }
};

// Found on a scan with a bold heading, whose characters joined: strokes of theirs were a table's first rows.
TEST(PageRulings, StrokesAcrossAFewCharactersOfAHeadingAreNoRow) {
    const auto top = [](int heading, double right, bool twice = false, const DeskStrips& desk = {}) {
        Page page(heading);
        page.rulings.erase(page.rulings.begin() + 6);
        page.down(600, 240, 700);
        page.down(570, 240, 280);
        page.down(right, 240, 300);
        page.across(240, 400, right);
        if (twice) page.across(245, 400, right);
        page.across(270, 570, 600);
        return page.cut(desk);
    };
    EXPECT_EQ(top(40, 600), 300);
    EXPECT_EQ(top(40, 1100), 240) << "ruled across half of the table";
    EXPECT_EQ(top(40, 800, true), 300) << "two strokes of what is ruled once";
    EXPECT_EQ(top(26, 600), 240) << "no larger type";
    EXPECT_EQ(top(40, 600, false, {100, 0}), 240) << "at the sheet's top it is a torn row";
}

// Found on a photograph: strokes of a heading that stood on a table, hardly larger, were its first row.
TEST(PageRulings, NoTablesFirstRulingGoesThroughWriting) {
    const auto strokes_stay = [](double y) {
        Page page(32);
        page.write(610, 258, 8, 32);
        page.across(y, 300, 560);
        page.down(400, y, 300);
        std::vector<Ruling> all = page.rulings;
        cut_off_headings(all, find_grids(all, kUnit), InkPieces(page.ink), page.ink, {}, kDpi, kUnit);
        return std::ranges::any_of(all, [](const Ruling& r) { return !r.horizontal && r.at == 400; });
    };
    EXPECT_FALSE(strokes_stay(264));
    EXPECT_TRUE(strokes_stay(250)) << "it runs above the writing";
}

// Found on a scan of bold type: what strokes of a long title enclosed was a table.
TEST(PageRulings, WhatStandsInATitleIsNoTable) {
    const auto tables = [](double right, bool before, bool behind) {
        std::vector<Ruling> rulings;
        cv::Mat ink = cv::Mat::zeros(1200, 1200, CV_8UC1);
        for (const double y : {300.0, 342.0}) rulings.push_back({true, y, 300, right, 3, right - 300});
        for (const double x : {300.0, 420.0, right}) rulings.push_back({false, x, 300, 342, 3, 42});
        if (before) cv::rectangle(ink, {250, 302, 34, 38}, 255, 3);
        if (behind) cv::rectangle(ink, {static_cast<int>(right) + 20, 302, 34, 38}, 255, 3);
        std::vector<Grid> grids = find_grids(rulings, kUnit);
        EXPECT_EQ(grids.size(), 1u);
        drop_frames_of_no_table(grids, ink, {}, kUnit);
        return grids.size();
    };
    EXPECT_EQ(tables(600, true, false), 0u);
    EXPECT_EQ(tables(600, false, true), 0u);
    EXPECT_EQ(tables(600, false, false), 1u);
    EXPECT_EQ(tables(900, true, true), 0u);
    EXPECT_EQ(tables(900, true, false), 1u) << "a label before a row of boxes";
}

// The first row of a table at a page's end, above its number; and a frame amid text.
TEST(PageRulings, AFrameAboveAPagesNumberIsATablesFirstRow) {
    const auto tables = [](int x, int width, const DeskStrips& desk) {
        std::vector<Ruling> rulings;
        cv::Mat ink = cv::Mat::zeros(1200, 1200, CV_8UC1);
        for (const double y : {900.0, 950.0}) rulings.push_back({true, y, 100, 1100, 3, 1000});
        for (const double side : {100.0, 1100.0}) rulings.push_back({false, side, 900, 950, 3, 50});
        cv::rectangle(ink, {100, 500, 800, 26}, 255, cv::FILLED);
        cv::rectangle(ink, {x, 1000, width, 26}, 255, cv::FILLED);
        std::vector<Grid> grids = find_grids(rulings, kUnit);
        EXPECT_EQ(grids.size(), 1u);
        drop_frames_of_no_table(grids, ink, desk, kUnit);
        return grids.size();
    };
    EXPECT_EQ(tables(580, 40, {0, 100}), 1u);
    EXPECT_EQ(tables(580, 40, {}), 0u) << "too high up for a number";
    EXPECT_EQ(tables(100, 800, {0, 100}), 0u) << "a line of text";
}

// Found on a scan: the upper strokes of a title's characters touched over half of the line and were erased.
TEST(PageRulings, ALongStrokeThroughWritingIsNoRuling) {
    const auto confirmed = [](int gap) {
        const std::vector<Ruling> ruling = {{true, 300, 200, 700, 3, 500}};
        cv::Mat ink = cv::Mat::zeros(1200, 1200, CV_8UC1);
        cv::line(ink, {200, 300}, {700, 300}, 255, 3);
        for (int x = 210; x < 690; x += 34) {
            cv::rectangle(ink, {x, 301 + gap, 28, 28}, 255, 3);
            cv::line(ink, {x, 312 + gap}, {x + 28, 312 + gap}, 255, 3);
        }
        return confirmed_rulings(ruling, {}, ink, kUnit).size();
    };
    EXPECT_EQ(confirmed(0), 0u);
    EXPECT_EQ(confirmed(10), 1u) << "drawn above writing";
}

// Found on faxes: beside the strokes of a thin title there is less ink, but more of it hangs on them.
TEST(PageRulings, AStrokeThatThinWritingHangsOnIsNoRuling) {
    const auto confirmed = [](int hanging) {
        const std::vector<Ruling> ruling = {{true, 300, 200, 700, 3, 500}};
        cv::Mat ink = cv::Mat::zeros(1200, 1200, CV_8UC1);
        cv::line(ink, {200, 300}, {700, 300}, 255, 3);
        for (int i = 0; i < 48; ++i)  // over 0.29 of its length
            ink(cv::Rect(205 + 10 * i, i < hanging ? 301 : 307, 3, 14)).setTo(255);
        return confirmed_rulings(ruling, {}, ink, kUnit).size();
    };
    EXPECT_EQ(confirmed(20), 0u);
    EXPECT_EQ(confirmed(5), 1u) << "what touches it by chance";
}

}  // namespace
}  // namespace biaod::layout
