#include "layout/cleaning/levels.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

// Paper and ink as a scanner gives them, `share` of it ink.
cv::Mat two_levels(double ink, double paper, double share, double grain) {
    cv::Mat page(600, 400, CV_8UC1), random(page.size(), CV_32FC1), ink_part(page.size(), CV_8UC1);
    cv::RNG rng(7);
    rng.fill(page, cv::RNG::NORMAL, paper, grain);
    rng.fill(ink_part, cv::RNG::NORMAL, ink, grain);
    rng.fill(random, cv::RNG::UNIFORM, 0.0, 1.0);
    ink_part.copyTo(page, random < share);
    return page;
}

TEST(Levels, PartInkFromPaperAsTheLibraryDoes) {
    for (const double share : {0.005, 0.05, 0.4}) {
        for (const double ink : {20.0, 90.0}) {
            const cv::Mat page = two_levels(ink, 210, share, 12);
            cv::Mat light;
            cv::threshold(page, light, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
            const cv::Mat own = page > Levels(page).otsu();
            EXPECT_LT(cv::countNonZero(own != light), 20) << share << " of ink at " << ink;
        }
    }
}

// From a twentieth of a per cent on, points are ink and no accident.
TEST(Levels, TheDarkestIsOfMoreThanAFewPoints) {
    cv::Mat page(200, 200, CV_8UC1, cv::Scalar(220));
    page(cv::Rect(0, 0, 4, 4)).setTo(3);
    EXPECT_EQ(Levels(page).darkest(), 220);
    page(cv::Rect(50, 50, 20, 20)).setTo(40);
    EXPECT_EQ(Levels(page).darkest(), 40);
}

TEST(Levels, SharesIncludeBothEnds) {
    cv::Mat page(100, 100, CV_8UC1, cv::Scalar(255));
    page.rowRange(0, 50).setTo(30);
    page.rowRange(50, 60).setTo(225);
    EXPECT_DOUBLE_EQ(Levels(page).share(30, 225), 0.6);
    EXPECT_DOUBLE_EQ(Levels(page).share(31, 224), 0);
    EXPECT_DOUBLE_EQ(Levels(page).share(0, 255), 1);
    EXPECT_EQ(Levels(cv::Mat(0, 0, CV_8UC1)).share(0, 255), 0);
}

TEST(Levels, OfAMaskOnly) {
    cv::Mat page(40, 40, CV_8UC1, cv::Scalar(200)), mask = cv::Mat::zeros(page.size(), CV_8UC1);
    page.rowRange(0, 10).setTo(50);
    mask.colRange(0, 20).setTo(255);
    EXPECT_EQ(Levels(page, mask).quantile(0.2), 50);
    EXPECT_EQ(Levels(page, mask).quantile(0.3), 200);
    mask.rowRange(0, 10).setTo(0);
    EXPECT_EQ(Levels(page, mask).quantile(0), 200);
}

TEST(Levels, TheMeanWithinAMask) {
    cv::Mat page(40, 40, CV_8UC1, cv::Scalar(200)), mask = cv::Mat::zeros(page.size(), CV_8UC1);
    page.colRange(20, 40).setTo(100);
    mask.colRange(0, 20).setTo(255);
    const cv::Mat mean = mean_within(page, mask, 9);
    EXPECT_FLOAT_EQ(mean.at<float>(20, 19), 200) << "what is not under the mask does not count";
    EXPECT_FLOAT_EQ(mean.at<float>(0, 0), 200) << "nor what lies beyond the picture";
    EXPECT_FLOAT_EQ(mean.at<float>(20, 30), 0);
}

TEST(Levels, PaperGoesOnAcrossWhatIsNone) {
    cv::Mat page(200, 300, CV_8UC1), without = cv::Mat::zeros(page.size(), CV_8UC1);
    for (int x = 0; x < page.cols; ++x) page.col(x).setTo(120 + x / 3);
    const cv::Mat before = page.clone();
    without(cv::Rect(0, 0, 60, 200)).setTo(255);    // at the edge
    without(cv::Rect(150, 50, 40, 40)).setTo(255);  // in the middle
    page.setTo(7, without);
    const cv::Mat paper = paper_across(page, without);
    cv::Mat off;
    cv::absdiff(paper, before, off);
    EXPECT_EQ(cv::countNonZero(off & ~without), 0);
    double most = 0;
    cv::minMaxLoc(off(cv::Rect(150, 50, 40, 40)), nullptr, &most);
    EXPECT_LT(most, 8);
    cv::minMaxLoc(off(cv::Rect(0, 0, 60, 200)), nullptr, &most);
    EXPECT_LT(most, 40) << "of the nearest, not of the whole page";
}

}  // namespace
}  // namespace biaod::layout
