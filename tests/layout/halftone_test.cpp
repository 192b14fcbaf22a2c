#include "layout/halftone.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "layout/fills.hpp"

namespace biaod::layout {
namespace {

constexpr double kCharHeight = 29;  // px, as at 200 dpi
const cv::Rect kHeader(100, 100, 600, 120);

// A page that knows black and white alone: a ruled table with writing.
cv::Mat page() {
    cv::Mat gray(800, 800, CV_8UC1, cv::Scalar(255));
    for (int y = 100; y <= 700; y += 120) cv::line(gray, {100, y}, {700, y}, 0, 3);
    for (int x = 100; x <= 700; x += 150) cv::line(gray, {x, 100}, {x, 700}, 0, 3);
    for (int y = 130; y < 700; y += 120)
        for (int x = 120; x < 700; x += 50) cv::rectangle(gray, cv::Rect(x, y, 24, 28), 0, 4);
    return gray;
}

TEST(Halftone, AHeaderOfDotsBecomesAFillThatIsLifted) {
    const cv::Mat plain = page();
    cv::Mat gray = plain.clone(), dots(kHeader.size(), CV_8UC1);
    cv::RNG random(7);
    random.fill(dots, cv::RNG::UNIFORM, 0, 100);
    gray(kHeader).setTo(0, dots < 28);
    smooth_halftones(gray, kCharHeight);
    lift_fills(gray, kCharHeight);
    const cv::Mat paper = plain(kHeader) == 255, strokes = plain(kHeader) == 0;
    EXPECT_GT(cv::mean(gray(kHeader), paper)[0], 225);
    EXPECT_LT(cv::mean(gray(kHeader), strokes)[0], 90);
    const cv::Rect below(100, 300, 600, 400);
    EXPECT_EQ(cv::norm(gray(below), plain(below), cv::NORM_INF), 0);
}

TEST(Halftone, FewSpecksAreNone) {
    cv::Mat gray = page();
    cv::RNG random(7);
    for (int i = 0; i < 800; ++i) gray.at<std::uint8_t>(random.uniform(0, 800), random.uniform(0, 800)) = 0;
    const cv::Mat before = gray.clone();
    smooth_halftones(gray, kCharHeight);
    EXPECT_EQ(cv::norm(gray, before, cv::NORM_INF), 0);
}

}  // namespace
}  // namespace biaod::layout
