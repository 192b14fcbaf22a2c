#include "layout/page_layout.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "layout/cleaning/border.hpp"
#include "layout/cleaning/fills.hpp"
#include "layout/cleaning/flatten.hpp"
#include "layout/cleaning/gray_seals.hpp"
#include "layout/cleaning/halftone.hpp"
#include "layout/cleaning/ink.hpp"
#include "layout/cleaning/pen_marks.hpp"
#include "layout/cleaning/show_through.hpp"
#include "layout/cleaning/skew.hpp"
#include "layout/cleaning/slivers.hpp"
#include "layout/cleaning/specks.hpp"
#include "layout/layer_lines.hpp"
#include "layout/marks_of_paper.hpp"
#include "layout/red_lines.hpp"
#include "layout/rulings/breaks.hpp"
#include "layout/rulings/dithers.hpp"
#include "layout/rulings/dots.hpp"
#include "layout/rulings/end_columns.hpp"
#include "layout/rulings/fades.hpp"
#include "layout/rulings/hairlines.hpp"
#include "layout/rulings/halftone_rulings.hpp"
#include "layout/rulings/lone_rows.hpp"
#include "layout/rulings/open_ends.hpp"
#include "layout/rulings/open_sides.hpp"
#include "layout/rulings/page_rulings.hpp"
#include "layout/rulings/ruling_traces.hpp"
#include "layout/rulings/rulings.hpp"
#include "layout/rulings/worn_frames.hpp"
#include "layout/text_lines.hpp"

namespace biaod::layout {
namespace {

constexpr double kMaxSkew = 6;         // degrees
constexpr double kIgnoredSkew = 0.03;  // degrees; less than a pixel over a table
constexpr double kIgnoredBend = 1.5;   // px
constexpr double kFineDpi = 250;
constexpr int kInked = 160;                  // grey level of ink that was turned level
constexpr int kHalfInked = 200;              // the same of a hairline at half of the resolution
constexpr double kDefaultCharPoints = 10.5;  // 五号, the usual size in tables
constexpr double kFlat = 0.2;                // in character heights
constexpr double kAtEdge = 0.35;             // in character heights
constexpr double kSmallRest = 0.35;          // in character heights
constexpr double kSecondStroke = 0.45;       // in character heights, beside the first one of a double ruling
constexpr std::size_t kMostRulings = 2000;   // of a page with tables; a hatched picture has more
constexpr std::size_t kMostTables = 50;      // of a page whose worn sides are looked at
constexpr double kOverhang = 1.0;            // in character heights

cv::Mat turned(const cv::Mat& picture, int quarter_turns) {
    cv::Mat out = picture;
    if (quarter_turns == 1) cv::rotate(picture, out, cv::ROTATE_90_CLOCKWISE);
    if (quarter_turns == 2) cv::rotate(picture, out, cv::ROTATE_180);
    if (quarter_turns == 3) cv::rotate(picture, out, cv::ROTATE_90_COUNTERCLOCKWISE);
    return out;
}

double usual_char_height(double dpi) { return kDefaultCharPoints * dpi / 72; }

double measured_char_height(const InkPieces& pieces, double dpi, cv::Size size) {
    const double measured = pieces.char_height(dpi, cv::Rect({0, 0}, size));
    return measured > 0 ? measured : usual_char_height(dpi);
}

int quarter_turns_of(const PageContent& content, const cv::Mat& gray) {
    int votes[4] = {};
    for (const LayerWord& word : content.words) ++votes[word.rotation / 90];
    if (!content.words.empty()) {
        const int most = static_cast<int>(std::max_element(votes, votes + 4) - votes);
        return (4 - most) % 4;
    }
    // Half of the resolution tells as well.
    cv::Mat half;
    cv::resize(gray, half, {}, 0.5, 0.5, cv::INTER_AREA);
    Ink ink = find_ink(half);
    const double char_height = usual_char_height(content.dpi) / 2;
    const RulingRuns rulings = find_ruling_runs(ink.faint, 1.6 * char_height);
    const cv::Rect page({0, 0}, half.size());
    for (const Run& r : rulings.horizontal) ink.text(cv::Rect(r.from - 1, r.y - 1, r.length() + 2, 3) & page).setTo(0);
    for (const Run& r : rulings.vertical) ink.text(cv::Rect(r.y - 1, r.from - 1, 3, r.length() + 2) & page).setTo(0);
    return is_sideways(ink.text) ? 3 : 0;
}

// The courses of the rulings, found where the page is turned level. `faint` is the page's faint ink, `scale` times the
// page's size; px of the page.
std::vector<RulingTrace> level_traces(const cv::Mat& faint, double scale, double skew_degrees, double dpi) {
    const double unit = scale * usual_char_height(dpi);
    cv::Mat level;
    cv::bitwise_not(faint, level);
    if (skew_degrees != 0) {
        const auto flat = Flattening::fit({}, level.size());
        level =
            resample(level, coarse_map(flat, skew_degrees, level.size(), PageTransform::kStep), PageTransform::kStep);
    }
    cv::Mat ink = level < (scale < 1 ? kHalfInked : kInked);
    draw_dots_through(ink, unit);
    auto traces = trace_rulings(find_ruling_runs(ink, unit), 5 * unit, unit);
    for (RulingTrace& trace : traces)
        for (cv::Point2d& point : trace.points) point = (point + cv::Point2d(0.5, 0.5)) / scale - cv::Point2d(0.5, 0.5);
    return traces;
}

// Undoes skew and bend; sets the transform's map when the picture was resampled.
cv::Mat straightened(const cv::Mat& upright, double dpi, PageLayout& page, cv::Mat& map) {
    Ink ink = find_ink(upright);
    // Half of the resolution tells as well where it is fine enough for hairlines.
    const double scale = dpi >= kFineDpi ? 0.5 : 1;
    if (scale < 1)
        for (cv::Mat* of : {&ink.text, &ink.faint}) cv::resize(*of, *of, {}, scale, scale, cv::INTER_AREA);
    Skew skew = estimate_skew(ink.text, kMaxSkew);
    if (std::abs(skew.degrees) < kIgnoredSkew) skew.degrees = 0;
    page.skew_deg = -skew.degrees;
    Flattening flattening = Flattening::fit(level_traces(ink.faint, scale, skew.degrees, dpi), upright.size());
    const bool bent = flattening.largest_displacement() > kIgnoredBend;
    if (!bent) flattening = Flattening::fit({}, upright.size());
    if (!bent && skew.degrees == 0) return upright;
    map = coarse_map(flattening, skew.degrees, upright.size(), PageTransform::kStep);
    return resample(upright, map, PageTransform::kStep);
}

// What erasing left of a ruling beside an edge of the table or cell `rect`: flat; or small, and in a corner.
bool rest_of_ruling(const cv::Rect& line, const cv::Rect2d& rect, double unit) {
    if (line.br().x < rect.x || line.x > rect.br().x) return false;
    const auto at_edge = [&](double middle, double first, double last) {
        return std::min(std::abs(middle - first), std::abs(middle - last)) < kAtEdge * unit;
    };
    if (!at_edge(line.y + line.height / 2.0, rect.y, rect.br().y)) return false;
    return line.height <= kFlat * unit || (std::max(line.width, line.height) <= kSmallRest * unit &&
                                           at_edge(line.x + line.width / 2.0, rect.x, rect.br().x));
}

// The only line of the cell `inside`: with pale strokes, and without a tick beside it.
void complete_line(const PageLayout& page, cv::Rect inside, double char_height, TextLine& line) {
    const cv::Rect printed = without_tick(page.text_ink, line.box, char_height);
    line.ticked = printed != line.box;
    if (line.ticked) inside.width = printed.br().x - inside.x;
    line.box = with_pale_strokes(page.gray, printed, inside, char_height);
    const cv::Rect longer = with_pale_ends(page.gray, line.box, inside, char_height);
    if (page.seals.empty() || cv::countNonZero(page.seals(longer)) == 0) line.box = longer;
}

void erase_marks(const std::vector<cv::Rect>& marks, PageLayout& page) {
    for (const cv::Rect& mark : marks) {
        page.text_ink(mark).setTo(0);
        const cv::Rect blurred(mark.tl() - cv::Point(1, 1), mark.br() + cv::Point(1, 1));
        page.gray(blurred & cv::Rect({0, 0}, page.gray.size())).setTo(255);
    }
}

void place_picture_lines(PageLayout& page, const std::vector<Grid>& grids, const InkPieces& pieces) {
    cv::Mat outside = page.text_ink.clone();
    for (const Grid& grid : grids) {
        TableLayout table{grid, page.char_height, {}};
        const cv::Rect2d b = grid.bounds();
        if (const double measured = pieces.char_height(page.dpi, cv::Rect(b)); measured > 0)
            table.char_height = measured;
        if (page.scanned && grids.size() <= kMostTables)
            erase_marks(find_side_crumbs(pieces.pieces(), b, table.char_height), page);
        for (const GridCell& cell : grid.cells) {
            std::vector<TextLine> lines;
            for (const cv::Rect& box : find_text_lines(page.text_ink, grid.inner_rect(cell), table.char_height))
                if (!rest_of_ruling(box, grid.rect(cell), table.char_height)) lines.push_back({box, {}, false, {}});
            if (lines.size() == 1) complete_line(page, grid.inner_rect(cell), table.char_height, lines[0]);
            table.cell_lines.push_back(std::move(lines));
        }
        page.tables.push_back(std::move(table));
        // To its sides the second stroke of a double ruling stands nearer than writing does.
        const int beside = cvCeil(kSecondStroke * table.char_height);
        const cv::Rect box(cv::Point(cvFloor(b.x) - beside, cvFloor(b.y) - 3),
                           cv::Point(cvCeil(b.br().x) + beside, cvCeil(b.br().y) + 3));
        outside(box & cv::Rect({0, 0}, outside.size())).setTo(0);
    }
    for (const cv::Rect& box : find_text_lines(outside, cv::Rect({0, 0}, outside.size()), page.char_height)) {
        const bool rest = std::any_of(grids.begin(), grids.end(), [&](const Grid& grid) {
            return rest_of_ruling(box, grid.bounds(), page.char_height);
        });
        if (!rest) page.lines.push_back({box, {}, false, {}});
    }
}

// A browser that breaks a page inside a spanning cell prints the rest of its line below the table's edge. Such lines,
// the last ones on the page, are given back to the cell.
void return_overhanging_lines(PageLayout& page) {
    if (page.tables.empty()) return;
    TableLayout& table = page.tables.back();
    const double bottom = table.grid.row_edges.back(), unit = table.char_height;
    std::erase_if(page.lines, [&](const TextLine& line) {
        if (line.box.y < bottom - 0.5 * unit || line.box.y > bottom + kOverhang * unit) return false;
        const bool last = std::none_of(page.lines.begin(), page.lines.end(), [&](const TextLine& other) {
            return other.box.y > line.box.br().y + kOverhang * unit;
        });
        if (!last) return false;
        for (std::size_t i = 0; i < table.grid.cells.size(); ++i) {
            const GridCell& cell = table.grid.cells[i];
            if (cell.row + cell.row_span != table.grid.rows() || table.cell_lines[i].empty()) continue;
            const cv::Rect2d rect = table.grid.rect(cell);
            const TextLine& above = table.cell_lines[i].back();
            const bool inside = line.box.x >= rect.x && line.box.br().x <= rect.br().x;
            const bool aligned =
                std::abs(above.box.x - line.box.x) < 0.6 * unit ||
                std::abs(above.box.x + above.box.width / 2 - line.box.x - line.box.width / 2) < 0.6 * unit;
            if (!inside || !aligned || line.box.y - above.box.br().y > 1.2 * unit) continue;
            table.cell_lines[i].push_back(line);
            return true;
        }
        return false;
    });
}

// Draws through what is left of dotted and of pale rulings. A program draws dots, but it does not fade.
InkPieces mend_hairlines(const cv::Mat& gray, bool scanned, double char_height, cv::Mat& faint) {
    draw_dots_through(faint, char_height);
    InkPieces pieces(faint);
    if (!scanned) return pieces;
    if (follow_hairlines(gray, pieces.pieces(), char_height, faint)) pieces = InkPieces(faint);
    if (draw_dithers_through(faint, pieces.pieces(), char_height)) pieces = InkPieces(faint);
    if (draw_fades_through(faint, pieces.pieces(), char_height)) pieces = InkPieces(faint);
    return pieces;
}

// What fading left of a seal may run straight through a row, or stand beside a heading as another line.
cv::Mat without_strokes(const cv::Mat& ink, const cv::Mat& seals) {
    if (seals.empty()) return ink;
    return ink & ~seals;
}

std::vector<Ruling> rulings_of(const InkPieces& pieces, const Ink& ink, double char_height, double unit) {
    const RulingRuns runs = find_ruling_runs(pieces.without_writing(ink.faint, char_height), unit);
    return find_rulings(runs, ink.text, unit);
}

// Takes out of the picture and its ink what shows through from the back. Rulings stay: a hairline may be as pale.
bool erase_show_through(const std::vector<Ruling>& rulings, double char_height, cv::Mat& gray, Ink& ink,
                        cv::Mat& with_back) {
    if (rulings.size() > kMostRulings) return false;
    const int level = show_through_level(gray, rulings, char_height);
    if (level == 255) return false;
    cv::Mat shown = gray >= level;
    ink.text.setTo(0, shown);
    erase_rulings(surely_ruled(rulings, char_height), shown, 0);
    ink.faint.setTo(0, shown);
    with_back = gray.clone();
    whiten_from(level, gray);
    return true;
}

}  // namespace

PageLayout analyse_page(PageContent content, int number, int quarter_turns) {
    PageLayout page;
    page.number = number;
    page.width_pt = content.width_pt;
    page.height_pt = content.height_pt;
    page.dpi = content.dpi;
    page.scanned = content.scanned;

    const double dpi = content.dpi, usual = usual_char_height(dpi);
    // A digital page has no seal to fade, and its red letterhead must be seen.
    const cv::Mat red = content.scanned ? red_areas(content.picture) : cv::Mat();
    cv::Mat plain = without_seals(content.picture, red), seals = red;
    if (content.scanned && red.empty()) {
        seals = gray_seals(plain, dpi);
        plain = without_seals(plain, seals);
    }
    if (quarter_turns < 0) quarter_turns = quarter_turns_of(content, plain);
    page.rotation = 90 * quarter_turns;
    page.transform = PageTransform(content.picture.size(), quarter_turns, content.density());

    cv::Mat gray = turned(plain, quarter_turns);
    if (gray.data == content.picture.data) gray = gray.clone();
    plain.release();
    if (red.empty()) content.picture.release();
    Halftones halftones;
    if (content.scanned) {
        whiten_border(gray, usual);
        halftones = erase_halftones(gray, usual);
    }
    const cv::Mat edges = halftones.edges.empty() ? lift_fills(gray, usual, content.scanned) : halftones.edges;
    if (content.scanned) gray = even_background(gray);
    cv::Mat map;
    if (content.scanned) gray = straightened(gray, dpi, page, map);
    page.transform.set_map(map);
    const auto straight = [&](const cv::Mat& delivered) {
        const cv::Mat upright_too = turned(delivered, quarter_turns);
        return map.empty() ? upright_too : resample(upright_too, map, PageTransform::kStep);
    };
    const auto level = [&](const cv::Mat& marks) -> cv::Mat {
        return map.empty() ? marks : resample(255 - marks, map, PageTransform::kStep) < kHalfInked;
    };
    // Beyond the picture's edge a straightened page is white.
    if (!seals.empty()) page.seals = straight(seals == 0) < 128;

    Ink ink = find_ink(gray);
    if (!edges.empty()) {
        // Between two dots of a ruling a fill has an edge, too, and with it they would be no dots any more.
        draw_dots_through(ink.faint, usual);
        ink.faint |= level(edges);
    }
    if (!halftones.ink.empty())
        ink.faint |= rulings_in_halftones(level(halftones.ground), level(halftones.ink), ink.faint, usual);
    InkPieces pieces = mend_hairlines(gray, content.scanned, usual, ink.faint);
    page.char_height = measured_char_height(pieces, dpi, gray.size());
    // Tables are often set smaller than the body.
    const double unit = std::min(page.char_height, usual);
    std::vector<Ruling> found = rulings_of(pieces, ink, page.char_height, unit);
    if (content.scanned && follow_ends(gray, found, ink.text, unit, ink.faint)) {
        pieces = InkPieces(ink.faint);
        found = rulings_of(pieces, ink, page.char_height, unit);
    }
    if (content.scanned && erase_show_through(found, unit, gray, ink, page.with_back)) {
        pieces = InkPieces(ink.faint);
        found = rulings_of(pieces, ink, page.char_height, unit);
    }
    if (!content.words.empty()) drop_strokes_of(content.words, page.transform, unit, found);
    pieces.erase_noise(ink.text, unit);
    if (content.scanned && found.size() <= kMostRulings) {
        mend_lone_row(found, ink.faint, unit);
        mend_breaks(found, ink.faint, ink.text, unit);
        mend_worn_frames(found, ink.faint, unit);
    }
    close_open_ends(found, ink.faint, ink.text, unit, content.scanned);
    // The strokes of a red seal hold what is printed below them, too.
    const cv::Mat seal_strokes = red.empty() ? page.seals : cv::Mat();
    close_open_sides(found, without_strokes(ink.text, seal_strokes), unit);
    if (content.scanned && found.size() <= kMostRulings)
        mend_end_columns(found, without_strokes(ink.faint, seal_strokes), unit);
    std::vector<Grid> grids = find_grids(found, unit);
    if (cut_off_headings(found, grids, pieces, ink.text, dpi, unit)) grids = find_grids(found, unit);
    drop_frames_of_no_table(grids, ink.text, unit);
    page.rulings = confirmed_rulings(found, grids, ink.text, page.char_height);

    page.text_ink = ink.text;
    page.gray = gray;
    if (content.scanned) erase_marks(find_specks(pieces.pieces(), gray.size(), unit), page);
    erase_rulings(page.rulings, page.text_ink, 0);
    erase_rulings(page.rulings, page.gray, 255);
    if (content.scanned && page.rulings.size() <= kMostRulings) {
        erase_slivers(page.rulings, kErasedBeside, unit, page.text_ink, page.gray);
        erase_ticks_over(page.rulings, kErasedBeside, unit, page.text_ink, page.gray);
    }

    place_picture_lines(page, grids, pieces);
    if (page.scanned) drop_marks_of_paper(page, red.empty());
    if (!content.words.empty()) use_text_layer(content.words, page);
    return_overhanging_lines(page);
    if (red.empty()) return page;
    const cv::Mat coloured = straight(content.picture);
    page.by_red = even_background(in_red_light(coloured));
    erase_rulings(page.rulings, page.by_red, 255);
    add_red_lines(coloured, page);
    return page;
}

}  // namespace biaod::layout
