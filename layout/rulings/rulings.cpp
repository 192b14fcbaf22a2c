#include "layout/rulings/rulings.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <opencv2/imgproc.hpp>

#include "layout/ink_profile.hpp"
#include "layout/rulings/ruling_strokes.hpp"
#include "layout/rulings/two_tables.hpp"
#include "layout/rulings/words_in_rows.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kRulingRun = 1.1;   // longer than a stroke of writing
constexpr int kShortestRun = 8;      // px
constexpr double kRulingGap = 0.08;  // what did not print
constexpr double kJoinGap = 1.2;
constexpr double kSameLine = 0.25;
constexpr double kBreak = 4;  // of a table's ruling, where it ends at none across
constexpr double kBreakOffset = 0.12;
constexpr double kNoStroke = 1.4;  // longer than a stroke
constexpr double kLong = 3.5;      // longer than strokes that touch
constexpr double kUndoubted = 8;
constexpr double kRow = 1.1;     // no row is lower
constexpr double kNextRow = 12;  // as far down as the last ruling of a header
constexpr double kAnchorReach = 0.5;
constexpr double kArc = 0.12;
constexpr double kWithBar = 1.2;       // times as high as it is thick on the whole
constexpr double kUneven = 1;          // px that strokes of one ruling differ by
constexpr double kThickest = 0.45;     // thicker is a filled area or bold text,
constexpr double kThickestLong = 0.6;  // or, of a long piece, than both strokes of a double ruling, blurred into one

Runs long_runs(const Runs& runs, double unit) {
    const int min_run = std::max(kShortestRun, static_cast<int>(kRulingRun * unit));
    const int max_gap = std::max(1, static_cast<int>(kRulingGap * unit));
    Runs bridged;
    for (const Run& run : runs) {
        if (!bridged.empty() && bridged.back().y == run.y && run.from - bridged.back().to <= max_gap)
            bridged.back().to = run.to;
        else
            bridged.push_back(run);
    }
    std::erase_if(bridged, [&](const Run& run) { return run.length() < min_run; });
    return bridged;
}

// Where most columns of a piece have it, and how thick: where rulings of two rows meet, a part of it is a bar.
struct Stroke {
    double at, thickness;
};

Stroke usual_stroke(const Runs& runs, const std::vector<int>& of_run, int piece, const cv::Rect& box) {
    std::vector<cv::Range> columns(static_cast<std::size_t>(box.width));  // from its first row to behind its last
    const auto first = std::ranges::lower_bound(runs, box.y, {}, &Run::y);
    for (auto run = first; run != runs.end() && run->y < box.br().y; ++run)
        for (int x = run->from; of_run[static_cast<std::size_t>(run - runs.begin())] == piece && x < run->to; ++x) {
            cv::Range& column = columns[static_cast<std::size_t>(x - box.x)];
            column = {column.empty() ? run->y : column.start, run->y + 1};
        }
    const auto middle = columns.begin() + static_cast<std::ptrdiff_t>(columns.size() / 2);
    const auto median = [&](auto of) {
        std::ranges::nth_element(columns, middle, {}, of);
        return of(*middle);
    };
    return {median([](const cv::Range& c) { return (c.start + c.end - 1) / 2.0; }),
            median([](const cv::Range& c) { return static_cast<double>(c.size()); })};
}

// Rulings that horizontal runs form; the caller swaps the axes for vertical ones.
void collect_rulings(const Runs& runs, double char_height, bool horizontal, std::vector<Ruling>& out) {
    const Pieces pieces = connect(runs);
    for (std::size_t i = 0; i < pieces.all.size(); ++i) {
        const cv::Rect& box = pieces.all[i].box;
        Stroke stroke{box.y + (box.height - 1) / 2.0, static_cast<double>(pieces.all[i].area) / box.width};
        const double thickest = box.width > kUndoubted * char_height ? kThickestLong : kThickest;
        if (stroke.thickness > thickest * char_height) continue;
        // An arc (a seal's ring) or a slope that flattening left no page with.
        if (box.height > 2 * stroke.thickness + kArc * char_height + 0.01 * box.width) continue;
        if (box.height > kWithBar * stroke.thickness + 1)
            stroke = usual_stroke(runs, pieces.of_run, static_cast<int>(i), box);
        out.push_back({horizontal, stroke.at, static_cast<double>(box.x), static_cast<double>(box.br().x),
                       stroke.thickness, static_cast<double>(box.width)});
    }
}

// Makes `piece` a part of `mate`, which begins before it. Where both are longer than strokes of writing, and parts of
// the two strokes of a double ruling, the ruling is as thick as both with what is between them.
void append(Ruling& mate, const Ruling& piece, double char_height) {
    const double low = std::min(mate.at - mate.thickness / 2, piece.at - piece.thickness / 2);
    const double high = std::max(mate.at + mate.thickness / 2, piece.at + piece.thickness / 2);
    const bool both_long = std::min(mate.length(), piece.length()) > kNoStroke * char_height;
    const bool within = high - low <= mate.thickness + kUneven;
    const bool covered = both_long && within && mate.thickness > 2 * piece.thickness;
    if (both_long && high - low > mate.thickness + piece.thickness + 1) {
        mate.at = (low + high) / 2;
        mate.thickness = high - low;
    } else if (!covered) {
        const double w1 = mate.length(), w2 = piece.length();
        mate.at = (mate.at * w1 + piece.at * w2) / (w1 + w2);
        mate.thickness = (mate.thickness * w1 + piece.thickness * w2) / (w1 + w2);
    }
    mate.inked += std::max(0.0, piece.to - std::max(piece.from, mate.to));
    mate.to = std::max(mate.to, piece.to);
}

// `apart` tells which two pieces on one line are of two rulings.
std::vector<Ruling> join_pieces(std::vector<Ruling> pieces, double char_height,
                                const std::function<bool(const Ruling&, const Ruling&)>& apart = {}) {
    std::sort(pieces.begin(), pieces.end(), [](const Ruling& a, const Ruling& b) { return a.from < b.from; });
    std::vector<Ruling> joined;
    for (const Ruling& piece : pieces) {
        Ruling* mate = nullptr;
        double nearest = 0;
        for (Ruling& other : joined) {
            const double offset = std::abs(other.at - piece.at);
            if (offset > kSameLine * char_height || piece.from - other.to > kJoinGap * char_height) continue;
            // Two strokes of a double ruling run beside each other; pieces of one ruling follow each other.
            const double overlap = std::min(other.to, piece.to) - piece.from;
            const double shorter = std::min(other.length(), piece.length());
            if (overlap > 0.5 * shorter && offset > 1.5 * std::max(other.thickness, piece.thickness)) continue;
            if (apart && apart(other, piece)) continue;
            if (mate == nullptr || offset < nearest) {
                mate = &other;
                nearest = offset;
            }
        }
        if (mate == nullptr) {
            joined.push_back(piece);
            continue;
        }
        append(*mate, piece, char_height);
    }
    return joined;
}

// Whether a ruling across joins the two, which run along each other.
bool tied(const Ruling& a, const Ruling& b, const std::vector<Ruling>& all, double reach) {
    const double from = std::max(a.from, b.from) - reach, to = std::min(a.to, b.to) + reach;
    return std::any_of(all.begin(), all.end(), [&](const Ruling& across) {
        return across.horizontal != a.horizontal && across.at > from && across.at < to &&
               across.from - reach < std::min(a.at, b.at) && across.to + reach > std::max(a.at, b.at);
    });
}

// Whether another ruling of the same table runs along all of the gap between two pieces on one line: rulings across
// join them, or, where a row is open to its sides, it is near and at least as long as both.
bool gap_is_spanned(const Ruling& before, const Ruling& after, const std::vector<Ruling>& all, double char_height) {
    const double reach = kAnchorReach * char_height;
    return std::any_of(all.begin(), all.end(), [&](const Ruling& other) {
        if (other.horizontal != before.horizontal || other.from > before.to || other.to < after.from) return false;
        if (tied(before, other, all, reach) && tied(after, other, all, reach)) return true;
        const double apart = std::abs(other.at - before.at);
        return before.horizontal && apart > kRow * char_height && apart < kNextRow * char_height &&
               other.from < before.from + reach && other.to > after.to - reach;
    });
}

// Joins long pieces of a table's rulings that are on one line, over a gap that ends at no ruling across: where they do,
// a cell spans the rows or columns between.
std::vector<Ruling> joined_over_breaks(std::vector<Ruling> rulings, double char_height) {
    const std::vector<Ruling> all = rulings;
    const double reach = kAnchorReach * char_height;
    const auto goes_on = [&](const Ruling& before, const Ruling& after) {
        const double gap = after.from - before.to;
        return before.horizontal == after.horizontal && gap > 0 && gap < kBreak * char_height &&
               std::abs(before.at - after.at) < kBreakOffset * char_height &&
               !anchored(before, before.to, all, reach) && !anchored(after, after.from, all, reach) &&
               gap_is_spanned(before, after, all, char_height);
    };
    const auto long_ones = std::partition(rulings.begin(), rulings.end(),
                                          [&](const Ruling& r) { return r.length() < kLong * char_height; });
    std::sort(long_ones, rulings.end(), [](const Ruling& a, const Ruling& b) { return a.from < b.from; });
    std::vector<Ruling> joined(rulings.begin(), long_ones);
    const std::size_t first = joined.size();
    for (auto piece = long_ones; piece != rulings.end(); ++piece) {
        Ruling* mate = nullptr;
        for (std::size_t i = first; i < joined.size(); ++i) {
            const bool nearer = mate == nullptr || std::abs(joined[i].at - piece->at) < std::abs(mate->at - piece->at);
            if (nearer && goes_on(joined[i], *piece)) mate = &joined[i];
        }
        if (mate == nullptr)
            joined.push_back(*piece);
        else
            append(*mate, *piece, char_height);
    }
    return joined;
}

}  // namespace

cv::Rect stroke_of(const Ruling& r, double beside) {
    const double half = r.thickness / 2 + beside, from = r.from - beside, to = r.to + beside;
    const cv::Point2d a = r.horizontal ? cv::Point2d(from, r.at - half) : cv::Point2d(r.at - half, from);
    const cv::Point2d b = r.horizontal ? cv::Point2d(to, r.at + half) : cv::Point2d(r.at + half, to);
    return {cv::Point(cvFloor(a.x), cvFloor(a.y)), cv::Point(cvCeil(b.x), cvCeil(b.y))};
}

void append_piece(Ruling& mate, const Ruling& piece) {
    const double a = mate.length(), b = piece.length();
    mate.at = (mate.at * a + piece.at * b) / (a + b);
    mate.thickness = (mate.thickness * a + piece.thickness * b) / (a + b);
    const double beyond = std::max(0.0, piece.to - std::max(piece.from, mate.to));
    mate.inked += b > 0 ? piece.inked * beyond / b : 0;
    mate.to = std::max(mate.to, piece.to);
}

bool touch(const Ruling& a, const Ruling& b, double reach) {
    return a.horizontal != b.horizontal && b.at > a.from - reach && b.at < a.to + reach && a.at > b.from - reach &&
           a.at < b.to + reach;
}

bool touches_any(const Ruling& r, const std::vector<Ruling>& all, double reach) {
    return std::ranges::any_of(all, [&](const Ruling& other) { return touch(r, other, reach); });
}

bool passes(const Ruling& other, const Ruling& r, double end, double reach) {
    return other.horizontal != r.horizontal && std::abs(other.at - end) < reach && other.from - reach < r.at &&
           other.to + reach > r.at;
}

bool anchored(const Ruling& r, double end, const std::vector<Ruling>& all, double reach) {
    return std::ranges::any_of(all, [&](const Ruling& other) { return passes(other, r, end, reach); });
}

void turn_over_diagonal(std::vector<Ruling>& rulings) {
    for (Ruling& r : rulings) r.horizontal = !r.horizontal;
}

std::pair<double, double> ink_beside(const Ruling& r, const cv::Mat& ink, double from, double to) {
    double share[2] = {0, 0};
    for (const int side : {-1, 1}) {
        const double near = r.at + side * (r.thickness / 2 + from), far = r.at + side * (r.thickness / 2 + to);
        const int low = cvRound(std::min(near, far)), high = cvRound(std::max(near, far));
        cv::Rect strip(cv::Point(static_cast<int>(r.from), low), cv::Point(static_cast<int>(r.to), high + 1));
        if (!r.horizontal) strip = {strip.y, strip.x, strip.height, strip.width};
        strip &= cv::Rect({0, 0}, ink.size());
        if (strip.empty()) continue;
        const cv::Mat any = r.horizontal ? inked_columns(ink(strip)) : inked_rows(ink(strip));
        share[side > 0] = cv::countNonZero(any) / std::max(1.0, std::floor(r.length()));
    }
    return {share[0], share[1]};
}

RulingRuns find_ruling_runs(const cv::Mat& ink, double char_height) {
    return {long_runs(find_runs(ink), char_height), long_runs(find_column_runs(ink), char_height)};
}

std::vector<Ruling> find_rulings(const RulingRuns& runs, const cv::Mat& ink, double char_height) {
    std::vector<Ruling> horizontal, vertical;
    collect_rulings(runs.horizontal, char_height, true, horizontal);
    collect_rulings(runs.vertical, char_height, false, vertical);
    std::vector<Ruling> all = join_pieces(std::move(horizontal), char_height);
    std::vector<Ruling> sure;
    std::ranges::copy_if(all, std::back_inserter(sure),
                         [&](const Ruling& r) { return r.length() > kUndoubted * char_height; });
    std::erase_if(vertical, [&, pieces = vertical](const Ruling& piece) {
        return is_stroke_before_table(piece, pieces, sure, ink, char_height) ||
               is_stroke_in_row(piece, sure, ink, char_height);
    });
    const std::vector<Ruling> others =
        join_pieces(std::move(vertical), char_height, [&](const Ruling& above, const Ruling& below) {
            return are_of_two_tables(above, below, sure, ink, char_height);
        });
    all.insert(all.end(), others.begin(), others.end());
    all = joined_over_breaks(std::move(all), char_height);
    drop_strokes(all, ink, char_height);
    return all;
}

}  // namespace biaod::layout
