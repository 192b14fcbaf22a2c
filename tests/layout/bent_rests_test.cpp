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
        cv::Mat faint = text.clone(), gray = 255 - text;
        erase_rulings({ruling}, text, 0);
        erase_rulings({ruling}, gray, 255);
        erase_bent_rests({ruling}, kUnit, faint, text, gray);
        EXPECT_EQ(cv::countNonZero(gray == 0), cv::countNonZero(text)) << "in both pictures";
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
    EXPECT_TRUE(stays(stroke(5, 0.6, 3))) << "and so may a stroke";
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

TEST(BentRests, TheirSoftEdgesAreErased) {
    cv::Mat text = cv::Mat::zeros(600, 600, CV_8UC1), gray = 255 - text;
    gray(cv::Rect(kAt + 5, 100, 5, 300)).setTo(180);
    text(cv::Rect(kAt + 6, 100, 3, 300)).setTo(255);
    cv::Mat faint = text.clone();
    erase_bent_rests({kRuling}, kUnit, faint, text, gray);
    EXPECT_EQ(cv::countNonZero(gray == 255), 600 * 600);
}

// A ruling at the page's edge has one side.
TEST(BentRests, BesideThePagesEdgeNothingIsErased) {
    cv::Mat text = cv::Mat::zeros(600, 306, CV_8UC1), faint = text.clone(), gray = 255 - text;
    erase_bent_rests({kRuling}, kUnit, faint, text, gray);
    EXPECT_EQ(cv::countNonZero(gray == 255), 600 * 306);
}

}  // namespace
}  // namespace biaod::layout
