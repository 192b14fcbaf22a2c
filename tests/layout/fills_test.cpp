#include "layout/fills.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kCharHeight = 22;  // px, as at 150 dpi

// Header cells with a background: the rulings and the writing stay, with their soft edges.
TEST(LiftFills, ColouredHeadersBecomeWhite) {
    for (const int level : {120, 163, 200, 227, 240}) {
        cv::Mat page(600, 800, CV_8UC1, cv::Scalar(255)), plain;
        const auto print = [](cv::Mat& on, int paper) {
            for (int x = 100; x <= 700; x += 150) on(cv::Rect(x, 100, 2, 300)).setTo(0);
            for (int y = 100; y <= 400; y += 50) on(cv::Rect(100, y, 602, 1)).setTo(0);
            for (int x = 110; x < 700; x += 12) {
                on(cv::Rect(x, 115, 2, 16)).setTo(10);
                on(cv::Rect(x + 2, 115, 1, 16)).setTo(paper / 2);  // antialiased
            }
        };
        page(cv::Rect(100, 100, 602, 100)).setTo(level);
        print(page, level);
        plain = cv::Mat(page.size(), CV_8UC1, cv::Scalar(255));
        print(plain, 255);
        cv::Mat difference;
        lift_fills(page, kCharHeight);
        cv::absdiff(page, plain, difference);
        double most = 0;
        cv::minMaxLoc(difference, nullptr, &most);
        EXPECT_LE(most, 26) << level;  // a tenth of a level, its grain, also becomes white
    }
}

TEST(LiftFills, ThinGreyRulingsAreNoFills) {
    cv::Mat page(600, 800, CV_8UC1, cv::Scalar(255));
    for (int y = 50; y < 600; y += 25) page(cv::Rect(50, y, 700, 3)).setTo(150);
    cv::Mat lifted = page.clone();
    lift_fills(lifted, kCharHeight);
    EXPECT_EQ(cv::countNonZero(lifted != page), 0);
}

}  // namespace
}  // namespace biaod::layout
