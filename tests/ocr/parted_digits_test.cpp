#include "ocr/parted_digits.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::ocr {
namespace {

constexpr double kPitch = 20;
const cv::Scalar kBlack(0), kWhite(255);

// Ones with feet `foot` px wide, set on the pitch: a foot of its width meets the next one.
cv::Mat ones(int count, int foot) {
    cv::Mat picture(40, 20 + static_cast<int>(kPitch) * count, CV_8UC1, kWhite);
    for (int i = 0; i < count; ++i) {
        const int middle = 20 + static_cast<int>(kPitch) * i;
        cv::rectangle(picture, cv::Rect(middle - 2, 6, 4, 26), kBlack, cv::FILLED);
        cv::rectangle(picture, cv::Rect(middle - foot / 2, 30, foot, 2), kBlack, cv::FILLED);
    }
    return picture;
}

int pieces(const cv::Mat& picture) {
    cv::Mat labels;
    return cv::connectedComponents(picture < 128, labels) - 1;
}

TEST(PartedDigits, DigitsThatTouchArePartedWhereTheyMeet) {
    for (const int count : {2, 3, 4}) {
        const cv::Mat picture = ones(count, 22);
        const cv::Rect box = cv::boundingRect(picture < 128);
        ASSERT_EQ(pieces(picture), 1);
        const cv::Mat parted = part_digits(picture, box, kPitch);
        EXPECT_EQ(pieces(parted), count);
        EXPECT_EQ(cv::countNonZero(parted < 128), cv::countNonZero(picture < 128)) << "no ink is lost";
        EXPECT_GT(parted.cols, box.width);
    }
}

TEST(PartedDigits, OthersStayAsTheyAre) {
    const cv::Mat apart = ones(3, 12), one = ones(1, 22), touching = ones(2, 22);
    EXPECT_TRUE(part_digits(apart, cv::boundingRect(apart < 128), kPitch).empty());
    EXPECT_TRUE(part_digits(one, cv::boundingRect(one < 128), kPitch).empty());
    EXPECT_TRUE(part_digits(touching, cv::boundingRect(touching < 128), 0).empty()) << "where the pitch is not known";
}

}  // namespace
}  // namespace biaod::ocr
