#include "layout/cleaning/halftone.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

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

TEST(Halftone, OfAHeaderOfDotsRulingsAndWritingStay) {
    for (const int share : {12, 20, 26}) {
        const cv::Mat plain = page();
        cv::Mat gray = plain.clone(), dots(kHeader.size(), CV_8UC1);
        cv::RNG random(7);
        random.fill(dots, cv::RNG::UNIFORM, 0, 100);
        gray(kHeader).setTo(0, dots < share);
        const cv::Mat edges = erase_halftones(gray, kCharHeight).edges;
        cv::Mat paper = plain(kHeader) == 255;
        const cv::Mat strokes = ~paper;
        cv::erode(paper, paper, cv::Mat::ones(7, 7, CV_8UC1));  // at strokes some dots stay
        EXPECT_GT(cv::mean(gray(kHeader), paper)[0], 252) << share;
        EXPECT_LT(cv::mean(gray(kHeader), strokes)[0], 12) << share;
        const cv::Rect below(100, 300, 600, 400);
        EXPECT_EQ(cv::norm(gray(below), plain(below), cv::NORM_INF), 0);
        // Found on a fax with dotted rulings: the one below a header went with the dots.
        for (const int y : {kHeader.y, kHeader.br().y}) {
            cv::Mat columns;
            cv::reduce(edges(cv::Rect(kHeader.x, y - 4, kHeader.width, 9)), columns, 0, cv::REDUCE_MAX);
            EXPECT_GT(cv::countNonZero(columns), 0.9 * kHeader.width) << share << " " << y;
        }
        // Found on a scan: edges that went on beyond the corners made a column to the left of the table.
        cv::Mat beyond = edges.clone();
        beyond(cv::Rect(kHeader.x - 8, kHeader.y - 8, kHeader.width + 16, kHeader.height + 16)).setTo(0);
        EXPECT_LT(cv::countNonZero(beyond), kCharHeight / 4) << share;
        const cv::Rect inside(kHeader.x + 20, kHeader.y + 20, kHeader.width - 40, kHeader.height - 40);
        EXPECT_EQ(cv::countNonZero(edges(inside)), 0) << share;
    }
}

// Dots over the header, as many as `share` (of 100) says at each of its points (CV_8UC1).
void strew(const cv::Mat& share, cv::Mat& gray) {
    cv::Mat dots(kHeader.size(), CV_8UC1);
    cv::RNG random(7);
    random.fill(dots, cv::RNG::UNIFORM, 0, 100);
    gray(kHeader).setTo(0, dots < share);
}

// Found on a fax with dark headers, of which noise left half of the points: rulings stood all over it.
TEST(Halftone, WhereDotsTouchRulingsAndWritingStay) {
    for (const int share : {26, 32, 35, 38, 45, 55, 62}) {
        cv::Mat plain = page();
        plain(kHeader)(cv::Rect(152, 4, 144, 112)).setTo(255);
        for (int x = 270; x < 380; x += 40) cv::rectangle(plain, cv::Rect(x, 130, 24, 28), 0, 2);  // thin writing
        if (share < 50) cv::line(plain, {100, 190}, {700, 190}, 0, 1);
        if (share < 50) cv::line(plain, {580, 100}, {580, 220}, 0, 1);
        for (int x = 110; x < 690; x += 14) plain(cv::Rect(x, 228, 3, 9)).setTo(0);  // close below the header
        cv::Mat gray = plain.clone();
        strew(cv::Mat(kHeader.size(), CV_8UC1, cv::Scalar(share)), gray);
        erase_halftones(gray, kCharHeight);
        cv::Mat paper = plain(kHeader) == 255;
        const cv::Mat strokes = ~paper;
        cv::erode(paper, paper, cv::Mat::ones(9, 9, CV_8UC1));
        EXPECT_GT(cv::mean(gray(kHeader), paper)[0], 249) << share;
        EXPECT_LT(cv::mean(gray(kHeader), strokes)[0], share < 50 ? 12 : 30) << share;
        if (share < 50) {
            EXPECT_LT(cv::mean(gray(cv::Rect(580, 110, 1, 100)))[0], 60) << share;
        }
        const cv::Rect thin(265, 125, 120, 40), below(100, 226, 600, 474);
        EXPECT_LT(cv::mean(gray(thin), plain(thin) == 0)[0], share < 36 ? 6 : share < 50 ? 40 : 120) << share;
        EXPECT_EQ(cv::boundingRect(gray(below) != plain(below)), cv::Rect()) << share;
    }
}

TEST(Halftone, AnAreaOfItsOwnBesideTouchingDotsIsReadByItself) {
    cv::Mat gray(800, 800, CV_8UC1, cv::Scalar(255)), dots(gray.size(), CV_8UC1);
    cv::RNG random(7);
    random.fill(dots, cv::RNG::UNIFORM, 0, 100);
    const cv::Rect pale(300, 100, 300, 200);
    for (const cv::Rect& dark : {cv::Rect(100, 100, 100, 500), cv::Rect(100, 450, 500, 150)})
        gray(dark).setTo(0, dots(dark) < 55);
    gray(pale).setTo(0, dots(pale) < 15);
    erase_halftones(gray, kCharHeight);
    EXPECT_GT(cv::mean(gray(pale))[0], 253);
    EXPECT_GT(cv::mean(gray(cv::Rect(100, 450, 500, 150)))[0], 252.5) << "up to its edges";
}

TEST(Halftone, APaleAreaBelowADarkOneIsTakenOutToo) {
    for (const int share : {8, 15, 20, 28}) {
        cv::Mat gray(800, 800, CV_8UC1, cv::Scalar(255)), dots(gray.size(), CV_8UC1);
        cv::RNG random(7);
        random.fill(dots, cv::RNG::UNIFORM, 0, 100);
        const cv::Rect dark(100, 100, 600, 100), pale(100, 200, 600, 300);
        gray(dark).setTo(0, dots(dark) < 45);
        gray(pale).setTo(0, dots(pale) < share);
        erase_halftones(gray, kCharHeight);
        EXPECT_GT(cv::mean(gray(pale))[0], 249) << share;
        EXPECT_GT(cv::mean(gray(dark))[0], 249) << share;
    }
}

TEST(Halftone, SolidAreasAndFinePrintAreNoDots) {
    cv::Mat gray = page();
    for (int y = 320; y < 440; y += 12) gray(cv::Rect(110, y, 580, 6)).setTo(0);
    gray(cv::Rect(110, 480, 580, 80)).setTo(0);
    const cv::Mat before = gray.clone();
    erase_halftones(gray, kCharHeight);
    EXPECT_EQ(cv::norm(gray, before, cv::NORM_INF), 0);
    cv::Mat fine(400, 400, CV_8UC1, cv::Scalar(255));  // at 100 dpi
    for (int y = 100; y < 300; y += 10)
        for (int x = 100; x < 300; x += 8)
            for (const int line : {0, 3, 6}) {
                fine(cv::Rect(x + line, y, 1, 7)).setTo(0);
                fine(cv::Rect(x, y + line, 7, 1)).setTo(0);
            }
    const cv::Mat print = fine.clone();
    erase_halftones(fine, kCharHeight / 2);
    EXPECT_EQ(cv::norm(fine, print, cv::NORM_INF), 0);
}

// Found on bilevel scans: the steps of a ruling that leans passed for dots, and the edge lay beyond it, and beyond its
// ends.
TEST(Halftone, TheStepsOfARulingAreNoDots) {
    for (const int lean : {2, 4}) {
        cv::Mat gray(800, 800, CV_8UC1, cv::Scalar(255)), rulings = cv::Mat::zeros(gray.size(), CV_8UC1);
        strew(cv::Mat(kHeader.size(), CV_8UC1, cv::Scalar(5)), gray);
        const std::vector<cv::Point> corners = {kHeader.tl(),
                                                {kHeader.br().x, kHeader.y + lean},
                                                {kHeader.br().x, kHeader.br().y + lean},
                                                {kHeader.x, kHeader.br().y}};
        cv::polylines(rulings, corners, true, 255, 3);
        gray.setTo(0, rulings);
        const cv::Mat edges = erase_halftones(gray, kCharHeight).edges;
        ASSERT_FALSE(edges.empty());
        cv::dilate(rulings, rulings, cv::Mat::ones(7, 7, CV_8UC1));
        EXPECT_EQ(cv::countNonZero(edges & ~rulings), 0) << lean;
    }
}

TEST(Halftone, AShadeThatFadesHasNoEdgeWithin) {
    cv::Mat share(kHeader.size(), CV_8UC1);
    for (int x = 0; x < share.cols; ++x) share.col(x).setTo(std::max(0, 26 - x / 14));
    cv::Mat gray = page();
    strew(share, gray);
    const cv::Mat edges = erase_halftones(gray, kCharHeight).edges;
    ASSERT_FALSE(edges.empty());
    const cv::Rect inside(kHeader.x + 20, kHeader.y + 10, kHeader.width - 40, kHeader.height - 20);
    EXPECT_LT(cv::countNonZero(edges(inside)), kCharHeight);
}

// Found on faxes with thin writing: its strokes went with the dots above and below.
TEST(Halftone, ARowOfPaperBetweenTwoOfDotsStaysAsItIs) {
    cv::Mat gray(800, 800, CV_8UC1, cv::Scalar(255));
    for (const int y : {100, 230}) {
        cv::Mat dots(90, 600, CV_8UC1);
        cv::RNG random(7);
        random.fill(dots, cv::RNG::UNIFORM, 0, 100);
        gray(cv::Rect(100, y, 600, 90)).setTo(0, dots < 28);
    }
    const cv::Rect row(100, 192, 600, 36), below(100, 230, 600, 90);
    for (int x = 110; x < 680; x += 18) gray(cv::Rect(x, row.y + 14, 2, 5)).setTo(0);
    const cv::Mat before = gray.clone();
    erase_halftones(gray, kCharHeight);
    const cv::Rect middle(100, row.y + 12, 600, 10);
    EXPECT_EQ(cv::norm(gray(middle), before(middle), cv::NORM_INF), 0);
    EXPECT_GT(cv::mean(gray(below))[0], 250);
}

// Broken writing has dots as well, but blank places between.
TEST(Halftone, BrokenWritingIsNone) {
    cv::Mat gray = page(), holes(gray.size(), CV_8UC1);
    cv::RNG random(7);
    random.fill(holes, cv::RNG::UNIFORM, 0, 100);
    gray.setTo(255, holes < 55);
    const cv::Mat before = gray.clone();
    erase_halftones(gray, kCharHeight);
    EXPECT_EQ(cv::norm(gray, before, cv::NORM_INF), 0);
}

TEST(Halftone, FewSpecksAreNone) {
    cv::Mat gray = page();
    cv::RNG random(7);
    for (int i = 0; i < 800; ++i) gray.at<std::uint8_t>(random.uniform(0, 800), random.uniform(0, 800)) = 0;
    const cv::Mat before = gray.clone();
    EXPECT_TRUE(erase_halftones(gray, kCharHeight).edges.empty());
    EXPECT_EQ(cv::norm(gray, before, cv::NORM_INF), 0);
}

}  // namespace
}  // namespace biaod::layout
