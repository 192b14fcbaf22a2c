#include "tests/synth/scanner.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace biaod::synth {
namespace {

constexpr int kWidth = 800, kHeight = 1130;

// A white sheet with level lines at these heights.
cv::Mat ruled(const std::vector<int>& heights) {
    cv::Mat page(kHeight, kWidth, CV_8UC3, cv::Scalar::all(255));
    for (const int y : heights) cv::line(page, {60, y}, {kWidth - 60, y}, cv::Scalar::all(0), 3);
    return page;
}

// Height of the dark line in a column within [from, to), in px; -1 where there is none.
double line_at(const cv::Mat& scan, int x, int from = 0, int to = kHeight) {
    double sum = 0;
    int count = 0;
    for (int y = from; y < std::min(to, scan.rows); ++y)
        if (scan.at<std::uint8_t>(y, x) < 128) {
            sum += y;
            ++count;
        }
    return count == 0 ? -1 : sum / count;
}

double slope_deg(const cv::Mat& scan) {
    return std::atan2(line_at(scan, 700) - line_at(scan, 100), 600) * 180 / 3.14159265358979;
}

double least(const cv::Mat& picture) {
    double value = 0;
    cv::minMaxLoc(picture, &value, nullptr);
    return value;
}

TEST(Scan, WithoutOptionsThePageInGrey) {
    const cv::Mat page = ruled({500}), out = scan(page, {}, 1);
    cv::Mat grey;
    cv::cvtColor(page, grey, cv::COLOR_BGR2GRAY);
    EXPECT_EQ(out.type(), CV_8UC1);
    EXPECT_EQ(cv::norm(out, grey, cv::NORM_INF), 0);
    ScanOptions colour;
    colour.colour = true;
    EXPECT_EQ(scan(page, colour, 1).type(), CV_8UC3);
}

TEST(Scan, SameSeedSamePixels) {
    ScanOptions o;
    o.skew_deg = o.skew_spread = 1;
    o.perspective = o.curl = o.border = 0.02;
    o.shadow = o.shade = 0.3;
    o.speckle = 1e-3;
    o.noise = 5;
    const cv::Mat page = ruled({500});
    EXPECT_EQ(cv::norm(scan(page, o, 1), scan(page, o, 1), cv::NORM_INF), 0);
    EXPECT_FALSE(scan(page, o, 1).size() == scan(page, o, 2).size() &&
                 cv::norm(scan(page, o, 1), scan(page, o, 2), cv::NORM_INF) == 0);
}

TEST(Scan, SkewTurnsClockwise) {
    for (const double degrees : {-5.0, -1.0, 0.5, 5.0}) {
        ScanOptions o;
        o.skew_deg = degrees;
        EXPECT_NEAR(slope_deg(scan(ruled({500}), o, 1)), degrees, 0.1);
    }
}

TEST(Scan, SpreadOfSkewDiffersFromPageToPage) {
    ScanOptions o;
    o.skew_deg = 3;
    o.skew_spread = 0.6;
    const double first = slope_deg(scan(ruled({500}), o, 1)), second = slope_deg(scan(ruled({500}), o, 2));
    EXPECT_GT(std::abs(first - second), 0.02);
    for (const double slope : {first, second}) EXPECT_NEAR(slope, 3, 0.7);
}

TEST(Scan, PerspectiveMovesCornersInwardsAndShowsTheDesk) {
    ScanOptions o;
    o.perspective = 0.04;
    o.surround = 100;
    const cv::Mat out = scan(ruled({}), o, 1);
    for (const cv::Point corner : {cv::Point(2, 2), {kWidth - 3, 2}, {2, kHeight - 3}, {kWidth - 3, kHeight - 3}})
        EXPECT_EQ(out.at<std::uint8_t>(corner), 100);
    EXPECT_EQ(out.at<std::uint8_t>(kHeight / 2, kWidth / 2), 255);
}

TEST(Scan, CurlBendsLinesAndTwistBendsThemLessAtTheFoot) {
    ScanOptions o;
    o.curl = 0.01;
    auto bend = [&](const cv::Mat& out, int from, int to) {
        return line_at(out, 70, from, to) - line_at(out, kWidth / 2, from, to);
    };
    const cv::Mat even = scan(ruled({200, 1000}), o, 1);
    const double depth = o.curl * kHeight * (1 - std::sin(3.14159 * 70 / kWidth));
    EXPECT_NEAR(bend(even, 100, 300), depth, 1.5);
    EXPECT_NEAR(bend(even, 900, 1100), depth, 1.5);
    o.twist = 0.8;
    const cv::Mat twisted = scan(ruled({200, 1000}), o, 1);
    EXPECT_LT(bend(twisted, 900, 1100), 0.6 * bend(twisted, 100, 300));
}

TEST(Scan, WavesGoUpAndDownAcrossThePage) {
    ScanOptions o;
    o.wave = 0.01;
    o.wave_length = 0.5;
    const cv::Mat out = scan(ruled({500}), o, 1);
    const auto at = [&](int x) { return line_at(out, x, 450, 550); };
    double low = 1e9, high = 0;
    for (int x = 60; x < kWidth / 2 + 60; x += 10) {
        low = std::min(low, at(x));
        high = std::max(high, at(x));
        if (x + kWidth / 2 < kWidth - 60) {
            EXPECT_NEAR(at(x), at(x + kWidth / 2), 1.5) << x;
        }
    }
    EXPECT_NEAR(high - low, 2 * o.wave * kHeight, 2);
}

TEST(Scan, ABlackBorderSurroundsTheWholeSheet) {
    ScanOptions o;
    o.border = 0.05;
    o.surround = 20;
    const cv::Mat out = scan(ruled({500}), o, 1);
    EXPECT_GT(out.cols, kWidth);
    EXPECT_LE(out.cols, 1.1 * kWidth + 1);
    EXPECT_GT(out.rows, kHeight);
    EXPECT_EQ(out.at<std::uint8_t>(0, 0), 20);
    EXPECT_EQ(out.at<std::uint8_t>(out.rows - 1, out.cols - 1), 20);
    EXPECT_EQ(cv::countNonZero(out == 255), kWidth * kHeight - cv::countNonZero(out < 15));
}

TEST(Scan, PalePrintHasHalfTheContrast) {
    ScanOptions o;
    cv::Scalar mean, full, half;
    cv::meanStdDev(scan(ruled({300, 500}), o, 1), mean, full);
    o.contrast = 0.5;
    const cv::Mat out = scan(ruled({300, 500}), o, 1);
    cv::meanStdDev(out, mean, half);
    EXPECT_NEAR(half[0] / full[0], 0.5, 0.01);
    EXPECT_GT(least(out), 110);
}

TEST(Scan, LightIsUnevenButSmooth) {
    ScanOptions shade, shadow;
    shade.shade = 0.4;
    shadow.shadow = 0.4;
    for (const ScanOptions& o : {shade, shadow}) {
        const cv::Mat out = scan(ruled({}), o, 3);
        cv::Mat smooth;
        EXPECT_NEAR(least(out), 255 * 0.6, 12);
        EXPECT_GT(cv::countNonZero(out > 245), 2000);
        cv::blur(out, smooth, {5, 5});
        EXPECT_LE(cv::norm(out, smooth, cv::NORM_INF), 8);
    }
}

TEST(Scan, SpecksAreSmallAndAsManyAsAskedFor) {
    ScanOptions o;
    o.speckle = 5e-4;
    cv::Mat labels, stats, centroids;
    const cv::Mat out = scan(ruled({}), o, 1);
    const int specks = cv::connectedComponentsWithStats(out < 128, labels, stats, centroids) - 1;
    EXPECT_NEAR(specks, o.speckle * kWidth * kHeight, 15);
    for (int i = 1; i <= specks; ++i) EXPECT_LE(stats.at<int>(i, cv::CC_STAT_AREA), 12);
}

TEST(Scan, StreaksAreThinAndChangeOnTheirWay) {
    ScanOptions o;
    o.streaks = true;
    int with_ends = 0;
    for (std::uint32_t seed = 1; seed <= 12; ++seed) {
        const cv::Mat out = scan(ruled({}), o, seed);
        cv::Mat least, most;
        cv::reduce(out, least, 0, cv::REDUCE_MIN);
        cv::reduce(out, most, 0, cv::REDUCE_MAX);
        const int columns = cv::countNonZero(least < 250);
        EXPECT_GE(columns, 1) << seed;
        EXPECT_LE(columns, 12) << seed;
        EXPECT_EQ(cv::countNonZero((least < 250) & (least == most)), 0) << seed;
        with_ends += cv::countNonZero((least < 250) & (most == 255)) > 0;
    }
    EXPECT_GT(with_ends, 0);
    EXPECT_LT(with_ends, 12);
}

TEST(Scan, BilevelHasBlackAndWhiteOnly) {
    ScanOptions o;
    o.noise = 12;
    o.skew_deg = 2;
    o.bilevel = true;
    const cv::Mat out = scan(ruled({500}), o, 1);
    EXPECT_EQ(cv::countNonZero(out == 0) + cv::countNonZero(out == 255), kWidth * kHeight);
    EXPECT_GT(cv::countNonZero(out == 0), 1000);
}

TEST(Scan, ANoisyBilevelScanShowsGreyAsDots) {
    const cv::Mat grey(kHeight, kWidth, CV_8UC3, cv::Scalar::all(160));
    const auto black = [&](double noise, double threshold) {
        ScanOptions options;
        options.bilevel = true;
        options.noise = noise;
        options.threshold = threshold;
        const cv::Mat out = scan(grey, options, 1);
        return 1 - cv::countNonZero(out) / static_cast<double>(out.total());
    };
    EXPECT_NEAR(black(25, 160), 0.5, 0.03);
    EXPECT_NEAR(black(25, 135), 0.16, 0.02) << "a deviation below";
    EXPECT_EQ(black(0, 135), 0);
    EXPECT_EQ(black(0, 175), 1);
}

TEST(Scan, QuarterTurnsAreClockwise) {
    for (const int turns : {1, 2, 3}) {
        ScanOptions o;
        o.quarter_turns = turns;
        cv::Mat out = scan(ruled({100}), o, 1);
        EXPECT_EQ(out.cols, turns == 2 ? kWidth : kHeight);
        if (turns == 1) {
            EXPECT_LT(out.at<std::uint8_t>(kWidth / 2, kHeight - 1 - 100), 128);
        }
        for (int i = turns; i < 4; ++i) cv::rotate(out, out, cv::ROTATE_90_CLOCKWISE);
        EXPECT_EQ(cv::norm(out, scan(ruled({100}), {}, 1), cv::NORM_INF), 0);
    }
}

}  // namespace
}  // namespace biaod::synth
