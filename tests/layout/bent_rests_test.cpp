#include "layout/rulings/bent_rests.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "layout/rulings/page_rulings.hpp"

namespace biaod::layout {
namespace {

constexpr int kUnit = 40;
constexpr int kAt = 300;
const Ruling kRuling{false, kAt, 50, 550, 3, 500};

// Beside a ruling that is erased as a straight one.
struct Page {
    cv::Mat ink = cv::Mat::zeros(600, 600, CV_8UC1);

    // An upright stroke about `x`; cv::line draws thicker ones.
    void stroke(int x, int from, int to, int thickness = 3) {
        ink(cv::Rect(x - thickness / 2, from, thickness, to - from)).setTo(255);
    }

    // Points of ink that are left; `turned`: as of a horizontal one.
    int left(bool turned = false) const {
        cv::Mat text = ink.clone();
        Ruling ruling = kRuling;
        ruling.horizontal = turned;
        if (turned) cv::transpose(text, text);
        erase_rulings({ruling}, text, 0);
        const cv::Mat rests = find_bent_rests({ruling}, kUnit, text);
        if (!rests.empty()) text.setTo(0, rests);
        return cv::countNonZero(text);
    }
};

// Found on scans of crumpled sheets: what was left of each vertical was read as a 1 before or behind the figure.
TEST(BentRests, ARulingThatIsBentIsErased) {
    for (const int bend : {-5, 5}) {
        Page page;
        for (int y = 50; y < 550; ++y) page.stroke(kAt + cvRound(bend * std::sin(y * 0.02)), y, y + 1);
        for (const bool turned : {false, true}) EXPECT_EQ(page.left(turned), 0) << bend << turned;
    }
}

TEST(BentRests, WritingBesideARulingStays) {
    const auto stroke = [](int beside, double length, int thickness) {
        Page page;
        page.stroke(kAt + beside, 200, 200 + cvRound(length * kUnit), thickness);
        return page;
    };
    const auto stays = [](const Page& page) { return page.left() > 0.6 * cv::countNonZero(page.ink); };
    EXPECT_TRUE(stays(stroke(8, 1.1, 3))) << "as high as characters are";
    EXPECT_FALSE(stays(stroke(8, 1.4, 3))) << "higher";
    EXPECT_TRUE(stays(stroke(14, 1.4, 3))) << "as far off as writing is";
    EXPECT_TRUE(stays(stroke(8, 1.4, 6))) << "thicker than the ruling";
    EXPECT_FALSE(stays(stroke(5, 1.1, 3))) << "it touches what was erased,";
    EXPECT_TRUE(stays(stroke(5, 0.9, 3))) << "and so may a stroke";
}

TEST(BentRests, StrokesBelowEachOtherAreApart) {
    const auto all_stay = [](int pitch, int aside) {
        Page page;
        for (int i = 0; i < 8; ++i) page.stroke(kAt + 7 + i % 2 * aside, 100 + i * pitch, 136 + i * pitch);
        return page.left() == cv::countNonZero(page.ink);
    };
    EXPECT_TRUE(all_stay(46, 0));
    EXPECT_TRUE(all_stay(36, 3)) << "not in line";
    EXPECT_FALSE(all_stay(38, 0)) << "one, in pieces";
}

TEST(BentRests, OfADoubleRulingAStrokeIsAsThinAsOneOfItsOwn) {
    cv::Mat ink = cv::Mat::zeros(600, 600, CV_8UC1);
    const Ruling both{false, kAt, 50, 550, 11, 500};
    ink(cv::Rect(kAt + 10, 200, 7, 60)).setTo(255);
    EXPECT_TRUE(find_bent_rests({both}, kUnit, ink).empty()) << "a digit's stem";
    ink(cv::Rect(kAt + 10, 200, 3, 60)).setTo(0);
    EXPECT_FALSE(find_bent_rests({both}, kUnit, ink).empty());
}

TEST(BentRests, AtThePagesEdgeARulingHasOneSide) {
    cv::Mat ink = cv::Mat::zeros(600, 306, CV_8UC1);
    ink(cv::Rect(kAt - 8, 200, 3, 60)).setTo(255);
    Ruling ruling = kRuling;
    ruling.to = 650;  // and ends beyond it
    EXPECT_EQ(cv::countNonZero(find_bent_rests({ruling}, kUnit, ink)), 3 * 60);
}

}  // namespace
}  // namespace biaod::layout
