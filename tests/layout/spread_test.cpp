#include "layout/spread.hpp"

#include <gtest/gtest.h>

#include "tests/layout/support.hpp"

namespace biaod::layout {
namespace {

ReadLine line(double x, double y, double width, const char* text) {
    ReadLine out;
    out.at = {x, y, width, 12};
    out.text = text;
    return out;
}

PageText landscape(std::vector<ReadLine> lines) { return {3, 842, 595, std::move(lines), {}}; }

std::vector<PageText> split(const PageText& page) {
    std::vector<PageText> pages;
    split_spread(page, pages);
    return pages;
}

TEST(Spread, ItsHalvesAreReadOneAfterTheOther) {
    PageText page = landscape({line(50, 40, 300, "left"), line(470, 40, 300, "right"), line(50, 60, 300, "left")});
    page.tables.push_back(tests::fragment(3, 1, {480, 600, 760}, {}));
    page.tables.front().at = {480, 100, 280, 40};
    page.desk = {20, 30};
    const auto pages = split(page);
    ASSERT_EQ(pages.size(), 2u);
    EXPECT_EQ(pages[0].lines.size(), 2u);
    EXPECT_EQ(pages[1].lines.size(), 1u);
    EXPECT_EQ(pages[1].page, 3);
    EXPECT_EQ(pages[1].desk.above, 20);
    EXPECT_EQ(pages[1].desk.below, 30);
    EXPECT_DOUBLE_EQ(pages[1].width, 421);
    ASSERT_EQ(pages[1].tables.size(), 1u);
    EXPECT_DOUBLE_EQ(pages[1].tables.front().at.x, 480 - 421);
    EXPECT_DOUBLE_EQ(pages[1].tables.front().col_edges.back(), 760 - 421);
}

TEST(Spread, APageAcrossWhoseMiddleSomethingRunsIsOne) {
    EXPECT_EQ(
        split(landscape({line(50, 40, 300, "left"), line(470, 40, 300, "right"), line(200, 60, 400, "title")})).size(),
        1u);
}

TEST(Spread, AnUprightPageAndAnEmptyHalfAreOne) {
    EXPECT_EQ(split({1, 595, 842, {line(50, 40, 200, "left"), line(320, 40, 200, "right")}, {}}).size(), 1u);
    EXPECT_EQ(split(landscape({line(50, 40, 300, "left")})).size(), 1u);
}

}  // namespace
}  // namespace biaod::layout
