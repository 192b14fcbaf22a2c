#include "layout/cleaning/gray_seals.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "layout/cleaning/ink.hpp"
#include "tests/layout/support.hpp"

namespace biaod::layout {
namespace {

constexpr double kDpi = 200;
const cv::Point kCentre(700, 600);

// A table with something like a figure in each cell.
cv::Mat table() {
    cv::Mat page(1600, 1200, CV_8UC1, cv::Scalar(250));
    for (int y = 200; y <= 1400; y += 120) cv::line(page, {100, y}, {1100, y}, 20, 3);
    for (int x = 100; x <= 1100; x += 200) cv::line(page, {x, 200}, {x, 1400}, 20, 3);
    for (int y = 245; y < 1400; y += 120)
        for (int x = 180; x < 1100; x += 200) cv::rectangle(page, cv::Rect(x, y, 18, 28), 20, 4);
    return page;
}

cv::Mat with_seal(const cv::Mat& page, int level) { return tests::with_gray_seal(page, kCentre, level); }

TEST(GraySeals, AGreySealIsTakenOutAndThePrintBelowItStays) {
    // Found on another copier's pages: two sides of a pale ring, as dark as hairlines, became columns.
    for (const int level : {130, 200}) {
        const cv::Mat page = table(), sealed = with_seal(page, level);
        const cv::Mat clean = without_seals(sealed, gray_seals(sealed, kDpi));
        const int seen = (level + 250) / 2;
        const cv::Mat seal = (page > 240) & (sealed < seen);
        EXPECT_LE(cv::countNonZero(seal & (clean < seen)), cv::countNonZero(seal) / 50) << level;
        EXPECT_EQ(cv::countNonZero((page < 40) & (clean > 60)), 0) << level;
    }
}

// Found on scans: a hairline that ran along a ring was as light as the seal's star, and two figures were one.
TEST(GraySeals, ARulingAlongARingThatIsPalerThanTheStarStays) {
    cv::Mat sealed = with_seal(table(), 190);
    const cv::Mat visible = (sealed > 150) & (sealed < 220);
    const cv::Rect around = cv::boundingRect(visible);
    const cv::Point middle = (around.tl() + around.br()) / 2;
    cv::circle(sealed, middle, 45, 110, cv::FILLED);
    for (const int beside : {0, 5, 9}) {
        cv::Mat page = sealed.clone();
        const cv::Rect hairline(around.x + beside, middle.y - 30, 2, 60);
        page(hairline).setTo(105);
        const cv::Mat clean = without_seals(page, gray_seals(page, kDpi));
        EXPECT_LT(cv::mean(clean(hairline))[0], 170) << beside;
        EXPECT_GT(cv::mean(clean, visible)[0], 235) << beside;
    }
}

// What stands beside a ring, no darker than that, is not of the seal.
TEST(GraySeals, AStrokeCloseToTheRingStays) {
    cv::Mat page = with_seal(table(), 130);
    const cv::Rect stroke(kCentre.x - 160 - 8, kCentre.y - 8, 2, 16);
    page(stroke).setTo(130);
    const cv::Mat clean = without_seals(page, gray_seals(page, kDpi));
    EXPECT_LT(cv::mean(clean(stroke))[0], 140);
}

// Found on scans: a circle through cells and writing beside the seal had more votes, or Hough's was off by 2 mm.
TEST(GraySeals, ASealIsFoundWhereverItIsStamped) {
    cv::Mat page = table();
    for (int y = 230; y < 1400; y += 40)
        for (int x = 110; x < 500; x += 26) cv::rectangle(page, cv::Rect(x, y, 18, 20), 20, 3);
    for (const int x : {470, 610, 750, 890})
        for (const int y : {430, 570, 710, 850, 990}) {
            const cv::Mat sealed = tests::with_gray_seal(page, {x, y}, 140);
            const cv::Mat seals = gray_seals(sealed, kDpi), visible = (page > 240) & (sealed < 200);
            EXPECT_FALSE(seals.empty()) << x << " " << y;
            if (seals.empty()) continue;
            EXPECT_GT(cv::mean(seals, visible)[0], 0.8 * 255) << x << " " << y;
        }
}

// Few points of a fine picture are looked at, all of a coarse one.
TEST(GraySeals, ASealIsFoundAtAnyResolution) {
    const cv::Mat sealed = with_seal(table(), 130);
    for (const double scale : {0.75, 1.5, 3.0}) {
        cv::Mat page;
        cv::resize(sealed, page, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
        const cv::Mat before = page.clone(), seals = gray_seals(page, scale * kDpi);
        ASSERT_FALSE(seals.empty()) << scale;
        const cv::Rect found = cv::boundingRect(seals);
        const cv::Point2d middle = cv::Point2d(found.tl() + found.br()) / 2 / scale;
        EXPECT_LT(cv::norm(middle - cv::Point2d(kCentre)), 10) << middle;
        EXPECT_EQ(cv::countNonZero(page != before), 0) << "the picture stays as it is";
    }
}

TEST(GraySeals, APageWithoutOneHasNone) { EXPECT_TRUE(gray_seals(table(), kDpi).empty()); }

// Its strokes and those of the print have one level.
TEST(GraySeals, ABlackSealCannotBeTold) { EXPECT_TRUE(gray_seals(with_seal(table(), 20), kDpi).empty()); }

TEST(GraySeals, ACircleOfAnotherSizeIsNone) {
    cv::Mat page = table();
    cv::circle(page, kCentre, 60, 130, 8, cv::LINE_AA);
    EXPECT_TRUE(gray_seals(page, kDpi).empty());
}

TEST(GraySeals, OnAPictureOfAFewPointsThereAreNone) {
    for (const cv::Size size : {cv::Size(1, 1), cv::Size(3, 2000), cv::Size(2000, 3)})
        for (const int level : {0, 150, 255}) EXPECT_TRUE(gray_seals(cv::Mat(size, CV_8UC1, level), 300).empty());
}

}  // namespace
}  // namespace biaod::layout
