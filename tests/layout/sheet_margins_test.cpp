#include "layout/sheet_margins.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kUnit = 20;

TEST(SheetMargins, TheOuterPartIsThatOfTheSheet) {
    EXPECT_TRUE(in_outer_part(110, 1000, {}));
    EXPECT_FALSE(in_outer_part(130, 1000, {}));
    EXPECT_FALSE(in_outer_part(870, 1000, {}));
    EXPECT_TRUE(in_outer_part(890, 1000, {}));
    const DeskStrips desk{100, 200};  // the sheet is 700 high
    EXPECT_TRUE(in_outer_part(180, 1000, desk));
    EXPECT_FALSE(in_outer_part(190, 1000, desk));
    EXPECT_FALSE(in_outer_part(710, 1000, desk));
    EXPECT_TRUE(in_outer_part(720, 1000, desk));
}

TEST(SheetMargins, TheEdgeIsNarrow) {
    EXPECT_TRUE(at_edge_of_sheet(20, 1000, {}));
    EXPECT_FALSE(at_edge_of_sheet(30, 1000, {}));
    EXPECT_TRUE(at_edge_of_sheet(980, 1000, {}));
    EXPECT_TRUE(at_edge_of_sheet(115, 1000, {100, 200}));
    EXPECT_FALSE(at_edge_of_sheet(120, 1000, {100, 200}));
}

TEST(SheetMargins, APagesNumberIsNoWriting) {
    const auto writing = [](int y, int width, const DeskStrips& desk = {}) {
        cv::Mat text = cv::Mat::zeros(1000, 800, CV_8UC1);
        text(cv::Rect(300, y, width, 10)).setTo(255);
        return writing_in(text, {0, 0, 800, 1000}, desk, kUnit);
    };
    for (const int y : {90, 900}) {
        EXPECT_EQ(writing(y, 100), 0) << y;
        EXPECT_EQ(writing(y, 200), 2000) << y << ": a line of writing";
    }
    for (const int y : {20, 970}) EXPECT_EQ(writing(y, 200), 0) << y << ": in the margin";
    for (const int y : {150, 800}) EXPECT_EQ(writing(y, 100), 1000) << y;
    EXPECT_EQ(writing(800, 100, {0, 100}), 0) << "above a desk";
    EXPECT_EQ(writing(150, 100, {70, 0}), 0) << "below a desk";
    cv::Mat text = cv::Mat::zeros(1000, 800, CV_8UC1);
    text(cv::Rect(300, 500, 100, 10)).setTo(255);
    EXPECT_EQ(writing_in(text, {0, 505, 350, 900}, {}, kUnit), 250);
    EXPECT_EQ(writing_in(text, {0, 520, 800, 900}, {}, kUnit), 0);
}

}  // namespace
}  // namespace biaod::layout
