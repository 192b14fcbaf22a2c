#include "layout/rulings/creases.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <vector>

namespace biaod::layout {
namespace {

constexpr double kUnit = 30;  // a character's height, px
constexpr int kInk = 30, kPaper = 255;

struct Drawn {
    cv::Mat gray = cv::Mat(1000, 1000, CV_8UC1, cv::Scalar(kPaper));
    cv::Mat edges;
    std::vector<Ruling> rulings;

    void add(bool horizontal, int at, int from, int to, int level, int dot = 1, int period = 1) {
        for (int i = from; i < to; i += period) {
            const cv::Rect part(i, at - 1, dot, 3);
            gray(horizontal ? part : cv::Rect(part.y, part.x, part.height, part.width)).setTo(level);
        }
        rulings.push_back({horizontal, double(at), double(from), double(to), 3, double(to - from)});
    }
};

Drawn table(int level) {
    Drawn drawn;
    for (int i = 100; i <= 900; i += 200) {
        drawn.add(true, i, 100, 900, level);
        drawn.add(false, i, 100, 900, level);
    }
    cv::GaussianBlur(drawn.gray, drawn.gray, {}, 0.7);  // levels of grey
    return drawn;
}

std::size_t left_of(Drawn drawn) {
    erase_creases(drawn.rulings, drawn.edges, kUnit, drawn.gray);
    return drawn.rulings.size();
}

TEST(Creases, FewLinesMuchPalerThanTheRulingsAreCreases) {
    Drawn drawn = table(kInk);
    drawn.add(true, 430, 0, 1000, 215);
    EXPECT_EQ(left_of(drawn), 10u);
    // Through a line of writing.
    for (int x = 200; x < 500; x += 12) drawn.gray(cv::Rect(x, 410, 4, 40)).setTo(kInk);
    const cv::Mat before = drawn.gray.clone();
    const cv::Mat where = erase_creases(drawn.rulings, drawn.edges, kUnit, drawn.gray);
    EXPECT_EQ(drawn.rulings.size(), 10u);
    EXPECT_EQ(cv::countNonZero(drawn.gray.row(430) < 250), cv::countNonZero(before.row(430) < 140));
    EXPECT_EQ(cv::countNonZero(drawn.gray < 100), cv::countNonZero(before < 100)) << "print stays";
    EXPECT_EQ(cv::countNonZero(drawn.gray != before), cv::countNonZero(where & (before != 255)));
}

// A reviewer's: the light grey of a spreadsheet's rulings, and what stands for one that was lost at a background's
// edge.
TEST(Creases, APaleLineWithinATableIsARuling) {
    Drawn drawn = table(kInk);
    drawn.add(true, 430, 100, 700, 217);
    EXPECT_EQ(left_of(drawn), 11u);
    // Not where it goes on beyond the table.
    drawn.add(true, 436, 880, 990, 217);
    EXPECT_EQ(left_of(drawn), 10u);
    drawn.rulings.back().at = 480;
    EXPECT_EQ(left_of(drawn), 11u) << "another crease";
    drawn = table(kInk);
    drawn.add(true, 430, 100, 600, 217);
    EXPECT_EQ(left_of(drawn), 10u) << "it ends in a cell";
}

// A header's without outer verticals, whose background was lifted: others end at its lower edge, and a side at that.
TEST(Creases, AnEdgeAtWhichOthersEndIsNone) {
    Drawn drawn = table(kInk);
    for (const int x : {300, 500, 700}) drawn.add(false, x, 900, 960, kInk);
    drawn.add(true, 960, 40, 850, kPaper - 3);
    drawn.add(false, 40, 700, 960, kPaper - 3);
    EXPECT_EQ(left_of(drawn), 13u);
    drawn.edges = cv::Mat::zeros(drawn.gray.size(), CV_8UC1);
    cv::line(drawn.edges, {40, 957}, {850, 963}, 255);  // leaning a little
    cv::line(drawn.edges, {40, 700}, {40, 960}, 255);
    EXPECT_EQ(left_of(drawn), 15u);
    drawn.edges.colRange(41, 500).setTo(0);
    EXPECT_EQ(left_of(drawn), 13u) << "it is an edge along half of its length";
}

// Of a fold, one side of which is in the shade, or of a marker's stroke.
TEST(Creases, AnEdgeThatOthersPassIsOne) {
    Drawn drawn = table(kInk);
    drawn.add(true, 430, 40, 650, kPaper - 3);
    drawn.edges = cv::Mat::zeros(drawn.gray.size(), CV_8UC1);
    cv::line(drawn.edges, {40, 430}, {650, 430}, 255);
    EXPECT_EQ(left_of(drawn), 10u);
}

TEST(Creases, HalfAsDarkIsNone) {
    Drawn drawn = table(kInk);
    drawn.add(true, 430, 0, 900, 150);
    EXPECT_EQ(left_of(drawn), 11u);
}

TEST(Creases, DotsOfARulingAreDark) {
    Drawn drawn = table(kInk);
    drawn.add(true, 430, 0, 900, kInk, 3, 6);
    EXPECT_EQ(left_of(drawn), 11u);
}

TEST(Creases, ManyPaleLinesAreRulings) {
    Drawn drawn = table(kInk);
    for (const int at : {200, 400, 600}) drawn.add(true, at, 0, 900, 215);
    EXPECT_EQ(left_of(drawn), 13u);
}

TEST(Creases, AmongPaleRulingsNoneIsTold) {
    Drawn drawn = table(210);
    drawn.add(true, 430, 0, 1000, 248);
    EXPECT_EQ(left_of(drawn), 11u);
}

TEST(Creases, OnAPictureOfBlackAndWhiteThereAreNone) {
    Drawn drawn;
    for (int i = 100; i <= 900; i += 200) drawn.add(true, i, 100, 900, 0);
    drawn.add(true, 430, 0, 900, 0, 1, 13);  // what a fax leaves of a hairline
    EXPECT_EQ(left_of(drawn), 6u);
}

TEST(Creases, OfNoRulingsAndOfOneBeyondThePicture) {
    EXPECT_EQ(left_of(Drawn()), 0u);
    Drawn drawn = table(kInk);
    drawn.rulings.push_back({true, 1200, 100, 300, 3, 200});
    EXPECT_EQ(left_of(drawn), 11u);
}

}  // namespace
}  // namespace biaod::layout
