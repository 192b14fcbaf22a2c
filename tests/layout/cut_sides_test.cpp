// Tables whose side the scanner cut off: what stood there is not seen to be missing.
#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "layout/page_layout.hpp"
#include "tests/layout/support.hpp"

namespace biaod::layout {
namespace {

using tests::blank_scan;
using tests::write;

constexpr int kEdge = 1310;

// Ten rows and three columns, the last of them cut by the sheet's edge in its writing.
PageContent cut_page() {
    PageContent page = blank_scan();
    for (int row = 0; row <= 10; ++row) cv::line(page.picture, {200, 300 + row * 120}, {1600, 300 + row * 120}, 0, 3);
    for (const int x : {200, 700, 1200}) cv::line(page.picture, {x, 300}, {x, 1500}, 0, 3);
    for (int row = 0; row < 10; ++row)
        for (const int x : {260, 760, 1240}) write(page.picture, {x, 345 + row * 120}, 6);
    page.width_pt *= 1.0 * kEdge / page.picture.cols;
    page.picture = page.picture.colRange(0, kEdge).clone();
    return page;
}

// A reviewer's: of 3932 the last digit was half there, and 393 was read for sure; a half 0 was a blank.
TEST(CutSides, AreDoubted) {
    const PageLayout page = analyse_page(cut_page(), 1, 0);
    ASSERT_EQ(page.tables.size(), 1U);
    const TableLayout& table = page.tables[0];
    ASSERT_EQ(table.grid.cols(), 3);
    EXPECT_TRUE(table.cut.right);
    EXPECT_FALSE(table.cut.left);
    for (const GridCell& cell : table.grid.cells) EXPECT_EQ(table.is_cut(cell), cell.col == 2);
    EXPECT_TRUE(analyse_page(cut_page(), 1, 2).tables.at(0).cut.left) << "upside down";
}

TEST(CutSides, ARulingAtTheEdgeIsASide) {
    PageContent content = cut_page();
    cv::line(content.picture, {kEdge - 5, 300}, {kEdge - 5, 1500}, 0, 3);
    const PageLayout page = analyse_page(content, 1, 0);
    ASSERT_EQ(page.tables.size(), 1U);
    EXPECT_FALSE(page.tables[0].cut.right);
}

TEST(CutSides, AnOpenSideOnThePaperIsNone) {
    PageContent content = cut_page();
    cv::Mat wider(content.picture.rows, kEdge + 300, CV_8UC1, cv::Scalar(255));
    content.picture.colRange(0, 1300).copyTo(wider.colRange(0, 1300));
    content.width_pt *= 1.0 * wider.cols / kEdge;
    content.picture = wider;
    const PageLayout page = analyse_page(content, 1, 0);
    ASSERT_EQ(page.tables.size(), 1U);
    EXPECT_FALSE(page.tables[0].cut.right);
}

}  // namespace
}  // namespace biaod::layout
