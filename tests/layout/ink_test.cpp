#include "layout/cleaning/ink.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

const cv::Size kPage(800, 1000);
const cv::Rect kStroke(330, 480, 140, 6);  // runs under the ring's left and right sides
const cv::Point kSealCentre(400, 480);
constexpr int kSealRadius = 60;
constexpr int kRingWidth = 9;

// Strokes of writing on pale paper.
cv::Mat page_of_writing() {
    cv::Mat page(kPage, CV_8UC3, cv::Scalar::all(235));
    for (int y = 120; y < 900; y += 40)
        for (int x = 100; x < 700; x += 30) cv::rectangle(page, cv::Rect(x, y, 18, 3), cv::Scalar::all(30), cv::FILLED);
    page(cv::Rect(300, 380, 200, 200)).setTo(cv::Scalar::all(235));
    cv::rectangle(page, kStroke, cv::Scalar::all(30), cv::FILLED);
    return page;
}

// A ring in red ink: black stays black below it.
cv::Mat with_seal(const cv::Mat& page) {
    cv::Mat ring(page.size(), page.type(), cv::Scalar::all(255)), out;
    cv::circle(ring, kSealCentre, kSealRadius, cv::Scalar(70, 60, 225), kRingWidth);
    cv::min(page, ring, out);
    return out;
}

cv::Mat with_noise(const cv::Mat& page, double deviation) {
    cv::Mat noise(page.size(), CV_16SC3), sum;
    cv::RNG random(3);
    random.fill(noise, cv::RNG::NORMAL, 0, deviation);
    cv::add(page, noise, sum, cv::noArray(), CV_8UC3);
    return sum;
}

TEST(RedAreas, AreNoneInAGreyPicture) {
    const cv::Mat page = page_of_writing();
    cv::Mat gray;
    cv::cvtColor(page, gray, cv::COLOR_BGR2GRAY);
    EXPECT_TRUE(red_areas(gray).empty());
    EXPECT_TRUE(red_areas(page).empty());
}

TEST(RedAreas, AreNoneInColouredNoise) {
    const cv::Mat noisy = with_noise(page_of_writing(), 40);
    ASSERT_GT(cv::countNonZero(red_mask(noisy)), 0.005 * static_cast<double>(noisy.total())) << "the noise is red, too";
    EXPECT_TRUE(red_areas(noisy).empty());
}

TEST(RedAreas, AreNoneInAFewRedPoints) {
    cv::Mat page = page_of_writing();
    cv::rectangle(page, cv::Rect(50, 50, 5, 5), cv::Scalar(40, 40, 220), cv::FILLED);
    EXPECT_TRUE(red_areas(page).empty());
}

TEST(RedAreas, ASealIsFoundWhereItIs) {
    const int reach = kSealRadius + kRingWidth / 2;
    const cv::Rect ring(kSealCentre.x - reach, kSealCentre.y - reach, 2 * reach + 1, 2 * reach + 1);
    for (const double deviation : {0.0, 20.0}) {
        const cv::Mat red = red_areas(with_noise(with_seal(page_of_writing()), deviation));
        ASSERT_FALSE(red.empty()) << deviation;
        const cv::Rect found = cv::boundingRect(red);
        EXPECT_GT((found & ring).area(), 0.95 * (found | ring).area()) << deviation << " " << found;
        EXPECT_GT(cv::countNonZero(red), 2000) << deviation;
    }
}

TEST(WithoutSeals, TheRingIsPaperAndStrokesBelowItStayDark) {
    const cv::Mat picture = with_seal(page_of_writing());
    const cv::Mat gray = without_seals(picture, red_areas(picture));
    ASSERT_EQ(gray.type(), CV_8UC1);
    cv::Mat ring = cv::Mat::zeros(kPage, CV_8UC1);
    cv::circle(ring, kSealCentre, kSealRadius, 255, kRingWidth);
    cv::Mat stroke = cv::Mat::zeros(kPage, CV_8UC1);
    stroke(kStroke).setTo(255);
    cv::Mat beside = ring.clone();  // the ring where nothing black is near it
    beside(cv::Rect(kStroke.x - 4, kStroke.y - 4, kStroke.width + 8, kStroke.height + 8)).setTo(0);
    ASSERT_LT(cv::mean(to_gray(picture), beside)[0], 140);

    double darkest = 0, lightest = 0;
    cv::minMaxLoc(gray, &darkest, nullptr, nullptr, nullptr, beside);
    EXPECT_GT(darkest, 225);
    cv::minMaxLoc(gray, nullptr, &lightest, nullptr, nullptr, ring & stroke);
    EXPECT_LT(lightest, 110);
    // Far from the seal nothing is changed.
    const cv::Rect far(0, 0, kPage.width, 380);
    EXPECT_EQ(cv::countNonZero(gray(far) != to_gray(picture)(far)), 0);
}

// Found on a scan: the ring's rest beside a dense character was a smudge, and its edge a ruling.
TEST(WithoutSeals, TheRingIsPaperBesideDenseWriting) {
    constexpr int kBlock = 20;
    for (int shift = 0; shift < 8; ++shift) {
        cv::Mat page = page_of_writing();
        page(kStroke).setTo(cv::Scalar::all(235));
        const cv::Rect block(kSealCentre.x - kSealRadius - kRingWidth - kBlock + shift, kSealCentre.y, kBlock, kBlock);
        page(block).setTo(cv::Scalar::all(30));
        const cv::Mat picture = with_seal(page);
        const cv::Mat gray = without_seals(picture, red_areas(picture));
        cv::Mat ring = cv::Mat::zeros(kPage, CV_8UC1);
        cv::circle(ring, kSealCentre, kSealRadius, 255, kRingWidth);
        ring(cv::Rect(block.x - 4, block.y - 4, block.width + 8, block.height + 8)).setTo(0);
        double darkest = 0;
        cv::minMaxLoc(gray, &darkest, nullptr, nullptr, nullptr, ring);
        EXPECT_GT(darkest, 225) << shift;
    }
}

TEST(WithoutSeals, OnPaperThatIsRedAllOverPrintStays) {
    cv::Mat picture(300, 400, CV_8UC3, cv::Scalar(90, 80, 225));
    cv::rectangle(picture, {150, 140, 100, 6}, cv::Scalar::all(30), cv::FILLED);
    const cv::Mat gray = without_seals(picture, red_areas(picture));
    EXPECT_GT(gray.at<std::uint8_t>(50, 50), 200);
    EXPECT_LT(gray.at<std::uint8_t>(143, 200), 60);
}

// Found on a phone's picture: the white ring made the paper around it a shadow.
TEST(WithoutSeals, InPoorLightTheRingIsAsDarkAsThePaper) {
    const cv::Mat picture = with_seal(page_of_writing()) * 0.75;
    const cv::Mat gray = without_seals(picture, red_areas(picture));
    cv::Mat ring = cv::Mat::zeros(kPage, CV_8UC1);
    cv::circle(ring, kSealCentre, kSealRadius, 255, kRingWidth);
    ring(cv::Rect(kStroke.x - 4, kStroke.y - 4, kStroke.width + 8, kStroke.height + 8)).setTo(0);
    double darkest = 0, lightest = 0;
    cv::minMaxLoc(gray, &darkest, &lightest, nullptr, nullptr, ring);
    EXPECT_NEAR(darkest, 235 * 0.75, 10);
    EXPECT_NEAR(lightest, 235 * 0.75, 3);
}

// Found on a scan of a report with bluish headers: a seal's characters stayed on them, and one's stroke was a ruling.
TEST(WithoutSeals, OnAGreyFillTheRingIsAsDarkAsTheFill) {
    const cv::Scalar grey(173, 163, 156);
    for (const int left : {400, 456}) {
        const cv::Rect fill(left, 380, 600 - left, 200);
        cv::Mat page = page_of_writing();
        page(fill).setTo(grey);
        cv::rectangle(page, kStroke, cv::Scalar::all(30), cv::FILLED);
        cv::Mat stamp(kPage, CV_8UC3, cv::Scalar::all(255)), picture;
        cv::circle(stamp, kSealCentre, kSealRadius, cv::Scalar(130, 120, 225), kRingWidth);
        cv::multiply(page, stamp, picture, 1 / 255.0);
        const cv::Mat red = red_areas(picture), gray = without_seals(picture, red);
        cv::Mat ring = cv::Mat::zeros(kPage, CV_8UC1);
        cv::circle(ring, kSealCentre, kSealRadius - 1, 255, kRingWidth - 4);
        ring(cv::Rect(kStroke.x - 4, kStroke.y - 4, kStroke.width + 8, kStroke.height + 8)).setTo(0);
        const cv::Rect inner(left + 2, fill.y, fill.width - 2, fill.height), outer(200, 380, 180, 200);
        EXPECT_GT(cv::mean(red(inner), ring(inner))[0], 245) << left;
        // Close to its edge the fill's level is mixed with the paper's.
        EXPECT_NEAR(cv::mean(gray(inner), ring(inner))[0], 163, left == 400 ? 14 : 30) << left;
        EXPECT_NEAR(cv::mean(gray(outer), ring(outer))[0], 235, 8) << left;
        EXPECT_LT(gray.at<uchar>(kStroke.y + 3, kSealCentre.x + kSealRadius), 60) << left;
    }
}

TEST(RedAreas, APinkFillIsNoneAndNoiseBesideASealNeither) {
    cv::Mat page = with_seal(page_of_writing());
    page(cv::Rect(500, 400, 200, 100)).setTo(cv::Scalar(190, 190, 230));
    const cv::Mat red = red_areas(with_noise(page, 4));
    EXPECT_LT(cv::mean(red(cv::Rect(520, 400, 180, 100)))[0], 255 * 0.02);
    EXPECT_LT(cv::mean(red(cv::Rect(360, 440, 80, 80)))[0], 255 * 0.01);
}

TEST(WithoutSeals, NoRedIsThePictureInGrey) {
    const cv::Mat page = page_of_writing();
    EXPECT_EQ(cv::countNonZero(without_seals(page, {}) != to_gray(page)), 0);
}

TEST(EvenBackground, ShadeBecomesWhiteAndStrokesStayDark) {
    cv::Mat shaded = to_gray(page_of_writing());
    for (int y = 0; y < shaded.rows; ++y)  // from 235 down to 125 across the page
        for (int x = 0; x < shaded.cols; ++x)
            shaded.at<std::uint8_t>(y, x) =
                static_cast<std::uint8_t>(shaded.at<std::uint8_t>(y, x) * (1500 - x) / 1500);
    const cv::Mat even = even_background(shaded);
    const cv::Mat writing = to_gray(page_of_writing()) < 100;
    double darkest = 0, lightest = 0;
    cv::minMaxLoc(even, &darkest, nullptr, nullptr, nullptr, ~writing);
    cv::minMaxLoc(even, nullptr, &lightest, nullptr, nullptr, writing);
    EXPECT_GT(darkest, 235);
    EXPECT_LT(lightest, 60);
}

TEST(EvenBackground, ABlackBorderStaysBlack) {
    cv::Mat page = to_gray(page_of_writing());
    page.colRange(0, 80).setTo(8);
    const cv::Mat even = even_background(page);
    EXPECT_LT(cv::mean(even(cv::Rect(0, 0, 30, kPage.height)))[0], 60);
}

// A cell of a scan, 200 by 60 px, with grain.
cv::Mat cell_of_paper() {
    cv::Mat grain(60, 200, CV_16SC1), cell(60, 200, CV_8UC1, cv::Scalar(245));
    cv::RNG random(5);
    random.fill(grain, cv::RNG::NORMAL, 0, 5);
    cv::add(cell, grain, cell, cv::noArray(), CV_8U);
    return cell;
}

bool holds(const cv::Mat& cell) { return may_hold_writing(cell, cv::Rect({0, 0}, cell.size()), 40); }

TEST(FaintWriting, PaperAndASpeckAreNone) {
    cv::Mat cell = cell_of_paper();
    EXPECT_FALSE(holds(cell));
    cell(cv::Rect(100, 30, 4, 4)).setTo(0);
    EXPECT_FALSE(holds(cell));
}

TEST(FaintWriting, AFigureInShadowOrInPiecesIsSome) {
    cv::Mat pale = cell_of_paper();
    cv::ellipse(pale, {100, 30}, {8, 14}, 0, 0, 360, 170, 4);
    EXPECT_TRUE(holds(pale));
    cv::Mat broken = cell_of_paper();
    for (int angle = 0; angle < 360; angle += 40) cv::ellipse(broken, {100, 30}, {8, 14}, 0, angle, angle + 15, 60, 4);
    EXPECT_TRUE(holds(broken));
}

// Found on a scan of washed-out print: a 0 that everybody sees was a blank, and nothing said so.
TEST(FaintWriting, OnEvenPaperLittleIsEnough) {
    cv::Mat thin = cell_of_paper();
    cv::ellipse(thin, {100, 30}, {8, 14}, 0, 0, 360, 224, 2);
    EXPECT_TRUE(holds(thin));
    // A fold, a wave or coarse grain makes as much.
    cv::Mat uneven = cell_of_paper();
    for (int x = 0; x < uneven.cols; ++x) uneven.col(x) -= 10 + cvRound(10 * std::sin(x * 0.2));
    EXPECT_FALSE(holds(uneven));
}

// Found on a synthesised pale print: of a 57 no more was seen than a flat piece, which is a dash.
TEST(FaintWriting, WhatAFoundLineDoesNotCoverIsLookedAt) {
    cv::Mat cell = cell_of_paper();
    cv::ellipse(cell, {100, 30}, {8, 14}, 0, 0, 360, 0, 4);
    const cv::Rect found(90, 14, 21, 33);
    const auto holds_more = [&] { return may_hold_writing(cell, cv::Rect({0, 0}, cell.size()), 40, {found}); };
    EXPECT_FALSE(holds_more());
    cv::line(cell, {125, 16}, {125, 44}, 60, 4);
    EXPECT_TRUE(holds_more());
}

// A reviewer's weak toner: of 106 the last digit was paler than a third of the others, and 10 was read for sure.
TEST(FaintWriting, WhatGoesOnInALineIsSomeHoweverPale) {
    for (const auto& [x, top, some] : {std::tuple{132, 16, true}, {132, 30, false}, {170, 16, false}}) {
        cv::Mat cell = cell_of_paper();
        cv::ellipse(cell, {100, 30}, {8, 14}, 0, 0, 360, 0, 4);
        cv::ellipse(cell, {x, top + 14}, {8, 14}, 0, 0, 360, 215, 4);
        EXPECT_EQ(may_hold_writing(cell, cv::Rect({0, 0}, cell.size()), 40, {cv::Rect(90, 14, 21, 33)}), some)
            << "at " << x << ", " << top << ": the back shows through off the line, or farther";
    }
}

// On a page whose back shows through.
TEST(FaintWriting, WhatRunsOnOverTheEdgesIsNotTheCellsOwn) {
    const auto own = [](const cv::Mat& cell) {
        return may_hold_writing_of_its_own(cell, cv::Rect({0, 0}, cell.size()), 40);
    };
    EXPECT_FALSE(own(cell_of_paper()));
    cv::Mat pale = cell_of_paper();
    cv::ellipse(pale, {100, 30}, {8, 14}, 0, 0, 360, 205, 4);
    EXPECT_TRUE(own(pale));
    cv::Mat clean(60, 200, CV_8UC1, cv::Scalar(245));
    cv::ellipse(clean, {100, 30}, {8, 14}, 0, 0, 360, 205, 4);
    clean.colRange(5, 15) -= 9;
    EXPECT_TRUE(own(clean)) << "beside what is hardly there";
    for (const cv::Point end : {cv::Point(0, 30), cv::Point(199, 30), cv::Point(60, 0), cv::Point(60, 59)}) {
        cv::Mat back = cell_of_paper();
        cv::line(back, {60, 30}, end, 205, 4);
        EXPECT_FALSE(own(back)) << end;
        EXPECT_TRUE(holds(back)) << end;
    }
}

}  // namespace
}  // namespace biaod::layout
