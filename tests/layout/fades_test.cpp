#include "layout/rulings/fades.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr int kUnit = 40;

cv::Mat blank() { return cv::Mat::zeros(800, 800, CV_8UC1); }

void piece(cv::Mat& ink, int x, int y, int width, int height) { ink(cv::Rect(x, y, width, height)).setTo(255); }

bool draw(cv::Mat& ink) { return draw_fades_through(ink, connect(find_runs(ink)), kUnit); }

TEST(Fades, PiecesOfAHairlineBecomeARuling) {
    cv::Mat ink = blank();
    for (int x = 100; x < 700; x += 90) piece(ink, x, 200 + x / 200, 40, 1);
    piece(ink, 430, 150, 3, 100);  // a ruling across it
    EXPECT_TRUE(draw(ink));
    cv::Mat across;
    cv::reduce(ink.rowRange(199, 206), across, 0, cv::REDUCE_MAX);
    EXPECT_EQ(cv::countNonZero(across.colRange(100, 680)), 580);
}

TEST(Fades, FewPointsOnALongLineAreEnough) {
    cv::Mat ink = blank();
    for (int y = 20; y < 780; y += 50) piece(ink, 300, y, 1, 6);
    EXPECT_TRUE(draw(ink));
    EXPECT_EQ(cv::countNonZero(ink.col(300)), 756);
}

TEST(Fades, AColumnOfOnesIsNone) {
    cv::Mat ink = blank();
    for (int y = 20; y < 780; y += 60) {
        piece(ink, 100, y, 600, 2);      // rulings
        piece(ink, 300, y + 16, 2, 30);  // a thin 1 in each cell
    }
    EXPECT_FALSE(draw(ink));
}

// A hostile page: each piece begins a chain of its own, and comparing each with each would take many minutes.
TEST(Fades, AGreatManyPiecesAreLookedThrough) {
    constexpr int kSmall = 10;
    cv::Mat ink = cv::Mat::zeros(6000, 9900, CV_8UC1);
    for (int y = 0; y + 2 < ink.rows; y += 5)
        for (int x = 0; x + 3 < ink.cols; x += 34) piece(ink, x, y, 3, 2);
    EXPECT_FALSE(draw_fades_through(ink, connect(find_runs(ink)), kSmall));
}

TEST(Fades, StrokesBesideWritingAreNone) {
    cv::Mat ink = blank();
    for (int x = 100; x < 700; x += 50) {
        piece(ink, x, 200, 30, 2);
        piece(ink, x + 5, 208, 20, 20);
    }
    EXPECT_FALSE(draw(ink));
}

TEST(Fades, AGapThatHoldsWritingIsNotBridged) {
    cv::Mat ink = blank();
    for (int x = 100; x < 700; x += 100) {
        piece(ink, x, 200, 40, 2);
        piece(ink, x + 55, 185, 30, 30);
    }
    EXPECT_FALSE(draw(ink));
}

}  // namespace
}  // namespace biaod::layout
