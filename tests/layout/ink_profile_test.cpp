#include "layout/ink_profile.hpp"

#include <gtest/gtest.h>

namespace biaod::layout {
namespace {

// With ink in few places: blank rows and columns are among them. More rows than a byte counts, where they are `tall`.
cv::Mat few_specks(bool tall) {
    cv::Mat noise(tall ? 700 : 9, 53, CV_8UC1);
    cv::RNG rng(3);
    rng.fill(noise, cv::RNG::UNIFORM, 0, 1000);
    return noise < 12;
}

TEST(InkProfile, AgreesWithTheReductionOfTheLibrary) {
    for (const bool tall : {false, true}) {
        const cv::Mat ink = few_specks(tall)(cv::Rect(3, 0, 45, tall ? 700 : 9));  // no whole picture: rows are apart
        for (const bool rows : {false, true}) {
            cv::Mat any, sums;
            cv::reduce(ink, any, rows, cv::REDUCE_MAX);
            cv::reduce(ink / 255, sums, rows, cv::REDUCE_SUM, CV_32S);
            EXPECT_EQ(cv::norm(rows ? inked_rows(ink) : inked_columns(ink), any, cv::NORM_INF), 0);
            EXPECT_EQ(cv::norm(rows ? row_profile(ink) : column_profile(ink), sums, cv::NORM_INF), 0);
        }
    }
}

TEST(InkProfile, CountsFullColumns) {
    const cv::Mat full(600, 20, CV_8UC1, cv::Scalar(255));
    EXPECT_EQ(cv::countNonZero(column_profile(full) != 600), 0);
    EXPECT_EQ(cv::countNonZero(row_profile(full) != 20), 0);
}

TEST(InkProfile, DarkestPointOfEachColumn) {
    const cv::Mat gray = (cv::Mat_<std::uint8_t>(3, 4) << 9, 8, 7, 255, 3, 8, 9, 255, 4, 9, 6, 255);
    const cv::Mat expected = (cv::Mat_<std::uint8_t>(1, 4) << 3, 8, 6, 255);
    EXPECT_EQ(cv::norm(darkest_of_columns(gray), expected, cv::NORM_INF), 0);
}

TEST(InkProfile, OfNothingIsNothing) {
    for (const cv::Mat& of :
         {inked_rows({}), inked_columns({}), row_profile({}), column_profile({}), darkest_of_columns({})})
        EXPECT_TRUE(of.empty());
}

}  // namespace
}  // namespace biaod::layout
