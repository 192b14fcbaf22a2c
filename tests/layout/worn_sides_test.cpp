// The verticals of worn tables, above all their sides.
#include <gtest/gtest.h>

#include <vector>

#include "tests/layout/worn_pages.hpp"

namespace biaod::layout::worn {
namespace {

TEST(WornSides, PiecesOfASideAreOne) {
    Page page = with_rows({100, 140, 220, 260});
    page.down(kLeft, 104, 118);
    page.down(kLeft, 165, 205);
    const std::vector<Ruling> all = page.mended();
    EXPECT_EQ(pieces_at(all, kLeft), (Pieces{{100, 220}})) << "over one row's end, and out to the next";
    EXPECT_EQ(at(all, false, kLeft).inked, 54);
}

// A tall cell's side has no horizontal for many rows.
TEST(WornSides, AnotherVerticalHoldsALongGap) {
    Page page = with_rows({100, 140, 420, 460});
    page.down(kLeft, 100, 180);
    page.down(kLeft, 400, 460);
    EXPECT_EQ(pieces_at(page.mended(), kLeft).size(), 2u);
    page.down(150, 100, 460);
    EXPECT_EQ(pieces_at(page.mended(), kLeft), (Pieces{{100, 460}}));
    // Found on a fax: the first inner vertical went up through a header's first cell, beside a horizontal that began
    // there by chance.
    page.write(static_cast<int>(kLeft) - 8, 280, 1);
    EXPECT_EQ(pieces_at(page.mended(), kLeft).size(), 2u) << "writing stands on its way";
}

TEST(WornSides, AVerticalOfAnotherTableHoldsNone) {
    Page page = with_rows({100, 140, 420, 460});
    page.down(kLeft, 100, 180);
    page.down(kLeft, 400, 460);
    page.down(850, 100, 460);
    EXPECT_EQ(pieces_at(page.mended(), kLeft).size(), 2u);
}

// Between them stands a heading.
TEST(WornSides, SidesOfTwoTablesStayTwo) {
    Page page = with_rows({100, 140, 180, 240, 280, 320});
    page.down(kLeft, 100, 180);
    page.down(kLeft, 240, 320);
    page.down(kLeft + 300, 100, 180);
    page.down(kLeft + 300, 240, 320);
    page.write(static_cast<int>(kLeft) + 20, 198, 9);
    EXPECT_EQ(pieces_at(page.mended(), kLeft), (Pieces{{100, 180}, {240, 320}}));
    page.down(kLeft + 500, 182, 238);
    EXPECT_EQ(pieces_at(page.mended(), kLeft).size(), 2u) << "also with a stroke between them";
}

TEST(WornSides, WhereAHorizontalPassesIsNoSide) {
    Page page = with_rows({100, 260, 300});
    page.across(180, 40, kRight);
    page.down(kLeft, 110, 160);
    page.down(kLeft, 200, 250);
    EXPECT_EQ(pieces_at(page.mended(), kLeft).size(), 2u);
}

// Found on faxes: of a table's left side two pieces were found, and its cells began at the next vertical, or at the
// broken end of the last row's horizontal.
TEST(WornSides, AVerticalThatBreaksOffFollowsCrumbsAlongAnother) {
    struct Case {
        int every = 16;                           // px, of the crumbs
        std::vector<double> beside = {180, 800};  // verticals of the table
        double beside_to = 700;
        double rows_from = 180;
        bool anchored = false;
        bool another = false;  // table reaches down to 700
    };
    const auto side = [](const Case& c) {
        Page page;
        for (const double y : {100.0, c.beside_to}) page.across(y, c.rows_from);
        page.down(100, 300, 500);
        for (const double x : c.beside) page.down(x, 100, c.beside_to);
        for (int y = 100; y < 300; y += c.every) page.faint(cv::Rect(100, y, 1, 4)).setTo(255);
        for (int y = 504; y < 700; y += c.every) page.faint(cv::Rect(100, y, 1, 4)).setTo(255);
        if (c.anchored) page.across(300, 100, 180);
        if (c.another)
            for (const double x : {460, 560}) page.down(x, 560, 700);
        if (c.another)
            for (const double y : {560, 700}) page.across(y, 460, 560);
        return pieces_at(page.mended(), 100);
    };
    EXPECT_EQ(side({}), Pieces({{100, 700}}));
    EXPECT_EQ(side({.beside = {800}}), Pieces({{100, 700}})) << "of a wide column";
    EXPECT_EQ(side({.every = 300}), Pieces({{300, 500}})) << "specks";
    EXPECT_EQ(side({.beside_to = 500}), Pieces({{100, 500}})) << "the table's others end there";
    EXPECT_EQ(side({.beside_to = 500, .another = true}), Pieces({{100, 500}})) << "but for another table's";
    EXPECT_EQ(side({.rows_from = 250}), Pieces({{300, 500}})) << "no row of it begins near";
    EXPECT_EQ(side({.anchored = true}), Pieces({{300, 700}})) << "begins where a row does";
}

TEST(WornSides, AVerticalEndsAtAHorizontalThatIsMended) {
    Page page = with_rows({100, 700});
    for (const double x : {100, 800}) page.down(x, 100, 700);
    page.across(175, 100, 340);
    page.across(175, 560, 800);
    page.crumbs(175, 340, 560, 16);
    page.down(450, 175, 700);
    page.faint(cv::Rect(450, 135, 2, 7)).setTo(255);
    EXPECT_EQ(pieces_at(page.mended(), 450), Pieces({{175, 700}})) << "not at a speck";
    Page lost = with_rows({100, 700});
    for (const double x : {100, 800}) lost.down(x, 100, 700);
    lost.down(450, 175, 700);
    lost.faint(cv::Rect(450, 150, 2, 8)).setTo(255);
    EXPECT_EQ(pieces_at(lost.mended(), 450), Pieces({{175, 700}})) << "nor where the horizontal is lost";
}

TEST(WornSides, TheStrokesOfADoubleSideStayTwo) {
    Page page = with_rows({100, 140, 180, 220});
    for (const double x : {kLeft, kLeft + 6}) page.down(x, 100, 220);
    const std::vector<Ruling> all = page.mended();
    EXPECT_EQ(pieces_at(all, kLeft).size(), 1u);
    EXPECT_EQ(pieces_at(all, kLeft + 6).size(), 1u);
}

// Found in reports of another program.
TEST(WornSides, DoNotGoOnToTheLineBelowAPagesHead) {
    const auto side_from = [](double from) {
        Page page = with_rows({30, 70, 130, 190});
        for (const double x : {kLeft, kRight}) page.down(x, from, 190);
        return pieces_at(page.mended(), kLeft).front().first;
    };
    EXPECT_EQ(side_from(70), 70) << "above a table whose sides end at its first ruling";
    EXPECT_EQ(side_from(58), 30) << "but where they go on";
}

}  // namespace
}  // namespace biaod::layout::worn
