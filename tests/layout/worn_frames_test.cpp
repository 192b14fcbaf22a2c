#include "layout/rulings/worn_frames.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kUnit = 20;
constexpr double kLeft = 100, kRight = 800;

// A table of rows 40 px high, whose horizontals run from side to side but where it is said otherwise.
struct Page {
    cv::Mat faint = cv::Mat::zeros(800, 900, CV_8UC1);
    std::vector<Ruling> rulings;

    void across(double y, double from = kLeft, double to = kRight) {
        rulings.push_back({true, y, from, to, 1, to - from});
        cv::line(faint, cv::Point2d(from, y), cv::Point2d(to, y), 255);
    }
    void down(double x, double from, double to) {
        rulings.push_back({false, x, from, to, 1, to - from});
        cv::line(faint, cv::Point2d(x, from), cv::Point2d(x, to), 255);
    }
    void crumbs(int y, int from, int to, int every) {
        for (int x = from; x < to; x += every) faint(cv::Rect(x, y, 4, 1)).setTo(255);
    }
    void write(int x, int y, int characters) {
        for (int i = 0; i < characters; ++i) cv::rectangle(faint, {x + 20 * i, y, 16, 20}, 255, 3);
    }
    std::vector<Ruling> mended() const {
        std::vector<Ruling> all = rulings;
        mend_worn_frames(all, faint, kUnit);
        return all;
    }
};

Ruling at(const std::vector<Ruling>& rulings, bool horizontal, double place) {
    const auto found = std::ranges::find_if(
        rulings, [&](const Ruling& r) { return r.horizontal == horizontal && std::abs(r.at - place) < 3; });
    return found == rulings.end() ? Ruling{horizontal, 0, 0, 0, 0, 0} : *found;
}

// Each piece as "from-to", in order.
std::vector<std::pair<double, double>> pieces_at(const std::vector<Ruling>& rulings, double x) {
    std::vector<std::pair<double, double>> out;
    for (const Ruling& r : rulings)
        if (!r.horizontal && std::abs(r.at - x) < 3) out.emplace_back(r.from, r.to);
    std::ranges::sort(out);
    return out;
}

using Pieces = std::vector<std::pair<double, double>>;

Page with_rows(const std::vector<double>& rows) {
    Page page;
    for (const double y : rows) page.across(y);
    return page;
}

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

TEST(WornFrames, PiecesOfASideAreOne) {
    Page page = with_rows({100, 140, 220, 260});
    page.down(kLeft, 104, 118);
    page.down(kLeft, 165, 205);
    const std::vector<Ruling> all = page.mended();
    EXPECT_EQ(pieces_at(all, kLeft), (Pieces{{100, 220}})) << "over one row's end, and out to the next";
    EXPECT_EQ(at(all, false, kLeft).inked, 54);
}

// A tall cell's side has no horizontal for many rows.
TEST(WornFrames, AnotherVerticalHoldsALongGap) {
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

TEST(WornFrames, AVerticalOfAnotherTableHoldsNone) {
    Page page = with_rows({100, 140, 420, 460});
    page.down(kLeft, 100, 180);
    page.down(kLeft, 400, 460);
    page.down(850, 100, 460);
    EXPECT_EQ(pieces_at(page.mended(), kLeft).size(), 2u);
}

// Between them stands a heading.
TEST(WornFrames, SidesOfTwoTablesStayTwo) {
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

TEST(WornFrames, WhereAHorizontalPassesIsNoSide) {
    Page page = with_rows({100, 260, 300});
    page.across(180, 40, kRight);
    page.down(kLeft, 110, 160);
    page.down(kLeft, 200, 250);
    EXPECT_EQ(pieces_at(page.mended(), kLeft).size(), 2u);
}

// Found on faxes: of a table's left side two pieces were found, and its cells began at the next vertical, or at the
// broken end of the last row's horizontal.
TEST(WornFrames, AVerticalThatBreaksOffFollowsCrumbsAlongAnother) {
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

TEST(WornFrames, AVerticalEndsAtAHorizontalThatIsMended) {
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

TEST(WornFrames, TheStrokesOfADoubleSideStayTwo) {
    Page page = with_rows({100, 140, 180, 220});
    for (const double x : {kLeft, kLeft + 6}) page.down(x, 100, 220);
    const std::vector<Ruling> all = page.mended();
    EXPECT_EQ(pieces_at(all, kLeft).size(), 1u);
    EXPECT_EQ(pieces_at(all, kLeft + 6).size(), 1u);
}

TEST(WornFrames, APageWithoutATable) {
    Page page;
    EXPECT_TRUE(page.mended().empty());
    page.across(100);
    page.down(300, 20, 200);
    EXPECT_EQ(page.mended().size(), 2u);
}

}  // namespace
}  // namespace biaod::layout
