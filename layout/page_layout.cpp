#include "layout/page_layout.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "layout/cleaned_picture.hpp"
#include "layout/cleaning/ink.hpp"
#include "layout/cleaning/pen_marks.hpp"
#include "layout/cleaning/specks.hpp"
#include "layout/ink_pieces.hpp"
#include "layout/ink_profile.hpp"
#include "layout/kernel.hpp"
#include "layout/layer_lines.hpp"
#include "layout/marks_of_paper.hpp"
#include "layout/overhanging_lines.hpp"
#include "layout/red_lines.hpp"
#include "layout/ruled_page.hpp"
#include "layout/rulings/bent_rests.hpp"
#include "layout/rulings/page_rulings.hpp"
#include "layout/rulings/writing_at_rulings.hpp"
#include "layout/text_lines.hpp"

namespace biaod::layout {
namespace {

constexpr std::size_t kMostTables = 50;  // of a page whose worn sides are looked at

// In character heights.
constexpr double kDigitHeight = 0.72;  // of a Chinese character's beside it
constexpr double kFlat = 0.2;
constexpr double kAtEdge = 0.35;
constexpr double kSmallRest = 0.35;
constexpr double kSecondStroke = 0.45;  // beside the first one of a double ruling
constexpr double kAtSide = 0.3;         // from the middle of its ruling
constexpr double kAtSheetEdge = 0.4;    // from a side that the scanner cut off
constexpr double kAtRuling = 0.15;      // to either side of a ruling's middle
constexpr double kRuled = 0.8;          // of a side

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
    if (!page.may_lack_print(longer)) line.box = longer;
}

// Whether a table's side lies at an edge of the sheet as it was delivered, and no ruling is there; `ink` shows with
// these.
bool is_cut_off(const PageLayout& page, const cv::Mat& ink, const cv::Rect2d& table, bool right) {
    const double x = right ? table.br().x : table.x, edge = kAtSheetEdge * page.char_height * 72 / page.dpi;
    const models::Box side = page.transform.to_delivered(cv::Rect2d(x, table.y, 1, table.height));
    if (side.x1 > edge && side.y1 > edge && side.x0 < page.width_pt - edge && side.y0 < page.height_pt - edge)
        return false;
    const double reach = kAtRuling * page.char_height;
    const cv::Rect strip(cv::Point(cvRound(x - reach), cvRound(table.y)),
                         cv::Point(cvRound(x + reach), cvRound(table.br().y)));
    const cv::Rect inside = strip & cv::Rect({0, 0}, ink.size());
    return inside.empty() || cv::countNonZero(inked_rows(ink(inside))) < kRuled * inside.height;
}

// Of each table.
std::vector<CutSides> find_cut_sides(const PageLayout& page, const RuledPage& ruled) {
    std::vector<CutSides> cut(ruled.grids.size());
    for (std::size_t i = 0; page.scanned && i < cut.size(); ++i)
        cut[i] = {is_cut_off(page, ruled.ink.faint, ruled.grids[i].bounds(), false),
                  is_cut_off(page, ruled.ink.faint, ruled.grids[i].bounds(), true)};
    return cut;
}

void erase_marks(const std::vector<cv::Rect>& marks, PageLayout& page) {
    for (const cv::Rect& mark : marks) {
        page.text_ink(mark).setTo(0);
        const cv::Rect blurred(mark.tl() - cv::Point(1, 1), mark.br() + cv::Point(1, 1));
        page.gray(blurred & cv::Rect({0, 0}, page.gray.size())).setTo(255);
    }
}

// What cleaning a picture of the page came upon (CV_8UC1, 255); empty where it did not.
struct AtRulings {
    cv::Mat rests;    // of rulings
    cv::Mat writing;  // that erasing the rulings would take
    cv::Mat ink;      // with the rulings,
    cv::Mat faint;    // and with its palest parts
};

// How what is written alone in a cell stands to the rulings at its sides; `gray` shows without them.
void look_at_sides(const cv::Mat& gray, const AtRulings& at, const cv::Rect2d& cell, const TableLayout& table,
                   TextLine& line) {
    const double thickness = table.grid.ruling_thickness;
    line.parted = true;
    for (const bool right : {false, true}) {
        const double side = right ? cell.br().x : cell.x, gap = right ? side - line.box.br().x : line.box.x - side;
        if (gap > kAtSide * table.char_height) continue;
        line.parted = line.parted && (is_parted(at.ink, line.box, side, thickness) ||
                                      ends_beside(gray, at.faint, line.box, side, thickness));
        line.goes_on = line.goes_on || goes_on_beyond(at.ink, line.box, side, thickness, table.char_height);
    }
}

void erase_rulings(const PageLayout& page, const AtRulings& at, cv::Mat& picture) {
    const cv::Mat printed = at.writing.empty() ? cv::Mat() : picture.clone();
    erase_rulings(page.rulings, picture, 255);
    if (!at.rests.empty()) picture.setTo(255, at.rests);
    if (!at.writing.empty()) printed.copyTo(picture, at.writing);
}

// Leaves the writing: no rulings and, on a scan, no specks and ticks.
AtRulings clean_ink(RuledPage& ruled, PageLayout& page) {
    AtRulings at;
    if (page.scanned) erase_marks(find_specks(ruled.pieces.pieces(), page.gray.size(), ruled.unit), page);
    const bool may_touch = page.scanned && page.rulings.size() <= kMostRulings;
    if (may_touch) {
        at.ink = page.text_ink.clone();
        at.faint = ruled.ink.faint.clone();
    }
    erase_rulings(page.rulings, page.text_ink, 0);
    if (may_touch) {
        erase_rulings(page.rulings, ruled.ink.faint, 0);
        at.rests = find_bent_rests(page.rulings, ruled.char_height, ruled.ink.faint);
        if (!at.rests.empty()) {
            page.text_ink.setTo(0, at.rests);
            cv::dilate(at.rests, at.rests, box_kernel(3));  // with their soft edges
        }
        at.writing = find_writing_at_rulings(page.rulings, page.gray, page.text_ink, ruled.unit);
    }
    erase_rulings(page, at, page.gray);
    if (may_touch) erase_ticks_over(page.rulings, kErasedBeside, ruled.unit, page.text_ink, page.gray);
    if (!at.writing.empty()) at.ink.copyTo(page.text_ink, at.writing);
    return at;
}

void place_picture_lines(PageLayout& page, const std::vector<Grid>& grids, const std::vector<CutSides>& cut,
                         const InkPieces& pieces, const AtRulings& at_rulings) {
    cv::Mat outside = page.text_ink.clone();
    std::vector<double> heights;
    for (const Grid& grid : grids) {
        const cv::Rect inside(grid.bounds());
        const double height = pieces.char_height(page.dpi, inside);
        const bool torn = grid.rows() == 1 && pieces.are_digits(inside, height);  // from a table with characters
        heights.push_back(torn ? height / kDigitHeight : height);
    }
    // A row of few figures alone tells nothing: it is of a table as the others.
    const double usual = heights.empty() ? 0 : *std::ranges::max_element(heights);
    for (std::size_t i = 0; i < grids.size(); ++i) {
        const Grid& grid = grids[i];
        TableLayout table{grid, heights[i] > 0 ? heights[i] : usual > 0 ? usual : page.char_height, {}, cut[i]};
        const cv::Rect2d b = grid.bounds();
        if (page.scanned && grids.size() <= kMostTables)
            erase_marks(find_side_crumbs(pieces.pieces(), b, table.char_height), page);
        for (const GridCell& cell : grid.cells) {
            std::vector<TextLine> lines;
            for (const cv::Rect& box : find_text_lines(page.text_ink, grid.inner_rect(cell), table.char_height))
                if (!rest_of_ruling(box, grid.rect(cell), table.char_height)) lines.push_back({box, {}, false, {}});
            if (lines.size() == 1) {
                complete_line(page, grid.inner_rect(cell), table.char_height, lines[0]);
                if (!at_rulings.ink.empty()) look_at_sides(page.gray, at_rulings, grid.rect(cell), table, lines[0]);
            }
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

bool covers(const cv::Mat& mask, const cv::Rect& box, double share) {
    const cv::Rect inside = box & cv::Rect({0, 0}, mask.size());
    return !inside.empty() && cv::countNonZero(mask(inside)) > share * inside.area();
}

}  // namespace

bool PageLayout::has_seal(const cv::Rect& box, double share) const { return covers(seals, box, share); }

bool PageLayout::has_streak(const cv::Rect& box, double share) const { return covers(streaks, box, share); }

bool PageLayout::may_lack_print(const cv::Rect& box, double share) const {
    return has_seal(box, share) || has_streak(box, share);
}

PageLayout analyse_page(PageContent content, int number, int quarter_turns) {
    PageLayout page;
    page.number = number;
    page.width_pt = content.width_pt;
    page.height_pt = content.height_pt;
    page.dpi = content.dpi;
    page.scanned = content.scanned;

    CleanedPicture picture = clean_picture(content, quarter_turns);
    RuledPage ruled = find_page_rulings(picture, content);
    page.rotation = picture.rotation;
    page.skew_deg = picture.skew_deg;
    page.transform = std::move(picture.transform);
    page.desk = picture.desk;
    page.seals = picture.seals;
    page.streaks = picture.streaks;
    page.with_back = ruled.with_back;
    page.watermark = picture.watermark;
    page.char_height = ruled.char_height;
    page.rulings = std::move(ruled.rulings);
    page.text_ink = ruled.ink.text;
    page.gray = picture.gray;
    const std::vector<CutSides> cut = find_cut_sides(page, ruled);
    const AtRulings at_rulings = clean_ink(ruled, page);

    place_picture_lines(page, ruled.grids, cut, ruled.pieces, at_rulings);
    if (page.scanned) drop_marks_of_paper(page, picture.coloured.empty(), ruled.clips);
    if (!content.words.empty()) use_text_layer(content.words, page);
    return_overhanging_lines(page);
    if (picture.coloured.empty()) return page;
    page.by_red = even_background(in_red_light(picture.coloured));
    erase_rulings(page, at_rulings, page.by_red);
    add_red_lines(picture.coloured, page);
    return page;
}

}  // namespace biaod::layout
