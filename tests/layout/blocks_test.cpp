#include "layout/cleaning/blocks.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

cv::Mat noise(cv::Size size) {
    cv::Mat picture(size, CV_8UC1);
    cv::RNG rng(7);
    rng.fill(picture, cv::RNG::UNIFORM, 0, 256);
    return picture;
}

TEST(Blocks, MeansAreThoseOfAreas) {
    for (const cv::Size block : {cv::Size(8, 8), cv::Size(4, 4), cv::Size(1, 9), cv::Size(5, 1), cv::Size(7, 3)}) {
        const cv::Mat picture = noise({37 * block.width, 11 * block.height});
        cv::Mat expected;
        cv::resize(picture, expected, {37, 11}, 0, 0, cv::INTER_AREA);
        EXPECT_LE(cv::norm(means_of_blocks(picture, block), expected, cv::NORM_INF), 1) << block;  // of rounding
    }
}

TEST(Blocks, TheLastOnesMayBeSmaller) {
    cv::Mat picture(9, 21, CV_8UC1, cv::Scalar(200));
    picture.colRange(16, 21).setTo(90);
    picture.row(8).setTo(30);
    const cv::Mat means = means_of_blocks(picture, {8, 8});
    const cv::Mat expected = (cv::Mat_<std::uint8_t>(2, 3) << 200, 200, 90, 30, 30, 30);
    EXPECT_EQ(cv::norm(means, expected, cv::NORM_INF), 0) << means;
}

TEST(Blocks, TallOnesDoNotOverflow) {
    const cv::Mat white(2 * 257, 40, CV_8UC1, cv::Scalar(255));
    EXPECT_EQ(cv::countNonZero(means_of_blocks(white, {10, 257}) != 255), 0);
}

TEST(Blocks, EnlargedOnesLieWhereTheyWere) {
    cv::Mat picture(300, 301, CV_8UC1);
    for (int x = 0; x < picture.cols; ++x) picture.col(x).setTo(x / 2);
    const cv::Mat again = enlarged(means_of_blocks(picture, {8, 8}), 8, picture.size());
    ASSERT_EQ(again.size(), picture.size());
    const cv::Rect inside(4, 0, 290, 300);  // between the middles of the first and the last whole block
    EXPECT_LE(cv::norm(again(inside), picture(inside), cv::NORM_INF), 1);
}

TEST(Blocks, LightestPointOfEach) {
    cv::Mat picture(8, 12, CV_8UC1, cv::Scalar(10));
    picture.at<std::uint8_t>(3, 3) = 50;
    picture.at<std::uint8_t>(7, 4) = 60;
    picture.at<std::uint8_t>(4, 8) = 70;
    const cv::Mat expected = (cv::Mat_<std::uint8_t>(2, 3) << 50, 10, 10, 10, 60, 70);
    EXPECT_EQ(cv::norm(lightest_of_blocks(picture, 4), expected, cv::NORM_INF), 0);
}

TEST(Blocks, ASinglePointIsNoLightMean) {
    cv::Mat picture(8, 8, CV_8UC1, cv::Scalar(100));
    picture.at<std::uint8_t>(2, 2) = 255;
    EXPECT_EQ(lightest_means(picture, 8).at<std::uint8_t>(0, 0), 139);
}

}  // namespace
}  // namespace biaod::layout
