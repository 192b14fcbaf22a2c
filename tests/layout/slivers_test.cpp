#include "layout/cleaning/slivers.hpp"

#include <gtest/gtest.h>

#include "layout/rulings/page_rulings.hpp"

namespace biaod::layout {
namespace {

constexpr double kUnit = 30;

// A cell between rulings, drawn as ink and with what else stands in it, after its rulings were erased.
struct Cell {
    std::vector<Ruling> rulings{{true, 50, 20, 180, 3}, {true, 110, 20, 180, 3}, {false, 60, 50, 110, 3}};
    cv::Mat ink = cv::Mat::zeros(160, 200, CV_8UC1), gray;

    explicit Cell(const cv::Rect& more) {
        for (const int y : {50, 110}) ink(cv::Rect(20, y - 1, 160, 3)).setTo(255);
        ink(cv::Rect(59, 50, 3, 60)).setTo(255);
        ink(more).setTo(255);
        gray = 255 - ink;
        erase_rulings(rulings, ink, 0);
        erase_rulings(rulings, gray, 255);
    }

    // How much ink is left, and whether the picture shows the same.
    int left() {
        erase_slivers(rulings, kErasedBeside, kUnit, ink, gray);
        EXPECT_EQ(cv::countNonZero((gray < 255) != ink), 0);
        return cv::countNonZero(ink);
    }
};

// Found on a curled page: the lower end of each vertical in a row was a 1 beside the row's zeros.
TEST(Slivers, TheEndOfALeaningRulingIsErasedWithIt) {
    EXPECT_EQ(Cell({62, 90, 4, 20}).left(), 0) << "right, below";
    EXPECT_EQ(Cell({55, 50, 4, 25}).left(), 0) << "left, above";
    EXPECT_EQ(Cell({60, 45, 50, 3}).left(), 0) << "along a horizontal";
}

TEST(Slivers, WritingStays) {
    for (const auto& [what, more] : {std::pair("thick", cv::Rect(62, 90, 7, 20)),
                                     {"a stroke that stands on the ruling alone", {62, 70, 4, 20}},
                                     {"apart from the ruling", {66, 90, 3, 20}},
                                     {"a point on the ruling below", {100, 104, 4, 4}}}) {
        Cell cell(more);
        const int before = cv::countNonZero(cell.ink);
        ASSERT_GT(before, 0) << what;
        EXPECT_EQ(cell.left(), before) << what;
    }
    Cell letter({62, 90, 4, 20});
    letter.ink(cv::Rect(62, 95, 20, 4)).setTo(255);
    letter.gray.setTo(0, letter.ink);
    const int before = cv::countNonZero(letter.ink);
    EXPECT_EQ(letter.left(), before) << "it goes on into a letter";
}

}  // namespace
}  // namespace biaod::layout
