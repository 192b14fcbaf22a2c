#include "layout/tables/faces.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/layout/support.hpp"

namespace biaod::layout {
namespace {

struct Ruled {
    Grid grid;
    RuledShares shares;

    Ruled(int rows, int cols)
        : shares{cv::Mat(rows, cols, CV_64F, cv::Scalar(1)), cv::Mat(rows, cols, CV_64F, cv::Scalar(1))} {
        for (int i = 0; i <= rows; ++i) grid.row_edges.push_back(40 * i);
        for (int i = 0; i <= cols; ++i) grid.col_edges.push_back(100 * i);
    }
    std::vector<GridCell> cells() const {
        auto found = rectangular_faces(grid, shares);
        tests::expect_tiling(found, grid.rows(), grid.cols());
        return found;
    }
};

TEST(Faces, EachPlaceThatIsRuledAllRoundIsACell) { EXPECT_EQ(Ruled(3, 4).cells().size(), 12u); }

TEST(Faces, PlacesWithoutARulingBetweenAreOneCell) {
    Ruled table(3, 4);
    table.shares.above.at<double>(1, 0) = 0;
    table.shares.left.at<double>(2, 2) = 0.1;
    const auto cells = table.cells();
    EXPECT_EQ(cells.size(), 10u);
    EXPECT_EQ(cells.front(), (GridCell{0, 0, 2, 1}));
    EXPECT_EQ(cells[9], (GridCell{2, 3, 1, 1}));
}

// A seal hid a piece of the ruling between a tall cell and one beside its lower half.
TEST(Faces, AnUnevenFaceIsPartedWhereTheRulingGoesOn) {
    Ruled table(3, 4);
    table.shares.above.at<double>(1, 0) = table.shares.above.at<double>(2, 0) = 0;
    table.shares.left.at<double>(1, 1) = 0;
    const auto cells = table.cells();
    EXPECT_EQ(cells.size(), 10u);
    EXPECT_EQ(cells.front(), (GridCell{0, 0, 3, 1}));
}

TEST(Faces, OfTwoLinesTheOneThatIsRuledMoreParts) {
    Ruled table(2, 2);
    table.shares.above.at<double>(1, 0) = 0.2;
    table.shares.left.at<double>(1, 1) = 0.6;
    const auto cells = table.cells();
    ASSERT_EQ(cells.size(), 3u);
    EXPECT_EQ(cells.front(), (GridCell{0, 0, 2, 1}));
}

// Below a header's first cell the ruling is lost, and the sides of the cells below are there.
std::vector<GridCell> with_lost_header(double below, double beside) {
    Ruled table(5, 4);
    for (const int row : {1, 2}) table.shares.above.at<double>(row, 0) = table.shares.above.at<double>(row, 1) = 0;
    for (const int row : {0, 1, 2}) table.shares.left.at<double>(row, 1) = beside;
    table.shares.above.at<double>(3, 0) = table.shares.above.at<double>(3, 1) = below;
    table.shares.above.at<double>(4, 0) = 0;
    return table.cells();
}

// Found on faxes: the side of the cells below parted the header.
TEST(Faces, RulingsEndOnTheLineThatParts) {
    const auto cells = with_lost_header(0, 0.02);
    EXPECT_EQ(cells.front(), (GridCell{0, 0, 3, 2}));
    EXPECT_THAT(cells, testing::IsSupersetOf({GridCell{3, 0, 2, 1}, GridCell{3, 1, 1, 1}}));
}

TEST(Faces, OnlyWhatIsNotRuledOfALineIsWeighed) {
    EXPECT_EQ(with_lost_header(0.15, 0.14).front(), (GridCell{0, 0, 3, 2}));
}

// Tall cells whose sides are worn below, beside a column of two cells: their sides end on the line of its ruling.
TEST(Faces, ALineThatIsRuledMoreThanHalfPartsWhateverEndsOnAnother) {
    Ruled table(2, 11);
    for (int col = 1; col < 10; ++col) {
        table.shares.above.at<double>(1, col) = 0;
        table.shares.left.at<double>(1, col + 1) = 0.6;
    }
    EXPECT_THAT(table.cells(), testing::IsSupersetOf({GridCell{0, 1, 2, 1}, GridCell{0, 9, 2, 1}}));
}

TEST(Faces, WhereHardlyAnythingIsRuledTheCellsTileAllTheSame) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        cv::RNG random(seed + 1);
        Ruled table(random.uniform(1, 7), random.uniform(1, 7));
        random.fill(table.shares.above, cv::RNG::UNIFORM, 0, 1);
        random.fill(table.shares.left, cv::RNG::UNIFORM, 0, 1);
        EXPECT_FALSE(table.cells().empty());
    }
}

}  // namespace
}  // namespace biaod::layout
