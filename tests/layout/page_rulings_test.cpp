#include "layout/rulings/page_rulings.hpp"

#include <gtest/gtest.h>

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
    double cut() const {
        std::vector<Ruling> all = rulings;
        const bool any = cut_off_headings(all, find_grids(all, kUnit), InkPieces(ink), ink, kDpi, kUnit);
        double top = 1200;
        for (const Ruling& r : all)
            if (!r.horizontal && r.at == 600) top = std::min(top, r.from);
        EXPECT_EQ(any, top == 300);
        return top;
    }
};

// Found on a scan with a bold heading, whose characters joined: strokes of theirs were a table's first rows.
TEST(PageRulings, StrokesAcrossAFewCharactersOfAHeadingAreNoRow) {
    const auto top = [](int heading, double right, bool twice = false) {
        Page page(heading);
        page.rulings.erase(page.rulings.begin() + 6);
        page.down(600, 240, 700);
        page.down(570, 240, 280);
        page.down(right, 240, 300);
        page.across(240, 400, right);
        if (twice) page.across(245, 400, right);
        page.across(270, 570, 600);
        return page.cut();
    };
    EXPECT_EQ(top(40, 600), 300);
    EXPECT_EQ(top(40, 1100), 240) << "ruled across half of the table";
    EXPECT_EQ(top(40, 800, true), 300) << "two strokes of what is ruled once";
    EXPECT_EQ(top(26, 600), 240) << "no larger type";
}

}  // namespace
}  // namespace biaod::layout
