// The horizontals of worn tables.
#include <gtest/gtest.h>

#include <vector>

#include "tests/layout/worn_pages.hpp"

namespace biaod::layout::worn {
namespace {

// Found on faxes: of a table's first hairline crumbs were left at its ends, and its first row was outside.
TEST(WornFrames, AHorizontalGoesOnOverCrumbsToTheSides) {
    Page page = with_rows({140, 180, 220});
    page.across(100, 300, 600);
    page.crumbs(100, 104, 290, 30);
    page.crumbs(100, 620, 800, 30);
    page.write(120, 112, 5);
    const Ruling first = at(page.mended(), true, 100);
    EXPECT_NEAR(first.from, kLeft, 1);
    EXPECT_NEAR(first.to, kRight, 1);
}

// Found on a fax: a dot of the hairline was left every 15 px, and nothing else was there.
TEST(WornFrames, FewCrumbsAreEnoughWhereNoInkIsBeside) {
    const auto first = [](int every, int speck) {
        Page page = with_rows({140, 180, 220});
        page.across(100, 300, 800);
        for (int x = 110; x < 300; x += every) page.faint.at<std::uint8_t>(100, x) = 255;
        if (speck > 0) page.faint.at<std::uint8_t>(speck, 150) = 255;
        return at(page.mended(), true, 100).from;
    };
    EXPECT_EQ(first(16, 0), kLeft);
    for (const int y : {94, 106, 112}) EXPECT_EQ(first(16, y), 300) << "they may be specks as this one";
    EXPECT_EQ(first(16, 118), kLeft) << "farther off";
    EXPECT_EQ(first(35, 0), 300) << "fewer";
}

// Found on a fax: of a header's first cell, which the inner vertical ends, a piece of its upper hairline was left.
TEST(WornFrames, FromAnotherAcrossALongPieceIsEnough) {
    const auto first = [](int length, int every) {
        Page page = with_rows({60, 140, 180, 220});
        page.across(100, 340);
        page.down(340, 60, 140);
        for (int x = 190; x < 190 + length; x += every) page.faint(cv::Rect(x, 100, 2, 1)).setTo(255);
        return at(page.mended(), true, 100).from;
    };
    EXPECT_EQ(first(80, 3), kLeft);
    EXPECT_EQ(first(40, 3), 340) << "a dash";
    EXPECT_EQ(first(80, 12), 340) << "specks";
}

// Found on a fax, where the last line of a cell stood close to its lower hairline.
TEST(WornFrames, WritingMayStandCloseToDenseCrumbs) {
    const auto first = [](int every, bool below) {
        Page page = with_rows({140, 180, 220});
        page.across(100, 300, 800);
        page.crumbs(100, 104, 300, every);
        for (int x = 110; x < 260; x += 40) page.faint(cv::Rect(x, 92, 12, 4)).setTo(255);
        if (below) page.faint(cv::Rect(110, 105, 60, 3)).setTo(255);
        return at(page.mended(), true, 100).from;
    };
    EXPECT_EQ(first(7, false), kLeft);
    EXPECT_EQ(first(14, false), 300) << "not dense";
    EXPECT_EQ(first(7, true), 300) << "writing on both sides";
}

// Found on a fax: nothing was left of a corner.
TEST(WornFrames, AHorizontalThatBreaksOffBeforeASideGoesOnToIt) {
    const auto first = [](double from, bool dot, double vertical = 400) {
        Page page = with_rows({140, 180, 220});
        page.across(100, from, 800);
        page.down(vertical, vertical < 800 ? 100 : 140, 220);
        if (dot) page.faint(cv::Rect(108, 96, 8, 8)).setTo(255);
        return at(page.mended(), true, 100).from;
    };
    EXPECT_EQ(first(125, false), kLeft);
    EXPECT_EQ(first(125, true), 125) << "something is in the way";
    EXPECT_EQ(first(140, false), 140) << "too far";
    EXPECT_EQ(first(125, false, 850), 125) << "a line of its own above a table";
}

// Found on a fax: of a header that a page's end tore, crumbs alone were left of both outer hairlines.
TEST(WornFrames, AHorizontalOfCrumbsAloneIsDrawnWhereAVerticalEnds) {
    const auto page = [](int crumbs_to, double vertical_from) {
        Page worn = with_rows({100, 140});
        worn.across(220, 400, 800);
        worn.down(400, vertical_from, 260);
        worn.crumbs(180, 104, crumbs_to, 30);
        worn.write(120, 196, 5);
        return worn;
    };
    const Ruling drawn = at(page(800, 180).mended(), true, 180);
    EXPECT_NEAR(drawn.from, kLeft, 1);
    EXPECT_NEAR(drawn.to, kRight, 1);
    EXPECT_EQ(at(page(550, 180).mended(), true, 180).length(), 0) << "not from side to side";
    EXPECT_EQ(at(page(800, 200).mended(), true, 180).length(), 0) << "no vertical ends there";
}

// Found on a fax: of the first hairline of a header that the page's end tore one piece was long enough to be found.
TEST(WornFrames, AShortPieceOfAHorizontalIsAPartOfIt) {
    const auto at_row = [](int crumbs_to) {
        Page worn = with_rows({100, 140});
        worn.across(220, 400, 800);
        worn.across(180, 400, 450);
        worn.down(400, 180, 260);
        worn.crumbs(180, 104, crumbs_to, 30);
        return worn.mended();
    };
    const std::vector<Ruling> mended = at_row(800);
    EXPECT_NEAR(at(mended, true, 180).length(), kRight - kLeft, 2);
    EXPECT_EQ(std::ranges::count_if(mended, [](const Ruling& r) { return r.horizontal && r.at == 180; }), 1);
    EXPECT_EQ(at(at_row(400), true, 180).length(), 50) << "and else stays as it is";
    Page merged = with_rows({100, 140, 220});
    merged.across(180, 400, 460);
    merged.down(400, 180, 220);
    for (const int x : {430, 460}) merged.down(x, 140, 220);
    merged.crumbs(180, 104, 800, 30);
    EXPECT_EQ(at(merged.mended(), true, 180).length(), 60) << "from one vertical to another it is whole";
}

// Found on a fax: the last column of such a header, whose lower hairline ends before it, was outside.
TEST(WornFrames, AHorizontalOfCrumbsGoesToTheFarthestSide) {
    Page page = with_rows({100, 140});
    page.across(220, kLeft, 700);
    page.down(400, 180, 220);
    page.crumbs(180, 104, 800, 30);
    EXPECT_NEAR(at(page.mended(), true, 180).to, kRight, 1);
}

// Found on a fax: of a row's lower hairline a few crumbs were left in the middle of its last cell.
TEST(WornFrames, AFewCrumbsAreEnoughBetweenPieces) {
    const auto last = [](double beyond, const std::vector<int>& crumbs, bool between_verticals = false) {
        Page page = with_rows({140, 180, 220});
        for (const double x : {560.0, beyond})
            if (between_verticals) page.down(x, 100, 220);
        page.across(100, 100, 560);
        page.across(100, beyond, 800);
        for (const int x : crumbs) page.faint(cv::Rect(x, 100, 1, 1)).setTo(255);
        double to = 0;
        for (const Ruling& r : page.mended())
            if (r.horizontal && r.at == 100 && r.from == 100) to = std::max(to, r.to);
        return to;
    };
    EXPECT_EQ(last(740, {590, 680}), 800);
    EXPECT_EQ(last(740, {590}), 560) << "in one quarter";
    EXPECT_EQ(last(740, {590, 680}, true), 560) << "a cell that goes on";
    EXPECT_EQ(last(660, {}), 800) << "a shorter gap";
}

// Found on a fax: nothing was left of the corner of a header that a page's end tore, but dots of its outer hairline.
TEST(WornFrames, CrumbsLeadToALostCornerWhereDotsOfTheSideAreLeft) {
    const auto first = [](int dots_at, int last_crumb, bool held = true, int every = 7) {
        Page page = with_rows({140, 180, 220});
        page.across(100, 230, 800);
        if (held) page.down(600, 100, 220);
        page.crumbs(100, last_crumb, 230, 40);
        for (int y = 104; y < 150; y += every) page.faint(cv::Rect(dots_at, y, 1, 1)).setTo(255);
        return at(page.mended(), true, 100).from;
    };
    EXPECT_EQ(first(100, 160), kLeft);
    EXPECT_EQ(first(125, 160), 230) << "dots elsewhere";
    EXPECT_EQ(first(100, 185), kLeft);
    EXPECT_EQ(first(100, 195), 230) << "farther off";
    EXPECT_EQ(first(100, 185, true, 1), 230) << "where the side is whole a column may be as narrow";
    EXPECT_EQ(first(100, 160, false), 230) << "of no table";
}

// Found on a fax: below a header a vertical ended where its horizontal had broken off; the first cell of the table went
// on into the header.
TEST(WornFrames, AVerticalThatEndsOnTheWayTellsOfAHorizontal) {
    const std::vector<int> dots = {130, 190};
    const auto drawn = [](double ends_at, const std::vector<int>& crumbs, double height = 400, double side = 100) {
        Page page = with_rows({700});
        page.across(200, 340);
        for (const double x : {side, 340.0}) page.down(x, 100, 700);
        page.down(220, ends_at, ends_at + height);
        for (const int x : crumbs) page.faint(cv::Rect(x, 200, 2, 1)).setTo(255);
        return page;
    };
    const auto from = [](const Page& page) { return at(page.mended(), true, 200).from; };
    EXPECT_EQ(from(drawn(200, dots)), 100) << "though the side's own horizontals are far";
    EXPECT_EQ(from(drawn(200, {})), 340) << "of the way to the side nothing is left";
    EXPECT_EQ(from(drawn(200, {250, 310})), 340) << "nor beyond the vertical";
    EXPECT_EQ(from(drawn(215, dots)), 340) << "ends elsewhere";
    EXPECT_EQ(from(drawn(200, dots, 100)), 340) << "a stroke of writing";
    EXPECT_EQ(from(drawn(200, dots, 400, 60)), 340) << "no vertical at the side of the others";
    Page across = drawn(200, dots);
    across.rulings.push_back({true, 206, 180, 260, 1, 80});
    EXPECT_EQ(from(across), 340) << "ends at another";
    Page written = drawn(200, dots);
    written.write(240, 190, 3);
    EXPECT_EQ(from(written), 340);
    Page specked = drawn(200, dots);
    for (int i = 0; i < 60; ++i) specked.faint(cv::Rect(104 + (i * 37) % 230, 182 + (i * 11) % 36, 2, 1)).setTo(255);
    EXPECT_EQ(from(specked), 340) << "specks";
}

TEST(WornFrames, WithoutCrumbsItEndsWhereItEnds) {
    Page blank = with_rows({140, 180, 220});
    blank.across(100, 300, 600);
    Page far_between = blank, writing = blank, specks = blank, stroke = blank;
    stroke.faint(cv::Rect(160, 100, 36, 2)).setTo(255);  // of 三
    far_between.crumbs(100, 104, 110, 30);
    far_between.crumbs(100, 250, 300, 30);
    writing.write(110, 90, 9);
    cv::RNG random(1);
    for (int i = 0; i < 6000; ++i) specks.faint.at<std::uint8_t>(random.uniform(0, 800), random.uniform(0, 900)) = 255;
    Page other_piece = blank;
    other_piece.across(100, 160, 290);
    EXPECT_EQ(at(other_piece.mended(), true, 100).from, 300) << "its own ink is no crumb";
    for (const Page& page : {blank, far_between, writing, specks, stroke})
        EXPECT_EQ(at(page.mended(), true, 100).from, 300);
}

// Found on a skewed scan: a stroke of 三 in a column as narrow as itself led a row across it.
TEST(WornFrames, FromAnotherAcrossCrumbsLieEverywhere) {
    Page page = with_rows({60, 140, 180, 220});
    page.across(100, 184);
    page.down(184, 60, 140);
    Page stroke = page;
    stroke.faint(cv::Rect(130, 100, 24, 2)).setTo(255);
    EXPECT_EQ(at(stroke.mended(), true, 100).from, 184);
    page.crumbs(100, 104, 170, 12);
    EXPECT_NEAR(at(page.mended(), true, 100).from, kLeft, 1);
}

TEST(WornFrames, APageWithoutATable) {
    Page page;
    EXPECT_TRUE(page.mended().empty());
    page.across(100);
    page.down(300, 20, 200);
    EXPECT_EQ(page.mended().size(), 2u);
}

}  // namespace
}  // namespace biaod::layout::worn
