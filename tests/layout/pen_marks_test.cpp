#include "layout/cleaning/pen_marks.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

namespace biaod::layout {
namespace {

constexpr double kCharHeight = 40;

struct Line {
    cv::Mat ink = cv::Mat::zeros(160, 700, CV_8UC1);
    cv::Rect printed;

    explicit Line(const std::string& text) {
        cv::putText(ink, text, {60, 100}, cv::FONT_HERSHEY_SIMPLEX, 1.3, 255, 4);
        printed = cv::boundingRect(ink);
    }

    // A stroke of a pen through points that are given from the end of what is printed, in character heights.
    void draw(const std::vector<cv::Point2d>& points) {
        const cv::Point2d from(printed.br().x, printed.br().y);
        for (std::size_t i = 1; i < points.size(); ++i)
            cv::line(ink, from + kCharHeight * points[i - 1], from + kCharHeight * points[i], 255, 4);
    }

    cv::Rect cut() const { return without_tick(ink, cv::boundingRect(ink), kCharHeight); }
};

TEST(PenMarks, ATickIsNoPartOfTheLine) {
    for (const char* figure : {"0", "+18", "26145", "1,234.5"}) {
        for (const double size : {0.6, 1.0, 1.6}) {
            Line line(figure);
            line.draw({{0.4, -0.5 * size}, {0.4 + 0.3 * size, 0}, {0.4 + size, -1.2 * size}});
            EXPECT_EQ(line.cut(), line.printed) << figure << ", " << size;
        }
    }
}

// Found on a sheet of figures and ticks that stand two pixels apart.
TEST(PenMarks, ATickMayStandCloseToTheFigure) {
    for (const int gap : {0, 1, 3}) {
        Line line("103");
        line.draw({{0.4, -0.5}, {0.7, 0}, {1.4, -1.2}});
        const int first = line.printed.br().x + gap;
        cv::Mat pen = line.ink.colRange(line.printed.br().x, line.ink.cols).clone();
        line.ink.colRange(line.printed.br().x, line.ink.cols).setTo(0);
        const int ahead = cv::boundingRect(pen).x;
        pen.colRange(ahead, pen.cols - gap).copyTo(line.ink.colRange(first, first + pen.cols - gap - ahead));
        EXPECT_EQ(line.cut() == line.printed, gap > 0) << gap;
    }
}

TEST(PenMarks, WhatIsPrintedStays) {
    for (const char* text : {"0", "4", "7", "0 4", "0 7", "0 1", "0 V", "0 y", "0 /", "0 -", "0 2", "47 (1)", "0 J"}) {
        const Line line(text);
        EXPECT_EQ(line.cut(), line.printed) << text;
    }
    EXPECT_EQ(without_tick(Line("").ink, {}, kCharHeight), cv::Rect());
}

// Writing and a mark that belongs to it, and a figure part of which stands below the tick.
TEST(PenMarks, WhatIsNotBehindAFigureStays) {
    for (const bool below : {false, true}) {
        Line line(below ? "26145" : "");
        if (!below) cv::rectangle(line.ink, cv::Rect(60, 62, 38, 38), 255, 3);  // a broad character
        line.printed = cv::boundingRect(line.ink);
        line.draw({{0.4, -0.5}, {0.7, 0}, {1.4, -1.2}});
        if (below) line.draw({{1.1, 0}, {1.3, 0}});
        EXPECT_EQ(line.cut(), cv::boundingRect(line.ink)) << below;
    }
}

// A stroke through the figure, a tick that touches it, and one that stands alone: there is nothing to cut off.
TEST(PenMarks, WhatCannotBeTakenOffStays) {
    Line through("358");
    through.draw({{-2, -0.2}, {1, -0.6}});
    EXPECT_EQ(through.cut(), cv::boundingRect(through.ink));
    for (const char* figure : {"358", "3 5 8", "2 0", "2 1", "2 2", "2 3", "2 4", "2 5", "2 6", "2 7", "2 9"}) {
        Line touching(figure);
        touching.draw({{-0.3, -0.5}, {0.2, 0}, {0.9, -1.2}});
        EXPECT_EQ(touching.cut(), cv::boundingRect(touching.ink)) << figure;
    }
    Line alone("");
    alone.draw({{2, 2}, {2.3, 2.5}, {3, 1.3}});
    EXPECT_EQ(alone.cut(), cv::boundingRect(alone.ink));
}

// A page with a double horizontal and a vertical through what was drawn on it, erased as the page's rulings are.
struct RuledPage {
    Line line{"26145"};
    cv::Mat gray;
    std::vector<Ruling> rulings;

    void rule(const Ruling& r) {
        const int at = cvRound(r.at) - 3, from = cvRound(r.from), length = cvRound(r.length());
        line.ink(r.horizontal ? cv::Rect(from, at, length, 6) : cv::Rect(at, from, 6, length)).setTo(0);
        rulings.push_back(r);
    }
    void clean() {
        gray = 255 - line.ink;
        erase_ticks_over(rulings, 2, kCharHeight, line.ink, gray);
    }
};

TEST(PenMarks, ATickOverRulingsIsErased) {
    RuledPage page;
    page.line.draw({{0.4, -0.5}, {0.7, 0}, {1.7, -1.4}});
    const double foot = page.line.printed.br().y, end = page.line.printed.br().x;
    page.rule({true, foot - 0.9 * kCharHeight, end + 4, 690, 2, 100});
    page.rule({true, foot - 1.05 * kCharHeight, end + 4, 690, 2, 100});
    page.rule({false, end + 1.1 * kCharHeight, 0, 160, 2, 160});
    page.clean();
    EXPECT_EQ(cv::boundingRect(page.line.ink), page.line.printed);
    EXPECT_EQ(cv::boundingRect(page.gray < 255), page.line.printed);
}

TEST(PenMarks, PrintCloseToAnErasedTickKeepsItsEdge) {
    RuledPage page;
    page.line.draw({{0.4, -0.5}, {0.7, 0}, {1.7, -1.4}});
    const cv::Point foot = page.line.printed.br() + cv::Point(cvRound(0.7 * kCharHeight), 0);
    const cv::Rect print(foot.x - 6, foot.y + 5, 12, 12);
    page.line.ink(print).setTo(255);
    page.rule({true, page.line.printed.br().y - 0.9 * kCharHeight, page.line.printed.br().x + 4.0, 690, 2, 100});
    page.clean();
    EXPECT_EQ(cv::countNonZero(page.line.ink(print)), print.area());
    EXPECT_EQ(cv::countNonZero(page.gray(print)), 0);
    EXPECT_EQ(cv::countNonZero(page.line.ink(cv::Rect(foot.x, foot.y - 50, 60, 50))), 0) << "the tick is gone";
}

TEST(PenMarks, WhatGoesOnOverARulingAndIsNoTickStays) {
    const auto stays = [](const std::vector<cv::Point2d>& strokes, bool ruled) {
        RuledPage page;
        page.line.draw(strokes);
        if (ruled) {
            const double foot = page.line.printed.br().y;
            page.rule({true, foot - 0.9 * kCharHeight, page.line.printed.br().x + 4.0, 690, 2, 100});
        }
        const cv::Mat before = page.line.ink.clone();
        page.clean();
        return cv::norm(before, page.line.ink) == 0;
    };
    const std::vector<cv::Point2d> tick = {{0.4, -0.5}, {0.7, 0}, {1.7, -1.4}};
    EXPECT_FALSE(stays(tick, true));
    EXPECT_TRUE(stays(tick, false)) << "beside no ruling";
    EXPECT_TRUE(stays({{0.4, 0}, {0.4, -1.4}}, true)) << "a stroke";
    EXPECT_TRUE(stays({{0.4, -1.4}, {1.2, -1.4}, {0.5, 0}}, true)) << "a 7";
    EXPECT_TRUE(stays({{-0.5, -0.6}, {0.4, 0}, {1.4, -1.4}}, true)) << "with the 5";
    EXPECT_TRUE(stays({{0.4, -0.5}, {0.8, -0.5}, {1.1, 0}, {1.9, -1.4}}, true)) << "with a dash";
    EXPECT_TRUE(stays({{0.4, -0.5}, {0.7, 0}, {1.7, -1.4}, {1.7, -2.2}}, true)) << "with a 1 on its head";
    EXPECT_TRUE(stays({{0.3, -1.5}, {0.3, -0.5}, {0.8, 0}, {2, -2.2}}, true)) << "with a 1 on its arm";
    EXPECT_TRUE(stays({{0.3, -0.95}, {0.3, 0}, {1.3, -1.4}}, true)) << "with a 1";
    EXPECT_TRUE(stays({{0.3, -0.95}, {0.9, -0.95}, {0.6, 0}, {1.6, -1.4}}, true)) << "with a 7";
}

}  // namespace
}  // namespace biaod::layout
