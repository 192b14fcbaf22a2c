// Strokes of characters that look like rulings, as reports of another program showed them: writing that stands on
// rulings or fills its row, and bold headings close to a table.
#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "layout/ink_pieces.hpp"
#include "layout/rulings/rulings.hpp"
#include "layout/rulings/words_in_rows.hpp"

namespace biaod::layout {
namespace {

constexpr double kUnit = 30;

std::vector<Ruling> found_in(const cv::Mat& ink) {
    const InkPieces pieces(ink);
    std::vector<Ruling> found = find_rulings(find_ruling_runs(pieces.without_writing(ink, kUnit), kUnit), ink, kUnit);
    part_at_words(found, ink, kUnit);
    return found;
}

// Three rows, 60 px high but for the one in the middle; it has no ruling at `x`, as the others.
struct Page {
    cv::Mat ink = cv::Mat::zeros(500, 1000, CV_8UC1);
    static constexpr int x = 500, top = 160;
    const int bottom;

    explicit Page(int height = 60) : bottom(top + height) {
        for (const int y : {100, top, bottom, bottom + 60}) across(y, 100, 900);
        for (const int at : {100, 900}) down(at, 100, bottom + 60);
        for (const int y : {100, bottom}) down(x, y, y + 60);
    }
    void across(int y, int from, int to) { cv::line(ink, {from, y}, {to, y}, 255, 3); }
    void down(int at, int from, int to) { cv::line(ink, {at, from}, {at, to}, 255, 3); }
    // A character around `x`, or two beside it that keep clear of it, and its upright.
    void write(int from, int to, bool touching) {
        down(x, from, to);
        for (int y = from + 4; y < to; y += 5) {
            across(y, x - 14, touching ? x : x - 8);
            across(y, touching ? x : x + 8, x + 14);
        }
        for (const int side : {-40, 24}) cv::rectangle(ink, {x + side, from, 16, to - from}, 255, 3);
    }
    // How much of a row is ruled at `x`; of the middle one.
    double ruled(int from, int to) const {
        double length = 0;
        for (const Ruling& r : found_in(ink))
            if (!r.horizontal && std::abs(r.at - x) < 5)
                length += std::max(0.0, std::min<double>(r.to, to) - std::max<double>(r.from, from));
        return length;
    }
    double ruled() const { return ruled(top, bottom); }
};

TEST(Strokes, InLineWithAColumnBelongToTheCharacter) {
    Page word;
    word.write(Page::top + 12, word.bottom - 2, true);
    EXPECT_LT(word.ruled(), 5);
    Page high;
    high.write(Page::top + 2, high.bottom - 12, true);
    EXPECT_LT(high.ruled(), 5) << "hanging from the ruling above";
}

// A character that stands on the ruling below with another stroke; this one is in line with the row above.
TEST(Strokes, NearTheRulingAboveDoNotHangFromIt) {
    struct Row {
        int height, gap;  // the gap bridged, as of a worn ruling, or not
    };
    for (const auto& [height, gap] : {Row{80, 6}, Row{100, 10}}) {
        Page page(height);
        page.write(Page::top + gap, Page::top + gap + 34, true);
        page.down(Page::x + 14, Page::top + 30, page.bottom);
        EXPECT_LT(page.ruled(), 10) << gap << " px below it";
        EXPECT_GT(page.ruled(100, Page::top), 55) << "the row above stays as it was";
    }
}

TEST(Strokes, ARulingThatWasWornStaysBesideWriting) {
    Page worn;
    worn.write(Page::top + 12, worn.bottom - 2, false);
    EXPECT_GT(worn.ruled(), 55) << "which keeps clear of it";
    Page whole;
    whole.write(Page::top, whole.bottom, false);
    EXPECT_GT(whole.ruled(), 55);
}

// A row of characters that stands on a ruling, and one that hangs below it, as close; also where the table's right side
// is open.
TEST(Strokes, ALongRulingBetweenWritingThatKeepsClearOfItIsOne) {
    struct Writing {
        int from, to;    // of the line
        int off;         // of the characters' middles from it
        bool open, one;  // whether the right side is, and whether the line is a ruling
    };
    for (const auto& [from, to, off, open, one] : {Writing{100, 900, 16, false, true},
                                                   {130, 870, 16, false, false},
                                                   {100, 900, 19, true, true},
                                                   {100, 870, 19, true, false}}) {
        Page page;
        const int y = 190;
        page.across(y, from, to);
        for (int x = 140; x < 860; x += 30)
            for (const int middle : {y - off, y + off})
                if (std::abs(x - Page::x) > 20) cv::ellipse(page.ink, {x, middle}, {13, 10}, 0, 0, 360, 255, 3);
        if (open)
            for (const int row : {102, Page::top + 2, page.bottom + 2}) page.ink(cv::Rect(898, row, 5, 57)).setTo(0);
        const auto rulings = found_in(page.ink);
        EXPECT_EQ(std::ranges::any_of(rulings, [&](const Ruling& r) { return r.horizontal && std::abs(r.at - y) < 3; }),
                  one)
            << from << " to " << to << ", " << off << " px: a line below words ends before the table's sides";
    }
}

// Of three characters that touch, 1.7 as high as the table's, half of the box is ink.
TEST(Strokes, OfBoldHeadingsAreNoPiecesOfRulings) {
    cv::Mat ink = cv::Mat::zeros(300, 900, CV_8UC1);
    for (int i = 0; i < 3; ++i) {
        cv::rectangle(ink, {100 + 52 * i, 100, 52, 52}, 255, 9);
        cv::line(ink, {100 + 52 * i, 126}, {140 + 52 * i, 126}, 255, 7);
        cv::line(ink, {126 + 52 * i, 100}, {126 + 52 * i, 140}, 255, 7);
    }
    ink(cv::Rect(120, 90, 12, 20)).setTo(0);  // no stroke goes on over all of them
    ink(cv::Rect(180, 140, 12, 20)).setTo(0);
    ink(cv::Rect(200, 120, 8, 12)).setTo(0);
    for (const int x : {150, 204}) ink(cv::Rect(x, 92, 6, 20)).setTo(0), ink(cv::Rect(x, 142, 6, 16)).setTo(0);
    const InkPieces heading(ink);
    EXPECT_EQ(cv::countNonZero(heading.without_writing(ink, kUnit)), 0);
    cv::Mat corner = cv::Mat::zeros(300, 900, CV_8UC1);
    cv::line(corner, {100, 100}, {250, 100}, 255, 3);
    cv::line(corner, {175, 100}, {175, 152}, 255, 3);
    const InkPieces piece(corner);
    EXPECT_EQ(cv::countNonZero(piece.without_writing(corner, kUnit)), cv::countNonZero(corner)) << "as large";
}

// A reviewer's report: a bold heading was printed onto the table's first ruling, and its uprights were columns of a row
// that the page's end had cut off.
TEST(Strokes, OfABoldHeadingThatStandsOnATableAreNoColumns) {
    for (const int thickness : {3, 9}) {
        Page page;
        for (const int x : {250, 600, 700}) cv::line(page.ink, {x, 57}, {x, 100}, 255, thickness);
        const auto rulings = found_in(page.ink);
        const auto above = std::ranges::count_if(rulings, [](const Ruling& r) { return !r.horizontal && r.from < 80; });
        EXPECT_EQ(above, thickness == 3 ? 3 : 0);
    }
}

// Writing in a narrow column, in which uprights below each other closed up.
TEST(Strokes, ThatCloseUpBelowEachOtherAreThick) {
    for (const bool writing : {true, false}) {
        Page page;
        const int x = 300;
        cv::rectangle(page.ink, {x - 6, 160, 13, 60}, 255, cv::FILLED);
        if (writing)
            for (int y = 164; y < 216; y += 12) page.across(y, x - 14, x + 14);
        const auto rulings = found_in(page.ink);
        EXPECT_EQ(
            std::ranges::any_of(rulings, [&](const Ruling& r) { return !r.horizontal && std::abs(r.at - x) < 6; }),
            !writing);
    }
}

}  // namespace
}  // namespace biaod::layout
