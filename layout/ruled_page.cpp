#include "layout/ruled_page.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "layout/cleaning/show_through.hpp"
#include "layout/layer_lines.hpp"
#include "layout/rulings/back_rulings.hpp"
#include "layout/rulings/breaks.hpp"
#include "layout/rulings/bridged_rows.hpp"
#include "layout/rulings/creases.hpp"
#include "layout/rulings/dithers.hpp"
#include "layout/rulings/dots.hpp"
#include "layout/rulings/end_columns.hpp"
#include "layout/rulings/fades.hpp"
#include "layout/rulings/fill_edges.hpp"
#include "layout/rulings/hairlines.hpp"
#include "layout/rulings/halftone_rulings.hpp"
#include "layout/rulings/lone_rows.hpp"
#include "layout/rulings/loose_sides.hpp"
#include "layout/rulings/loose_streaks.hpp"
#include "layout/rulings/open_ends.hpp"
#include "layout/rulings/open_sides.hpp"
#include "layout/rulings/page_rulings.hpp"
#include "layout/rulings/pale_lines.hpp"
#include "layout/rulings/sheet_lines.hpp"
#include "layout/rulings/words_in_rows.hpp"
#include "layout/rulings/worn_frames.hpp"

namespace biaod::layout {
namespace {

constexpr double kPrinted = 0.3;        // of a ruling's length
constexpr double kSmallWriting = 0.85;  // of the page's, or of the usual

// Such a sheet may show two pages, at 71 % of their size.
bool is_lying(const CleanedPicture& picture) { return picture.gray.cols > picture.gray.rows; }

double measured_char_height(const InkPieces& pieces, double dpi, cv::Size size) {
    const double measured = pieces.char_height(dpi, cv::Rect({0, 0}, size));
    return measured > 0 ? measured : usual_char_height(dpi);
}

// Draws through what is left of dotted and of pale rulings. A program draws dots, but it does not fade. `pieces` are
// those of `faint`, before and behind.
void mend_hairlines(const cv::Mat& gray, bool scanned, double char_height, cv::Mat& faint, InkPieces& pieces) {
    if (draw_dots_through(faint, char_height)) pieces = InkPieces(faint);
    if (!scanned) return;
    if (follow_hairlines(gray, pieces.pieces(), char_height, faint)) pieces = InkPieces(faint);
    if (draw_dithers_through(faint, pieces.pieces(), char_height)) pieces = InkPieces(faint);
    if (draw_fades_through(faint, pieces.pieces(), char_height)) pieces = InkPieces(faint);
}

// What fading left of a seal or a streak may run straight through a row, or stand beside a heading as another line. The
// strokes of a red seal hold what is printed below them, too.
cv::Mat without_strokes(const cv::Mat& ink, const CleanedPicture& picture) {
    cv::Mat rest = ink;
    if (picture.coloured.empty() && !picture.seals.empty()) rest = rest & ~picture.seals;
    if (!picture.streaks.empty()) rest = rest & ~picture.streaks;
    return rest;
}

std::vector<Ruling> rulings_of(const InkPieces& pieces, const Ink& ink, double char_height, double unit) {
    const RulingRuns runs = find_ruling_runs(pieces.without_writing(ink.faint, char_height), unit);
    return find_rulings(runs, ink.text, unit);
}

// Whether much of a ruling, as its dots, is darker than what is `shown` (255) from the back.
bool is_printed(const Ruling& r, const cv::Mat& shown) {
    const double half = (r.thickness - 1) / 2;
    const cv::Rect box = r.horizontal ? cv::Rect(cv::Point(cvRound(r.from), cvRound(r.at - half)),
                                                 cv::Point(cvRound(r.to) + 1, cvRound(r.at + half) + 1))
                                      : cv::Rect(cv::Point(cvRound(r.at - half), cvRound(r.from)),
                                                 cv::Point(cvRound(r.at + half) + 1, cvRound(r.to) + 1));
    const cv::Mat stroke = shown(box & cv::Rect({0, 0}, shown.size()));
    if (stroke.empty()) return false;
    cv::Mat way;
    cv::reduce(stroke, way, r.horizontal ? 0 : 1, cv::REDUCE_MIN);
    return cv::countNonZero(way == 0) > kPrinted * static_cast<double>(way.total());
}

bool shows_through(const std::vector<Ruling>& rulings, double char_height, const cv::Mat& gray) {
    return rulings.size() <= kMostRulings && show_through_level(gray, rulings, char_height) < 255;
}

// Takes out of the picture and its ink what shows through from the back. Rulings stay, as a hairline may be as pale,
// but not those that are the back's.
bool erase_show_through(std::vector<Ruling> rulings, double char_height, cv::Mat& gray, Ink& ink, cv::Mat& with_back) {
    if (rulings.size() > kMostRulings) return false;
    const int shown = take_back_rulings(rulings, gray, char_height);
    const int level = std::min(shown, show_through_level(gray, rulings, char_height));
    if (level == 255) return false;
    cv::Mat back = gray >= level;
    ink.text.setTo(0, back);
    std::vector<Ruling> stay = surely_ruled(rulings, char_height);
    std::ranges::copy_if(rulings, std::back_inserter(stay), [&](const Ruling& r) { return is_printed(r, back); });
    erase_rulings(stay, back, 0);
    ink.faint.setTo(0, back);
    with_back = gray.clone();
    whiten_from(level, gray);
    return true;
}

// The ink of the page, with the edges of fills, where rulings may lie, drawn in.
Ink ink_of(const CleanedPicture& picture, double char_height) {
    Ink ink = find_ink(picture.gray);
    if (!picture.fill_edges.empty()) {
        // Between two dots of a ruling a fill has an edge, too, and with it they would be no dots any more.
        draw_dots_through(ink.faint, char_height);
        cv::Mat edges = picture.fill_edges.clone();
        drop_loose_edges(ink, char_height, edges);
        ink.faint |= edges;
    }
    const Halftones& halftones = picture.halftones;
    if (!halftones.ink.empty())
        ink.faint |= rulings_in_halftones(halftones.ground, halftones.ink, ink.faint, char_height);
    return ink;
}

// Of the writing in the page's largest table, px; 0 where nothing tells.
double char_height_in_table(const std::vector<Ruling>& found, const RuledPage& page, double dpi) {
    const std::vector<Grid> grids = find_grids(found, page.unit);
    if (grids.empty()) return 0;
    const auto area = [](const Grid& grid) { return grid.bounds().area(); };
    return page.pieces.char_height(dpi, cv::Rect(std::ranges::max_element(grids, {}, area)->bounds()));
}

// The rulings that are seen; what shows through from the back is taken out first.
std::vector<Ruling> seen_rulings(CleanedPicture& picture, const PageContent& content, RuledPage& page) {
    const auto find = [&] { return rulings_of(page.pieces, page.ink, page.char_height, page.unit); };
    std::vector<Ruling> found = find();
    if (is_lying(picture)) {
        const double own = char_height_in_table(found, page, content.dpi);
        if (own > 0 && own < kSmallWriting * page.unit) {
            page.unit = own;
            if (draw_dots_through(page.ink.faint, own)) page.pieces = InkPieces(page.ink.faint);
            found = find();
        }
    }
    const auto find_anew = [&] {
        page.pieces = InkPieces(page.ink.faint);
        found = find();
    };
    const auto follow = [&] {
        if (follow_ends(picture.gray, found, page.ink.text, page.unit, page.ink.faint)) find_anew();
    };
    if (content.scanned) {
        follow();
        cv::Mat with_pale = page.ink.faint.clone();
        if (draw_pale_lines(picture.gray, page.unit, with_pale)) {
            std::swap(page.ink.faint, with_pale);
            find_anew();
            follow();
            // Where the back shows through they are its rulings.
            if (shows_through(found, page.unit, picture.gray)) {
                std::swap(page.ink.faint, with_pale);
                find_anew();
            }
        }
    }
    if (content.scanned && erase_show_through(found, page.unit, picture.gray, page.ink, page.with_back)) find_anew();
    if (content.scanned) {
        page.clips = drop_sheet_lines(found, picture.gray.size(), page.unit);
        const cv::Mat creases = found.size() <= kMostRulings
                                    ? erase_creases(found, picture.fill_edges, page.unit, picture.gray)
                                    : cv::Mat();
        const cv::Mat streaks = found.size() <= kMostRulings
                                    ? erase_loose_streaks(found, page.ink.faint, page.unit, picture.gray)
                                    : cv::Mat();
        for (const cv::Mat& erased : {creases, streaks})
            for (cv::Mat* ink : {&page.ink.text, &page.ink.faint})
                if (!erased.empty()) ink->setTo(0, erased);
        if (!creases.empty() || !streaks.empty()) page.pieces = InkPieces(page.ink.faint);
        if (!streaks.empty()) picture.streaks = picture.streaks.empty() ? streaks : cv::Mat(picture.streaks | streaks);
    }
    part_at_words(found, page.ink.text, page.unit);
    if (!content.words.empty()) drop_strokes_of(content.words, picture.transform, page.unit, found);
    return found;
}

// Adds what is lost of the rulings, and those that a table is open without.
void mend_rulings(const CleanedPicture& picture, bool scanned, const RuledPage& page, std::vector<Ruling>& found) {
    const Ink& ink = page.ink;
    if (scanned && found.size() <= kMostRulings) {
        mend_lone_row(found, ink.faint, page.unit);
        mend_breaks(found, ink.faint, ink.text, page.unit);
        mend_worn_frames(found, ink.faint, page.unit);
        bridge_rows(found, ink.faint, page.unit);
    }
    close_open_ends(found, ink.faint, ink.text, picture.desk, page.unit, scanned);
    // To the frames that are there now.
    if (scanned && found.size() <= kMostRulings) {
        join_loose_sides(found, ink.text, page.unit);
        mend_breaks(found, ink.faint, ink.text, page.unit);
    }
    close_open_sides(found, without_strokes(ink.text, picture), page.unit);
    if (scanned && found.size() <= kMostRulings)
        mend_end_columns(found, without_strokes(ink.faint, picture), page.unit);
}

}  // namespace

RuledPage find_page_rulings(CleanedPicture& picture, const PageContent& content) {
    const double usual = usual_char_height(content.dpi);
    Ink ink = ink_of(picture, usual);
    InkPieces pieces(ink.faint);
    // On a sheet that shows two pages small writing stands nearer to dots, and its strokes nearer to each other. (On
    // others what seems small may be broken.)
    const double first = measured_char_height(pieces, content.dpi, picture.gray.size());
    const double of_lines = is_lying(picture) && first < kSmallWriting * usual ? first : usual;
    mend_hairlines(picture.gray, content.scanned, of_lines, ink.faint, pieces);
    const double char_height = measured_char_height(pieces, content.dpi, picture.gray.size());
    const double unit = std::min(char_height, usual);
    RuledPage page{std::move(ink), std::move(pieces), {}, {}, char_height, unit, {}, {}};
    std::vector<Ruling> found = seen_rulings(picture, content, page);
    page.pieces.erase_noise(page.ink.text, page.unit);
    mend_rulings(picture, content.scanned, page, found);
    page.grids = find_grids(found, page.unit);
    if (cut_off_headings(found, page.grids, page.pieces, page.ink.text, picture.desk, content.dpi, page.unit))
        page.grids = find_grids(found, page.unit);
    drop_frames_of_no_table(page.grids, page.ink.text, picture.desk, page.unit);
    page.rulings = confirmed_rulings(found, page.grids, page.ink.text, char_height);
    return page;
}

}  // namespace biaod::layout
