#include "layout/rulings/end_columns.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kUnit = 20;

// A table with rows at 100, 140 and 180 of which the last is parted at 400 in what `stroke` draws.
struct Page {
    cv::Mat ink = cv::Mat::zeros(300, 900, CV_8UC1);
    std::vector<Ruling> rulings;

    Page() {
        for (const double y : {100, 140, 180}) rulings.push_back({true, y, 100, 800, 2, 700});
        for (const double x : {100, 800}) rulings.push_back({false, x, 100, 180, 2, 80});
    }
    void stroke(int from, int to, int dash = 100, int gap = 0) {
        for (int y = from; y < to; ++y)
            if ((y - from) % (dash + gap) < dash) ink(cv::Rect(399, y, 2, 1)) = 255;
    }
    std::vector<Ruling> added() const {
        std::vector<Ruling> all = rulings;
        mend_end_columns(all, ink, kUnit);
        return {all.begin() + static_cast<std::ptrdiff_t>(rulings.size()), all.end()};
    }
};

// Found on faxes: of a header that a page's end tore, the verticals of its last row were dashes.
TEST(EndColumns, PiecesOfAVerticalFromRulingToRulingAreOne) {
    Page page;
    page.stroke(142, 179, 8, 3);
    const std::vector<Ruling> added = page.added();
    ASSERT_EQ(added.size(), 1u);
    EXPECT_FALSE(added[0].horizontal);
    EXPECT_NEAR(added[0].at, 400, 1);
    EXPECT_EQ(added[0].from, 140);
    EXPECT_EQ(added[0].to, 180);
    page.rulings.push_back({false, 402, 140, 180, 2, 40});
    EXPECT_TRUE(page.added().empty()) << "one that was found";
    Page dotted;
    dotted.stroke(142, 179, 2, 1);
    EXPECT_EQ(dotted.added().size(), 1u) << "its dots are no specks";
}

TEST(EndColumns, AStrokeOfWritingReachesNeitherRuling) {
    Page reaches, stands_free, crumbs, character, between_specks;
    reaches.stroke(142, 174);
    EXPECT_EQ(reaches.added().size(), 1u);
    stands_free.stroke(146, 174);
    EXPECT_TRUE(stands_free.added().empty());
    for (Ruling& r : stands_free.rulings) r.thickness = 4;  // found on a scan, with the bracket of （一）予以公开
    for (const int y : {138, 178}) stands_free.ink(cv::Rect(100, y, 700, 4)) = 255;
    EXPECT_TRUE(stands_free.added().empty()) << "whose own ink it is not";
    crumbs.stroke(142, 179, 3, 3);
    EXPECT_TRUE(crumbs.added().empty());
    between_specks.stroke(149, 169);  // found on a fax: the bracket of a shaded header, with what was left of the shade
    for (const int y : {142, 176}) between_specks.stroke(y, y + 1);
    EXPECT_TRUE(between_specks.added().empty());
    between_specks = {};
    between_specks.stroke(148, 172);  // found on a fax: specks beside a bracket filled its gaps
    for (const int y : {144, 174}) between_specks.stroke(y, y + 2);
    EXPECT_TRUE(between_specks.added().empty());
    character.stroke(142, 179);
    cv::rectangle(character.ink, {404, 150, 16, 16}, 255, 2);
    EXPECT_TRUE(character.added().empty());
}

// Found on a speckled scan: the upright of a 十 with a speck above it parted a row.
TEST(EndColumns, WhereAStrokeCrossesItIsOneOfWriting) {
    const auto added = [](int crossing) {
        Page page;
        page.rulings[2].at = 200;
        for (Ruling& r : page.rulings)
            if (!r.horizontal) r.to = 200;
        page.stroke(142, 199);
        page.ink(cv::Rect(390, 170, 20, crossing)) = 255;
        return page.added().size();
    };
    EXPECT_EQ(added(2), 1u) << "a speck";
    EXPECT_EQ(added(4), 0u);
}

// Found on faxes: a table's last row, alone at a page's top, had lost its upper hairline and one of its verticals.
TEST(EndColumns, OfARowThatAPagesEndCutOffVerticalsEndAlike) {
    Page page;
    page.rulings = {{true, 180, 100, 800, 2, 700}};
    for (const double x : {100, 200, 300, 500, 600, 700}) page.rulings.push_back({false, x, 142, 180, 2, 38});
    page.rulings.push_back({false, 800, 155, 180, 2, 25});  // worn
    page.stroke(142, 179, 8, 3);
    ASSERT_EQ(page.added().size(), 1u);
    EXPECT_NEAR(page.added()[0].at, 400, 1);
    EXPECT_EQ(page.added()[0].from, 142);
    Page uneven = page;
    uneven.rulings[1].from = uneven.rulings[2].from = uneven.rulings[3].from = 130;
    EXPECT_TRUE(uneven.added().empty()) << "they do not end alike";
    page.rulings[7] = {false, 800, -90, 180, 2, 270};
    EXPECT_TRUE(page.added().empty()) << "one of several rows";
}

TEST(EndColumns, RowsThatVerticalsPassAreLeftAlone) {
    Page page;
    page.stroke(142, 179);
    page.rulings.push_back({true, 220, 100, 800, 2, 700});
    for (Ruling& r : page.rulings)
        if (!r.horizontal) r.to = 220;
    EXPECT_TRUE(page.added().empty());
    page.rulings.pop_back();
    EXPECT_TRUE(page.added().empty()) << "not the table's end";
}

}  // namespace
}  // namespace biaod::layout
