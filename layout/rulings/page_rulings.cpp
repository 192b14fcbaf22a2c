#include "layout/rulings/page_rulings.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "layout/ink_profile.hpp"

namespace biaod::layout {
namespace {

constexpr double kShortestLine = 4;      // in character heights, of a ruling outside tables
constexpr double kBesideFrom = 0.12;     // in character heights, from a ruling
constexpr double kBesideTo = 0.6;        // in character heights
constexpr double kInWriting = 0.33;      // of its length,
constexpr double kInThinWriting = 0.25;  // and where much of that hangs on it
constexpr double kNoStroke = 6;          // in character heights: longer than strokes that join by chance
constexpr double kBrokenOff = 0.8;       // in character heights, before the ruling that one ends at
constexpr double kHangs = 0.02;          // of its length,
constexpr double kHangsOften = 0.08;     // and of a title's strokes
constexpr double kTableSlack = 0.8;      // in character heights
constexpr double kHeading = 1.25;        // in character heights, its own
constexpr double kTallestTitle = 2.5;    // in character heights
constexpr double kWidestInTitle = 15;    // in character heights: a few of its characters
constexpr double kNextCharacter = 1.5;   // in character heights, as far as that reaches
constexpr double kGoesOnBeside = 0.3;    // of its height
constexpr double kHalfRuled = 0.5;       // of a table's width
constexpr double kOffStroke = 0.1;       // in character heights, above and below a ruling,
constexpr double kCrossing = 0.5;        // and how much of writing, in columns, crosses none
constexpr double kRulingReach = 0.5;     // in character heights, of a double ruling

// Whether writing beside a third of the ruling hangs on it, or beside less of it in several places: strokes of a title
// whose characters touch. A line that is drawn below a word keeps clear of it. `text` without the rulings.
bool runs_through_writing(const Ruling& r, const cv::Mat& text, double unit) {
    const double from = kErasedBeside + 1, near = std::max(from, kBesideFrom * unit);
    const auto [above, below] = ink_beside(r, text, near, kBesideTo * unit);
    const auto [hangs_above, hangs_below] = ink_beside(r, text, from, from);
    const auto is_writing = [](double beside, double hangs) {
        return (beside > kInWriting && hangs > kHangs) || (beside > kInThinWriting && hangs > kHangsOften);
    };
    return is_writing(above, hangs_above) || is_writing(below, hangs_below);
}

bool lies_in(const Grid& grid, const Ruling& r, double slack) {
    const cv::Rect2d b = grid.bounds();
    const double middle = (r.from + r.to) / 2;
    const double x = r.horizontal ? middle : r.at, y = r.horizontal ? r.at : middle;
    return x > b.x - slack && x < b.br().x + slack && y > b.y - slack && y < b.br().y + slack;
}

// Whether more than a page's number is written from one row to another.
bool any_writing(const cv::Mat& text, double from, double to, const DeskStrips& desk, double unit) {
    const cv::Rect rows(cv::Point(0, cvRound(from)), cv::Point(text.cols, cvRound(to)));
    return from < to && writing_in(text, rows, desk, unit) > 0;
}

// Whether strokes of a title's characters closed up: it is as low as one line, and the writing goes on beside it; on
// either side, where it is much wider than a few characters.
bool is_in_title(const Grid& grid, const cv::Mat& text, double unit) {
    const cv::Rect2d b = grid.bounds();
    if (b.height > kTallestTitle * unit) return false;
    const int gap = cvRound(kNextCharacter * unit), half = cvRound(grid.ruling_thickness + kRulingReach * unit);
    const auto goes_on = [&](double from) {
        const cv::Rect beside(cvRound(from), cvRound(b.y), gap, cvRound(b.height));
        const cv::Mat ink = text(beside & cv::Rect({0, 0}, text.size()));
        if (ink.empty()) return false;
        const cv::Mat rows = inked_rows(ink);
        return cv::countNonZero(rows) > kGoesOnBeside * rows.rows;
    };
    const bool before = goes_on(b.x - half - gap), behind = goes_on(b.br().x + half);
    return b.width > kWidestInTitle * unit ? before && behind : before || behind;
}

// How much of the row `y`, within `reach`, from `left` to `right` is ruled; what two strokes cover counts once.
double ruled_length(const std::vector<Ruling>& rulings, double y, double reach, double left, double right) {
    std::vector<std::pair<double, double>> strokes;
    for (const Ruling& r : rulings)
        if (r.horizontal && std::abs(r.at - y) < reach) strokes.emplace_back(r.from, r.to);
    std::ranges::sort(strokes);
    double length = 0;
    for (const auto& [from, to] : strokes) {
        length += std::max(0.0, std::min(to, right) - std::max(from, left));
        left = std::max(left, to);
    }
    return length;
}

// How many columns from `left` to `right` hold ink above and below the row `y` where no ruling runs: no table is
// printed so that its first ruling or its last one would go through writing.
int written_through(const std::vector<Ruling>& rulings, const cv::Mat& text, double y, double left, double right,
                    double unit) {
    const int off = cvRound(kOffStroke * unit) + 1, middle = cvRound(y);
    const cv::Rect across(cv::Point(cvRound(left + unit), middle - off),
                          cv::Point(cvRound(right - unit), middle + off + 1));
    if (across.width <= 0 || (across & cv::Rect({0, 0}, text.size())) != across) return 0;
    cv::Mat both = text(across).row(0) & text(across).row(across.height - 1);
    for (const Ruling& r : rulings) {
        const bool along = r.horizontal && std::abs(r.at - y) < kRulingReach * unit;
        if (!along && r.horizontal) continue;
        const cv::Rect stroke = stroke_of(r, along ? unit : kErasedBeside);
        if (stroke.y > across.br().y || stroke.br().y < across.y) continue;
        const cv::Range hidden(std::max(0, stroke.x - across.x), std::min(across.width, stroke.br().x - across.x));
        if (hidden.start < hidden.end) both.colRange(hidden).setTo(0);
    }
    return cv::countNonZero(both);
}

}  // namespace

void drop_frames_of_no_table(std::vector<Grid>& grids, const cv::Mat& text, const DeskStrips& desk, double unit) {
    std::erase_if(grids, [&](const Grid& grid) {
        if (is_in_title(grid, text, unit)) return true;
        const double beside = grid.ruling_thickness + kRulingReach * unit;  // of the frame itself
        return grid.cells.size() == 1 && any_writing(text, 0, grid.row_edges.front() - beside, desk, unit) &&
               any_writing(text, grid.row_edges.back() + beside, text.rows, desk, unit);
    });
}

bool cut_off_headings(std::vector<Ruling>& rulings, const std::vector<Grid>& grids, const InkPieces& pieces,
                      const cv::Mat& text, const DeskStrips& desk, double dpi, double unit) {
    bool cut = false;
    const auto char_height = [&](const Grid& grid, double from, double to) {
        return pieces.char_height(dpi, {cv::Point(cvRound(grid.col_edges.front()), cvRound(from)),
                                        cv::Point(cvRound(grid.col_edges.back()), cvRound(to))});
    };
    // Larger than the writing in the table's `rest`, which may be larger than the page's.
    const auto holds_heading = [&](const Grid& grid, cv::Range row, cv::Range rest) {
        return char_height(grid, row.start, row.end) >
               kHeading * std::max(unit, char_height(grid, rest.start, rest.end));
    };
    // Takes off the verticals what is between the grid's outer edge and `edge`.
    const auto cut_at = [&](const Grid& grid, double edge, bool above) {
        const double outer = above ? grid.row_edges.front() : grid.row_edges.back(), beyond = kRulingReach * unit;
        const double from = std::min(edge, outer) - beyond, to = std::max(edge, outer) + beyond;
        const auto is_of_grid = [&](const Ruling& r) {
            return !r.horizontal && r.at > grid.col_edges.front() - unit && r.at < grid.col_edges.back() + unit;
        };
        const auto is_between = [&](const Ruling& r) { return is_of_grid(r) && r.from > from && r.to < to; };
        cut |= std::erase_if(rulings, is_between) > 0;
        for (Ruling& r : rulings) {
            if (!is_of_grid(r) || r.from > edge || r.to < edge) continue;
            (above ? r.from : r.to) = edge;
            cut = true;
        }
    };
    const auto is_ruled = [&](const Grid& grid, double y) {
        const double left = grid.col_edges.front(), right = grid.col_edges.back();
        return ruled_length(rulings, y, kRulingReach * unit, left, right) > kHalfRuled * (right - left);
    };
    for (const Grid& grid : grids) {
        const auto& rows = grid.row_edges;
        const std::size_t last = rows.size() - 1;
        if (last < 2) continue;
        const auto y = [&](std::size_t i) { return cvRound(rows[i]); };
        const int beyond = cvRound(unit);
        std::size_t first_ruled = 0, last_ruled = last;
        while (first_ruled < last && !is_ruled(grid, rows[first_ruled])) ++first_ruled;
        while (last_ruled > 0 && !is_ruled(grid, rows[last_ruled])) --last_ruled;
        if (grid.open_top) first_ruled = 1;
        if (grid.open_bottom) last_ruled = last - 1;
        if (first_ruled >= last || last_ruled == 0) continue;  // worn all over
        const auto goes_through_writing = [&](double edge) {
            const double left = grid.col_edges.front(), right = grid.col_edges.back();
            return written_through(rulings, text, edge, left, right, unit) > kCrossing * unit;
        };
        if (first_ruled > 0 && any_writing(text, 0, rows[0] - unit, desk, unit) &&
            (goes_through_writing(rows[0]) ||
             holds_heading(grid, {y(0) - beyond, y(first_ruled)}, {y(first_ruled), y(last)})))
            cut_at(grid, rows[first_ruled], true);
        if (last_ruled < last && any_writing(text, rows[last] + unit, text.rows, desk, unit) &&
            (goes_through_writing(rows[last]) ||
             holds_heading(grid, {y(last_ruled), y(last) + beyond}, {y(0), y(last_ruled)})))
            cut_at(grid, rows[last_ruled], false);
    }
    return cut;
}

std::vector<Ruling> confirmed_rulings(const std::vector<Ruling>& found, const std::vector<Grid>& grids,
                                      const cv::Mat& text, double unit) {
    std::vector<Ruling> confirmed, doubtful;
    for (const Ruling& r : found) {
        const bool in_table =
            std::ranges::any_of(grids, [&](const Grid& grid) { return lies_in(grid, r, kTableSlack * unit); });
        if (in_table)
            confirmed.push_back(r);
        else if (r.length() > kShortestLine * unit)
            doubtful.push_back(r);
    }
    if (doubtful.empty()) return confirmed;
    // Two lines below a word, or above and below it, are no writing beside each other.
    cv::Mat writing = text.clone();
    erase_rulings(doubtful, writing, 0);
    for (const Ruling& r : doubtful)
        if (!runs_through_writing(r, writing, unit)) confirmed.push_back(r);
    return confirmed;
}

std::vector<Ruling> surely_ruled(const std::vector<Ruling>& rulings, double unit) {
    std::vector<Ruling> sure;
    const auto is_long = [&](const Ruling& r) { return r.length() > kNoStroke * unit; };
    std::ranges::copy_if(rulings, std::back_inserter(sure), is_long);
    const std::vector<Ruling> frame = sure;
    std::ranges::copy_if(rulings, std::back_inserter(sure), [&](const Ruling& r) {
        const double reach = kBrokenOff * unit;
        return !is_long(r) && anchored(r, r.from, frame, reach) && anchored(r, r.to, frame, reach);
    });
    return sure;
}

void erase_rulings(const std::vector<Ruling>& rulings, cv::Mat& picture, double value) {
    for (const Ruling& r : rulings) {
        const cv::Rect inside = stroke_of(r, kErasedBeside) & cv::Rect({0, 0}, picture.size());
        if (!inside.empty()) picture(inside).setTo(value);
    }
}

}  // namespace biaod::layout
