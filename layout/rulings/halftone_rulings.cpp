#include "layout/rulings/halftone_rulings.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "layout/ink_profile.hpp"
#include "layout/kernel.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kLevel = 4;
constexpr double kUpright = 1.5;
constexpr double kPart = 0.5;             // of a ruling
constexpr double kLevelOverhang = 1.6;    // beyond one across, where no cell is so narrow,
constexpr double kUprightOverhang = 0.9;  // or so low
constexpr double kCrossingReach = 0.9;    // of one across, whose end may be lost
constexpr int kNoOverhang = 2;            // px
constexpr double kAnchored = 0.4;         // to one across
constexpr double kSure = 3;               // an upright one
constexpr double kLong = 2;               // any
constexpr double kDashed = 20;            // of level ones in all, where upright ones are looked for
constexpr double kBeyond = 1.2;           // its ends, where an upright one
constexpr double kInked = 0.35;           // goes on, as a share of the way,
constexpr double kBlank = 0.15;           // with nothing beside it
constexpr double kStroke = 0.7;           // of a character, unbroken, at least
constexpr double kThickStroke = 0.4;      // the same of one thicker than dots
constexpr double kLongStroke = 1.3;
constexpr int kThickerThanDots = 3;  // px
constexpr int kBent = 2;             // px to either side
constexpr int kThick = 2;            // px
constexpr int kOff = 2;              // px from the ruling begins what is beside it
constexpr int kInLine = 3;           // px to either side
constexpr int kFewestOfRow = 3;      // uprights of one row that are alike
constexpr double kBeside = 0.2;
constexpr double kGround = 0.7;         // at least
constexpr double kDense = 0.55;         // of the way is ink,
constexpr double kPartly = 0.38;        // and of each part of it
constexpr double kLevelDenser = 0.3;    // than beside
constexpr double kUprightDenser = 0.4;  // the same: so short a ruling may be chance
constexpr double kPartDenser = 0.05;    // each part of either

// How much of the ground is ink around each point, 255 for all; CV_8UC1. `otherwise` where most is no ground; at least
// 1 elsewhere.
cv::Mat share_of_ink(const cv::Mat& ground, const cv::Mat& ink, int width, int height, int otherwise) {
    cv::Mat inked, all, share;
    cv::boxFilter(ink, inked, CV_8U, {width, height}, {-1, -1}, true, cv::BORDER_CONSTANT);
    cv::boxFilter(ground, all, CV_8U, {width, height}, {-1, -1}, true, cv::BORDER_CONSTANT);
    cv::divide(inked, all, share, 255);
    share = cv::max(share, 1);
    share.setTo(otherwise, all < kGround * 255);
    return share;
}

// `of`, moved down by `rows`.
cv::Mat moved_down(const cv::Mat& of, int rows) {
    cv::Mat out = cv::Mat::zeros(of.size(), of.type());
    const int top = std::max(0, rows), bottom = std::min(of.rows, of.rows + rows);
    if (top < bottom) of.rowRange(top - rows, bottom - rows).copyTo(out.rowRange(top, bottom));
    return out;
}

// The denser one of both sides of a row, of those that are ground; 255 where none is.
cv::Mat denser_side(const cv::Mat& ground, const cv::Mat& ink, int width, double unit) {
    const int height = odd(kBeside * unit), off = kOff + height / 2;
    const cv::Mat share = share_of_ink(ground, ink, width, height, 0);
    cv::Mat denser = cv::max(moved_down(share, off + 1), moved_down(share, -off));
    denser.setTo(255, denser == 0);
    return denser;
}

// The rulings along the rows that are longer than `least` px and so much denser than their sides.
cv::Mat rulings_along(const cv::Mat& ground, const cv::Mat& ink, int least, double denser, double unit) {
    const int part = odd(kPart * unit);
    const cv::Mat way = share_of_ink(ground, ink, least, kThick, 0);
    cv::Mat unbroken, rulings;
    cv::erode(share_of_ink(ground, ink, part, kThick, 255), unbroken, box_kernel(least - part + 1, 1));
    const cv::Mat beside = denser_side(ground, ink, least, unit);
    cv::Mat more, more_in_parts;
    cv::subtract(way, beside, more);
    cv::subtract(unbroken, beside, more_in_parts);
    const cv::Mat middles =
        (way > kDense * 255) & (more > denser * 255) & (unbroken > kPartly * 255) & (more_in_parts > kPartDenser * 255);
    cv::dilate(middles, rulings, box_kernel(least, 1));
    return rulings & ground;
}

// The `rulings` along the rows without what is short beyond one `across`: the way that tells of a ruling reaches past
// its end.
cv::Mat without_overhangs(const cv::Mat& rulings, const cv::Mat& across, double overhang, double unit) {
    const int reach = cvRound(overhang * unit);
    cv::Mat crossing, out = rulings.clone();
    cv::dilate(across, crossing, box_kernel(1, odd(2 * kCrossingReach * unit)));
    for (const Run& run : find_runs(rulings)) {
        const auto crossed = [&](int x) { return crossing.at<uchar>(run.y, x) != 0; };
        const auto cut = [&](int from, int to) {
            if (to - from > kNoOverhang) out(cv::Rect(from, run.y, to - from, 1)).setTo(0);
        };
        int first = run.from, last = run.to - 1;
        while (first < std::min(run.to, run.from + reach) && !crossed(first)) ++first;
        while (last >= std::max(run.from, run.to - reach) && !crossed(last)) --last;
        if (first < run.to && crossed(first)) cut(run.from, first);
        if (last >= run.from && crossed(last)) cut(last + 1, run.to);
    }
    return out;
}

// Whether the longest unbroken ink along the columns of `box` is as long as a stroke of a character: that of a dashed
// ruling is shorter, and that of a whole one longer. A stroke that is thicker than dots may be bent, or shorter.
bool holds_stroke(const cv::Rect& box, const cv::Mat& ink, double unit) {
    const auto is_stroke = [&](int length, double least) {
        return length > least * unit && length < kLongStroke * unit;
    };
    int longest = 0;
    for (const Run& run : find_runs(ink(box).t())) longest = std::max(longest, run.length());
    if (is_stroke(longest, kStroke)) return true;
    const cv::Rect around(box.x - kBent, box.y, box.width + 2 * kBent, box.height);
    cv::Mat thick;
    cv::morphologyEx(ink(around & cv::Rect({0, 0}, ink.size())), thick, cv::MORPH_OPEN,
                     box_kernel(kThickerThanDots, kThickerThanDots));
    return std::ranges::any_of(connect(find_runs(thick)).all,
                               [&](const Piece& piece) { return is_stroke(piece.box.height, kThickStroke); });
}

// Whether there is ink on the way of an upright one beyond the level one at its `top` or `bottom`, as there is none of
// a stroke.
bool goes_on(const cv::Rect& box, bool top, bool bottom, const cv::Mat& faint, double unit) {
    const int length = cvRound(kBeyond * unit), off = cvRound(kAnchored * unit);
    const auto inked = [&](cv::Rect way) {
        way &= cv::Rect({0, 0}, faint.size());
        if (way.area() == 0) return 0.0;
        return static_cast<double>(cv::countNonZero(inked_rows(faint(way)))) / length;
    };
    const auto goes = [&](int from) {
        const cv::Rect way(box.x - kOff, from, box.width + 2 * kOff, length), side(0, from, kOff + 2, length);
        return inked(way) > kInked && inked(side + cv::Point(way.x - side.width, 0)) < kBlank &&
               inked(side + cv::Point(way.br().x, 0)) < kBlank;
    };
    return (bottom && goes(box.br().y + off)) || (top && goes(box.y - off - length));
}

// Those of the `uprights` that run from one of the `levels` to another, or to where writing takes the ground away; long
// ones do in any case. Strokes of writing that were not told from dots do not, nor does one that is in line with none
// of another row, nor one of several in its own: on the columns `ruled` (a row of the picture, 255) uprights stand.
cv::Mat between_levels(const cv::Mat& uprights, const cv::Mat& levels, const cv::Mat& ground, const cv::Mat& ink,
                       const cv::Mat& faint, const cv::Mat& ruled, double unit) {
    cv::Mat near_level, out = uprights.clone();
    cv::dilate(levels, near_level, box_kernel(1, odd(2 * kAnchored * unit)));
    const Runs runs = find_runs(uprights);
    const Pieces pieces = connect(runs);
    // Of each column: where the first upright in it ends, and the last one begins.
    std::vector<int> first_end(static_cast<std::size_t>(ruled.cols), uprights.rows);
    std::vector<int> last_begin(static_cast<std::size_t>(ruled.cols), -1);
    for (const Piece& piece : pieces.all)
        for (int x = piece.box.x; x < piece.box.br().x; ++x) {
            const auto at = static_cast<std::size_t>(x);
            first_end[at] = std::min(first_end[at], piece.box.br().y);
            last_begin[at] = std::max(last_begin[at], piece.box.y);
        }
    const auto is_in_line = [&](const cv::Rect& box) {
        for (int x = std::max(0, box.x - kInLine); x < std::min(ruled.cols, box.br().x + kInLine); ++x) {
            const auto at = static_cast<std::size_t>(x);
            if (ruled.at<uchar>(0, x) != 0 || first_end[at] <= box.y || last_begin[at] >= box.br().y) return true;
        }
        return false;
    };
    // Where none of a row is in line with another there is but that row.
    const auto is_of_row = [&](const cv::Rect& box) {
        int alike = 0;
        for (const Piece& other : pieces.all) {
            const double reach = kAnchored * unit;
            if (std::abs(other.box.y - box.y) > reach || std::abs(other.box.br().y - box.br().y) > reach) continue;
            if (is_in_line(other.box)) return false;
            ++alike;
        }
        return alike >= kFewestOfRow;
    };
    for (const Piece& piece : pieces.all) {
        const cv::Rect& box = piece.box;
        if (box.height > kSure * unit) continue;
        const auto is_level = [&](int y) { return cv::countNonZero(near_level(cv::Rect(box.x, y, box.width, 1))) > 0; };
        const auto is_hole = [&](int y) {
            return y < 0 || y >= ground.rows || cv::countNonZero(ground(cv::Rect(box.x, y, box.width, 1))) == 0;
        };
        const bool top = is_level(box.y), bottom = is_level(box.br().y - 1);
        const bool runs_between = (top && bottom) || (top && is_hole(box.br().y)) || (bottom && is_hole(box.y - 1));
        if (runs_between && (goes_on(box, top, bottom, faint, unit) ||
                             ((is_in_line(box) || is_of_row(box)) && !holds_stroke(box, ink, unit))))
            continue;
        out(box).setTo(0);
    }
    return out;
}

// The columns of the page on which an upright ruling stands, 255; a row.
cv::Mat ruled_columns(const cv::Mat& faint, double unit) {
    cv::Mat uprights;
    cv::morphologyEx(faint, uprights, cv::MORPH_OPEN, box_kernel(1, odd(kLong * unit)));
    return inked_columns(uprights);
}

// Of a part of the page that holds all of the ground.
cv::Mat rulings_in(const cv::Mat& ground, const cv::Mat& ink, const cv::Mat& faint, const cv::Mat& ruled,
                   double char_height) {
    const cv::Mat level = rulings_along(ground, ink, odd(kLevel * char_height), kLevelDenser, char_height);
    if (cv::countNonZero(level) < kDashed * char_height) return level;
    cv::Mat upright = rulings_along(ground.t(), ink.t(), odd(kUpright * char_height), kUprightDenser, char_height).t();
    cv::Mat levels, uprights;
    cv::morphologyEx(faint, levels, cv::MORPH_OPEN, box_kernel(odd(kLong * char_height), 1));
    levels |= level;
    upright = between_levels(upright, levels, ground, ink, faint, ruled, char_height);
    cv::morphologyEx(faint, uprights, cv::MORPH_OPEN, box_kernel(1, odd(kLong * char_height)));
    uprights |= upright;
    return without_overhangs(level, uprights, kLevelOverhang, char_height) |
           without_overhangs(upright.t(), levels.t(), kUprightOverhang, char_height).t();
}

}  // namespace

cv::Mat rulings_in_halftones(const cv::Mat& ground, const cv::Mat& ink, const cv::Mat& faint, double char_height) {
    cv::Mat found = cv::Mat::zeros(ground.size(), CV_8UC1);
    cv::Rect areas = cv::boundingRect(ground);
    if (areas.empty()) return found;
    const int margin = cvCeil((kAnchored + kBeyond) * char_height);
    areas = (areas - cv::Point(margin, margin) + cv::Size(2 * margin, 2 * margin)) & cv::Rect({0, 0}, ground.size());
    const cv::Mat ruled = ruled_columns(faint, char_height).colRange(areas.x, areas.br().x);
    found(areas) |= rulings_in(ground(areas), ink(areas), faint(areas), ruled, char_height);
    return found;
}

}  // namespace biaod::layout
