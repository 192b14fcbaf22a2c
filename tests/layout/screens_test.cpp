#include "layout/cleaning/screens.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kCharHeight = 44;  // px, as at 300 dpi
constexpr int kPaper = 250, kInk = 30;
const cv::Rect kFill(200, 200, 800, 400);

// Something like writing, and a ruling.
void write(cv::Mat& page) {
    for (int y = 240; y < 560; y += 90)
        for (int x = 230; x < 950; x += 60) {
            cv::rectangle(page, cv::Rect(x, y, 36, 40), kInk, 4);
            cv::line(page, {x, y + 40}, {x + 36, y}, kInk, 3);
        }
    cv::line(page, {150, 400}, {1050, 404}, kInk, 3);
}

// The fill as dots, `period` px apart at 45 degrees, and a decimal `point`, as a scanner's lens blurs them.
cv::Mat screened(double period, double share, const cv::Rect& fill = kFill, const cv::Rect& point = {}) {
    cv::Mat page(800, 1200, CV_8UC1, cv::Scalar(kPaper));
    constexpr int kFiner = 4;
    for (int y = fill.y; y < fill.br().y; ++y)
        for (int x = fill.x; x < fill.br().x; ++x) {
            int dots = 0;
            for (int i = 0; i < kFiner * kFiner; ++i) {
                const double u = (x + (i % kFiner) / 4.0 + y + (i / kFiner) / 4.0) / period / std::sqrt(2.0);
                const double v = (x + (i % kFiner) / 4.0 - y - (i / kFiner) / 4.0) / period / std::sqrt(2.0);
                dots += std::hypot(u - std::round(u), v - std::round(v)) < std::sqrt(share / CV_PI);
            }
            page.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(kPaper - (kPaper - kInk) * dots / 16);
        }
    write(page);
    page(point).setTo(kInk);
    cv::GaussianBlur(page, page, {}, 0.7);
    return page;
}

cv::Mat plain() { return screened(4, 0, {}); }

TEST(Screens, DotsBecomeEvenAndWritingStays) {
    for (const double period : {2.7, 3.4, 4.2})
        for (const double share : {0.1, 0.2}) {
            const cv::Mat ink = plain() < 120;
            cv::Mat gray = screened(period, share), paper, ground;
            const double level = cv::mean(gray(kFill), ~ink(kFill))[0];
            erase_screens(gray, kCharHeight);
            cv::dilate(ink, paper, cv::Mat::ones(11, 11, CV_8UC1));  // beside strokes some dots stay
            cv::Scalar mean, deviation;
            cv::meanStdDev(gray(kFill), mean, deviation, ~paper(kFill));
            EXPECT_LT(deviation[0], 12) << period << " " << share;
            EXPECT_NEAR(mean[0], level, 15) << period << " " << share << ": it is still a fill";
            EXPECT_LT(cv::mean(gray, ink)[0], 75) << period << " " << share;
            EXPECT_GT(cv::mean(gray, ~paper)[0] - cv::mean(gray, ink)[0], 130) << period << " " << share;
        }
}

// A figure without its point is another one.
TEST(Screens, ADecimalPointIsLargerThanADot) {
    const auto contrast = [](double char_height, double period, int size) {
        const cv::Rect point(600, 345, size, size);
        cv::Mat gray = screened(period, 0.2, kFill, point);
        erase_screens(gray, char_height);
        const cv::Rect around(point.x - 8, point.y - 8, 5, point.height + 16);
        return cv::mean(gray(around))[0] - cv::mean(gray(point))[0];
    };
    for (const double period : {2.7, 4.2})
        for (const int size : {4, 5, 7}) EXPECT_GT(contrast(kCharHeight, period, size), 60) << period << " " << size;
    for (const int size : {3, 4}) EXPECT_GT(contrast(29, 2.7, size), 60) << "at 200 dpi " << size;
}

// A reviewer's: the points of small figures, closely set, were taken for a screen's.
TEST(Screens, SmallPrintIsNone) {
    cv::Mat gray(600, 900, CV_8UC1, cv::Scalar(kPaper));
    for (int y = 40; y < 540; y += 9)
        cv::putText(gray, "037.349.41562.8037.39.4.15.6280373.49.415.628", {40, y}, cv::FONT_HERSHEY_PLAIN, 0.8, kInk);
    cv::GaussianBlur(gray, gray, {}, 0.5);
    const cv::Mat before = gray.clone();
    erase_screens(gray, 22);  // as at 150 dpi
    EXPECT_EQ(cv::norm(gray, before, cv::NORM_INF), 0);
}

TEST(Screens, WritingNoiseAndBlackAndWhiteAreNone) {
    cv::Mat noisy = plain();
    cv::Mat noise(noisy.size(), CV_8UC1);
    cv::RNG random(3);
    random.fill(noise, cv::RNG::NORMAL, 20, 9);
    cv::subtract(noisy, noise, noisy);
    const cv::Mat dots = screened(2.7, 0.4) > 128;
    for (const cv::Mat& page : {plain(), noisy, dots, cv::Mat(8, 8, CV_8UC1, cv::Scalar(200))}) {
        cv::Mat gray = page.clone();
        erase_screens(gray, kCharHeight);
        EXPECT_EQ(cv::norm(gray, page, cv::NORM_INF), 0);
    }
}

TEST(Screens, FinePrintAtALowResolutionIsNone) {
    cv::Mat gray = screened(4, 0.2);
    const cv::Mat before = gray.clone();
    erase_screens(gray, 18);
    EXPECT_EQ(cv::norm(gray, before, cv::NORM_INF), 0);
}

TEST(Screens, NothingIsDoneFarFromThem) {
    const cv::Rect fill(600, 600, 600, 200);
    const cv::Mat before = screened(4, 0.2, fill);
    cv::Mat gray = before.clone();
    erase_screens(gray, kCharHeight);
    const cv::Rect inside(620, 620, 560, 160);
    cv::Scalar mean, deviation;
    cv::meanStdDev(gray(inside), mean, deviation);
    EXPECT_LT(deviation[0], 9);
    const cv::Rect far(0, 0, 1200, 500);
    EXPECT_EQ(cv::norm(gray(far), before(far), cv::NORM_INF), 0);
}

}  // namespace
}  // namespace biaod::layout
