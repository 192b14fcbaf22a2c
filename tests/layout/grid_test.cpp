#include "layout/tables/grid.hpp"

#include <gtest/gtest.h>

#include <random>

#include "tests/layout/support.hpp"

namespace biaod::layout {
namespace {

constexpr double kUnit = 20;

Ruling h(double y, double x0, double x1) { return {true, y, x0, x1, 2, x1 - x0}; }
Ruling v(double x, double y0, double y1) { return {false, x, y0, y1, 2, y1 - y0}; }

std::vector<Ruling> frame(double x0, double y0, double x1, double y1) {
    return {h(y0, x0, x1), h(y1, x0, x1), v(x0, y0, y1), v(x1, y0, y1)};
}

TEST(Grid, SpansFollowFromMissingPieces) {
    auto rulings = frame(0, 0, 300, 120);
    rulings.push_back(h(40, 0, 300));
    rulings.push_back(h(80, 100, 300));  // the first column spans rows 1 and 2
    rulings.push_back(v(100, 0, 120));
    rulings.push_back(v(200, 40, 120));  // the first row's second cell spans two columns
    const auto grids = find_grids(rulings, kUnit);
    ASSERT_EQ(grids.size(), 1u);
    const std::vector<GridCell> expected = {{0, 0, 1, 1}, {0, 1, 1, 2}, {1, 0, 2, 1}, {1, 1, 1, 1},
                                            {1, 2, 1, 1}, {2, 1, 1, 1}, {2, 2, 1, 1}};
    EXPECT_EQ(grids[0].cells, expected);
    tests::expect_tiling(grids[0].cells, 3, 3);
}

TEST(Grid, AnOpenBottomIsClosedWhereTheRulingsEnd) {
    std::vector<Ruling> rulings = {h(0, 0, 300), h(40, 0, 300), v(0, 0, 90), v(150, 0, 90), v(300, 0, 90)};
    const auto grids = find_grids(rulings, kUnit);
    ASSERT_EQ(grids.size(), 1u);
    EXPECT_TRUE(grids[0].open_bottom);
    EXPECT_FALSE(grids[0].open_top);
    EXPECT_EQ(grids[0].rows(), 2);
    EXPECT_DOUBLE_EQ(grids[0].row_edges.back(), 90);
}

// Found on scans of tables without outer verticals: strokes of a heading stood on the first ruling.
TEST(Grid, StrokesThatStandOnATableDoNotOpenIt) {
    for (const double inside : {41, 80}) {
        std::vector<Ruling> rulings = {h(40, 0, 300), h(80, 0, 300), v(0, 40, 80), v(150, 40, 80), v(300, 40, 80)};
        for (const double x : {60, 100}) rulings.push_back(v(x, 12, inside));
        const auto grids = find_grids(rulings, kUnit);
        ASSERT_EQ(grids.size(), 1u);
        EXPECT_EQ(grids[0].open_top, inside == 80) << "rulings go on inside";
        EXPECT_EQ(grids[0].rows(), inside == 80 ? 2 : 1);
    }
}

// Found on a fax: a first column that went on over all of a page had its side, but for the side's ends.
TEST(Grid, TheSideOfAnOpenColumnMayHaveLostItsEnds) {
    for (const double lost : {0, 45, 70}) {
        std::vector<Ruling> rulings = {v(0, lost, 400 - lost), v(60, 0, 400), v(300, 0, 400)};
        for (const double y : {0, 100, 200, 300, 400}) rulings.push_back(h(y, 60, 300));
        const auto grids = find_grids(rulings, kUnit);
        ASSERT_EQ(grids.size(), 1u);
        EXPECT_EQ(grids[0].cols(), lost > 50 ? 1 : 2) << lost;
    }
}

// Found on a fax: of a table's last two rows the horizontal between them was left, and the inner verticals.
TEST(Grid, OneHorizontalReachesOverTheOuterColumns) {
    const std::vector<Ruling> rulings = {h(40, 0, 300), v(60, 0, 80), v(120, 0, 80), v(180, 0, 80), v(240, 0, 80)};
    const auto grids = find_grids(rulings, kUnit);
    ASSERT_EQ(grids.size(), 1u);
    EXPECT_EQ(grids[0].rows(), 2);
    EXPECT_EQ(grids[0].cols(), 5);
}

// Found on a photographed page: 开 in the heading stood on a column's ruling, and the heading was a row.
TEST(Grid, AStrokeOfTheHeadingAboveIsNoRow) {
    auto rulings = frame(0, 100, 600, 300);
    rulings.push_back(h(200, 0, 600));
    rulings.push_back(v(300, 60, 300));
    rulings.push_back(h(66, 285, 335));
    const auto grids = find_grids(rulings, kUnit);
    ASSERT_EQ(grids.size(), 1u);
    EXPECT_EQ(grids[0].rows(), 2);
    EXPECT_DOUBLE_EQ(grids[0].row_edges.front(), 100);
    // Another stroke of the same character does not reach the table.
    rulings.push_back(v(320, 60, 80));
    EXPECT_EQ(find_grids(rulings, kUnit)[0].rows(), 2);
    rulings.pop_back();
    // What is left of a hairline: more verticals go on to it.
    rulings[2] = v(0, 66, 300);
    EXPECT_EQ(find_grids(rulings, kUnit)[0].rows(), 3);
}

TEST(Grid, OpenSidesAreClosed) {
    std::vector<Ruling> rulings = {h(0, 0, 300), h(40, 0, 300), h(80, 0, 300), v(100, 0, 80), v(200, 0, 80)};
    const auto grids = find_grids(rulings, kUnit);
    ASSERT_EQ(grids.size(), 1u);
    EXPECT_EQ(grids[0].cols(), 3);
    EXPECT_EQ(grids[0].cells.size(), 6u);
}

TEST(Grid, ADoubleRulingIsOneEdge) {
    auto rulings = frame(0, 0, 300, 80);
    rulings.push_back(h(40, 0, 300));
    rulings.push_back(h(45, 0, 300));
    rulings.push_back(v(150, 0, 80));
    const auto grids = find_grids(rulings, kUnit);
    ASSERT_EQ(grids.size(), 1u);
    EXPECT_EQ(grids[0].rows(), 2);
}

TEST(Grid, APieceThatCoversLessThanSeventyPerCentSeparatesNothing) {
    for (const double covered : {0.6, 0.8}) {
        auto rulings = frame(0, 0, 300, 80);
        rulings.push_back(v(150, 0, 80));
        rulings.push_back(h(40, 0, 150));
        rulings.push_back(h(40, 150, 150 + 150 * covered));
        const auto grids = find_grids(rulings, kUnit);
        ASSERT_EQ(grids.size(), 1u);
        EXPECT_EQ(grids[0].cells.size(), covered > 0.7 ? 4u : 3u);
    }
}

TEST(Grid, SmallClosedShapesAreNoTables) {
    auto rulings = frame(0, 0, 60, 60);  // a large 口
    rulings.push_back(h(30, 0, 60));
    EXPECT_TRUE(find_grids(rulings, kUnit).empty());
}

TEST(Grid, TwoTablesOnAPageStayTwo) {
    auto rulings = frame(0, 0, 300, 80);
    rulings.push_back(v(150, 0, 80));
    for (const Ruling& r : frame(0, 200, 300, 280)) rulings.push_back(r);
    rulings.push_back(v(100, 200, 280));
    const auto grids = find_grids(rulings, kUnit);
    ASSERT_EQ(grids.size(), 2u);
    EXPECT_LT(grids[0].row_edges.back(), grids[1].row_edges.front());
}

// A random grid with spans, drawn as rulings with jitter and gaps, comes back cell by cell.
TEST(Grid, RandomGridsComeBack) {
    for (unsigned seed = 0; seed < 300; ++seed) {
        std::mt19937 random(seed);
        auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
        auto jitter = [&] { return (below(101) - 50) / 50.0 * 0.08 * kUnit; };
        const int rows = 2 + below(8), cols = 2 + below(7);
        std::vector<int> owner(static_cast<std::size_t>(rows * cols), -1);
        std::vector<GridCell> cells;
        for (int r = 0; r < rows; ++r)
            for (int c = 0; c < cols; ++c) {
                auto at = [&](int y, int x) -> int& { return owner[static_cast<std::size_t>(y * cols + x)]; };
                if (at(r, c) >= 0) continue;
                int rs = below(4) == 0 ? 1 + below(std::min(3, rows - r)) : 1;
                int cs = below(4) == 0 ? 1 + below(std::min(3, cols - c)) : 1;
                for (int k = c; k < c + cs; ++k)
                    if (at(r, k) >= 0) cs = k - c;
                const int id = static_cast<int>(cells.size());
                for (int y = r; y < r + rs; ++y)
                    for (int x = c; x < c + cs; ++x) at(y, x) = id;
                cells.push_back({r, c, rs, cs});
            }
        std::vector<double> ys{50}, xs{40};
        for (int r = 0; r < rows; ++r) ys.push_back(ys.back() + kUnit * (1.5 + below(30) / 10.0));
        for (int c = 0; c < cols; ++c) xs.push_back(xs.back() + kUnit * (3 + below(50) / 10.0));
        // An edge that no cell boundary uses cannot be seen: such grids are skipped.
        auto differ = [&](int r1, int c1, int r2, int c2) {
            return owner[static_cast<std::size_t>(r1 * cols + c1)] != owner[static_cast<std::size_t>(r2 * cols + c2)];
        };
        std::vector<Ruling> rulings = frame(xs.front(), ys.front(), xs.back(), ys.back());
        bool visible = true;
        // Pieces that follow each other are one ruling, as find_rulings() joins them.
        auto draw = [&](int edges, int places, auto&& separated, auto&& ruling) {
            for (int e = 1; e < edges; ++e) {
                bool any = false;
                for (int from = 0; from < places; ++from) {
                    if (!separated(e, from)) continue;
                    int to = from;
                    while (to < places && separated(e, to)) ++to;
                    ruling(e, from, to);
                    any = true;
                    from = to;
                }
                visible = visible && any;
            }
        };
        auto x_at = [&](int i) { return xs[static_cast<std::size_t>(i)]; };
        auto y_at = [&](int i) { return ys[static_cast<std::size_t>(i)]; };
        draw(
            rows, cols, [&](int r, int c) { return differ(r - 1, c, r, c); },
            [&](int r, int from, int to) {
                const double gap = 0.1 * (x_at(from + 1) - x_at(from)) * below(2);
                rulings.push_back(h(y_at(r) + jitter(), x_at(from) + gap, x_at(to)));
            });
        draw(
            cols, rows, [&](int c, int r) { return differ(r, c - 1, r, c); },
            [&](int c, int from, int to) { rulings.push_back(v(x_at(c) + jitter(), y_at(from), y_at(to))); });
        if (!visible || xs.back() - xs.front() < 8 * kUnit) continue;  // smaller shapes are no tables
        const auto grids = find_grids(rulings, kUnit);
        ASSERT_EQ(grids.size(), 1u) << "seed " << seed;
        EXPECT_EQ(grids[0].cells, cells) << "seed " << seed;
        tests::expect_tiling(grids[0].cells, rows, cols);
    }
}

}  // namespace
}  // namespace biaod::layout
