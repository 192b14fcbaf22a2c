#include "layout/rulings/writing_at_rulings.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "layout/rulings/page_rulings.hpp"

namespace biaod::layout {
namespace {

constexpr double kUnit = 30;
constexpr int kAt = 150;  // of a ruling 3 px thick

// A ruling and what is printed beside it, gray as on a scan.
struct Print {
    cv::Mat gray{300, 600, CV_8UC1, cv::Scalar(255)};
    std::vector<Ruling> rulings;

    Print() { rule(kAt, 40, 560); }
    void rule(int at, int from, int to) {
        rulings.push_back({true, static_cast<double>(at), static_cast<double>(from), static_cast<double>(to), 3, 0});
        draw(from, at - 1, to, at + 2);
    }
    void draw(int left, int top, int right, int bottom) {
        cv::rectangle(gray, cv::Point(left, top), cv::Point(right - 1, bottom - 1), 40, cv::FILLED);
    }
    // A 2, whose foot ends at `bottom`, as flat as the ruling: a slanted stroke leads to it.
    void two(int left, int bottom) {
        draw(left, bottom - 3, left + 14, bottom);
        cv::line(gray, {left + 12, bottom - 20}, {left + 1, bottom - 3}, 40, 3);
    }
    cv::Mat turned() const { return gray.t(); }

    cv::Mat found() const { return found(gray, rulings); }
    static cv::Mat found(cv::Mat gray, const std::vector<Ruling>& rulings) {
        cv::GaussianBlur(gray, gray, {3, 3}, 0.6);
        cv::Mat text = gray < 150;
        erase_rulings(rulings, text, 0);
        return find_writing_at_rulings(rulings, gray, text, kUnit);
    }
};

int points(const cv::Mat& mask, const cv::Rect& area) { return mask.empty() ? 0 : cv::countNonZero(mask(area)); }

TEST(WritingAtRulings, IsTheFootOfADigitThatTouchesTheRuling) {
    for (const int gap : {0, 1}) {
        Print print;
        print.two(200, kAt - 1 - gap);
        const cv::Mat found = print.found();
        EXPECT_GE(points(found, {200, kAt - 4, 14, 3}), 25) << gap << " px between";
        EXPECT_EQ(points(found, {0, kAt - 1, 600, 3}), 0) << "and nothing of the ruling";
        EXPECT_EQ(points(found, {0, 0, 195, 300}) + points(found, {220, 0, 380, 300}), 0);
    }
}

TEST(WritingAtRulings, HangsFromARulingToo) {
    Print print;
    print.draw(200, kAt + 2, 214, kAt + 5);
    print.draw(200, kAt + 2, 203, kAt + 20);
    EXPECT_GE(points(print.found(), {200, kAt + 2, 14, 3}), 25);
}

TEST(WritingAtRulings, StandsBesideAVertical) {
    Print print;
    print.two(200, kAt - 1);
    std::vector<Ruling> rulings = print.rulings;
    turn_over_diagonal(rulings);
    EXPECT_GE(points(Print::found(print.turned(), rulings), {kAt - 4, 200, 3, 14}), 25);
}

TEST(WritingAtRulings, IsNoRestOfTheRuling) {
    Print print;
    print.two(200, kAt - 6);
    EXPECT_EQ(points(print.found(), {0, 0, 600, 300}), 0) << "writing that keeps clear of it";
    print.draw(300, kAt - 2, 420, kAt - 1);
    EXPECT_EQ(points(print.found(), {290, 0, 140, 300}), 0) << "where it is bent";
    print.two(340, kAt - 2);
    EXPECT_EQ(points(print.found(), {290, 0, 32, 300}) + points(print.found(), {372, 0, 58, 300}), 0) << "of one foot";
    print.two(400, kAt - 2);
    EXPECT_EQ(points(print.found(), {372, 0, 10, 300}), 0) << "nor of two";
    print.draw(480, kAt - 3, 490, kAt - 1);
    EXPECT_EQ(points(print.found(), {470, 0, 40, 300}), 0) << "a crumb on it";
}

TEST(WritingAtRulings, IsNoSecondStrokeAndNoRulingAcross) {
    Print print;
    print.rule(kAt - 5, 40, 300);
    print.rulings.push_back({false, 400, 40, 260, 3, 0});
    print.draw(399, 40, 402, 260);
    EXPECT_EQ(points(print.found(), {0, 0, 600, 300}), 0);
}

// A digit that ends a few points before a vertical at 500.
TEST(Parted, BesideARulingThatIsSeen) {
    const cv::Rect digit(466, 100, 26, 30);
    cv::Mat plain = cv::Mat::zeros(300, 600, CV_8UC1);
    cv::rectangle(plain, digit, 255, 4);
    EXPECT_FALSE(is_parted(plain, digit, 500, 3)) << "there is no ruling";
    cv::Mat ruled = plain.clone();
    cv::line(ruled, {500, 40}, {500, 200}, 255, 3);
    EXPECT_TRUE(is_parted(ruled, digit, 500, 3));
    EXPECT_TRUE(is_parted(ruled, {504, 100, 26, 30}, 500, 3)) << "and on its other side";
    cv::Mat bent = plain.clone();
    cv::line(bent, {500, 40}, {500, 104}, 255, 3);
    EXPECT_FALSE(is_parted(bent, digit, 500, 3)) << "what looks like writing may be its rest";
    cv::Mat dotted = plain.clone();
    for (int y = 40; y < 200; y += 10) cv::rectangle(dotted, {499, y, 3, 4}, 255, cv::FILLED);
    EXPECT_TRUE(is_parted(dotted, digit, 500, 3));
    cv::Mat ticked = ruled.clone();
    cv::line(ticked, {480, 128}, {520, 90}, 255, 2);
    EXPECT_FALSE(is_parted(ticked, digit, 500, 3)) << "a stroke leads over it";
    cv::Mat touching = ruled.clone();
    cv::line(touching, {490, 110}, {500, 110}, 255, 1);
    EXPECT_FALSE(is_parted(touching, digit, 500, 3));
    cv::Mat beside = ruled.clone();
    beside(cv::Rect(496, 104, 3, 22)).setTo(255);
    EXPECT_FALSE(is_parted(beside, digit, 500, 3)) << "of a stroke that lies along it white is seen beyond";
    EXPECT_FALSE(is_parted(ruled, digit, 610, 3)) << "beyond the page";
    cv::Mat worn = ruled.clone();
    worn(cv::Rect(490, 108, 20, 4)).setTo(0);
    EXPECT_TRUE(is_parted(worn, digit, 500, 3));
    worn(cv::Rect(485, 109, 20, 2)).setTo(255);
    EXPECT_FALSE(is_parted(worn, digit, 500, 3)) << "a stroke leads through the gap";
}

// Another program's reports: figures set flush with the rulings, whose blur met theirs, were doubted in whole tables.
// The gray page is without the ruling, which is erased for 2 px beyond its stroke.
TEST(EndsBeside, StrokesWhoseDarkestIsLeft) {
    const cv::Rect digit(470, 100, 26, 30);
    const auto ends = [&](const std::vector<int>& stroke, bool right, int rows = 30, int ruled = 200) {
        cv::Mat ink = cv::Mat::zeros(300, 1000, CV_8UC1), gray(ink.size(), CV_8UC1, cv::Scalar(255));
        cv::line(ink, {500, 40}, {500, ruled}, 255, 3);
        for (int y = digit.y; y < digit.y + rows; ++y)
            for (int i = 0; i < static_cast<int>(stroke.size()); ++i)
                gray.at<std::uint8_t>(y, right ? 495 - i : 505 + i) = static_cast<std::uint8_t>(stroke[i]);
        const cv::Rect box = right ? digit : cv::Rect(505, digit.y, digit.width, digit.height);
        return ends_beside(gray, ink, box, 500, 3);
    };
    for (const bool right : {true, false}) {
        EXPECT_TRUE(ends({150, 60, 20, 60, 150}, right));
        EXPECT_TRUE(ends({60, 20, 120}, right)) << "a part of its flank was erased";
        EXPECT_FALSE(ends({20, 60, 150}, right)) << "half of it may have been";
        EXPECT_FALSE(ends({30, 28, 30, 150}, right)) << "a bar that may go on";
        EXPECT_TRUE(ends({20, 60, 150}, right, 1)) << "noise";
        EXPECT_FALSE(ends({20, 60, 150}, right, 4)) << "the end of a bar";
        EXPECT_TRUE(ends({}, right)) << "nothing is near";
        EXPECT_FALSE(ends({150, 60, 20, 60, 150}, right, 30, 110))
            << "what looks like writing may be the ruling's rest";
    }
}

TEST(GoesOn, BeyondTheRulingAsADigitDoes) {
    const cv::Rect digit(466, 100, 26, 30);
    for (const bool right : {true, false}) {
        cv::Mat ink = cv::Mat::zeros(300, 600, CV_8UC1);
        cv::line(ink, {500, 40}, {500, 200}, 255, 3);
        const cv::Rect box = right ? digit : cv::Rect(508, 100, 26, 30);
        EXPECT_FALSE(goes_on_beyond(ink, box, 500, 3, kUnit));
        cv::Mat overprinted = ink.clone();
        cv::rectangle(overprinted, {right ? 505 : 477, 100, 18, 30}, 255, 3);
        EXPECT_TRUE(goes_on_beyond(overprinted, box, 500, 3, kUnit));
        cv::Mat beside = ink.clone();
        cv::rectangle(beside, {right ? 514 : 468, 100, 18, 30}, 255, 3);
        EXPECT_FALSE(goes_on_beyond(beside, box, 500, 3, kUnit)) << "the next cell's writing";
        cv::Mat twice_ruled = ink.clone();
        cv::line(twice_ruled, {right ? 506 : 494, 40}, {right ? 506 : 494, 200}, 255, 1);
        EXPECT_FALSE(goes_on_beyond(twice_ruled, box, 500, 3, kUnit));
        cv::Mat speck = ink.clone();
        cv::rectangle(speck, {right ? 505 : 491, 110, 4, 4}, 255, cv::FILLED);
        EXPECT_FALSE(goes_on_beyond(speck, box, 500, 3, kUnit));
    }
}

}  // namespace
}  // namespace biaod::layout
