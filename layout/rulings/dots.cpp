#include "layout/rulings/dots.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <utility>
#include <vector>

#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kLongestDash = 1.1;
constexpr double kWidestGap = 0.45;
constexpr double kWidestForDot = 2;  // of the dot's length
constexpr double kUneven = 0.1;      // of the distance of two dots
constexpr std::ptrdiff_t kFewest = 5;
constexpr std::ptrdiff_t kFewestAtWriting = 12;  // where it is close on one side,
constexpr double kClearInWriting = 0.5;          // of those in line with one that is surely dotted
constexpr double kNoUnderline = 8;               // is as long
constexpr double kSamePitch = 0.5;               // px, between its dots
constexpr std::ptrdiff_t kFewestBetween = 3;     // of those that fill the way between two horizontals
constexpr std::ptrdiff_t kMostBegun = 3;         // dots of a long row that are tried for its first one
constexpr double kShortest = 1.2;
constexpr double kClear = 0.3;       // to either side
constexpr double kHighest = 0.2;     // of a dot that is not longer
constexpr double kCrossing = 0.7;    // of the way is ink: a dotted one may not have been drawn through
constexpr double kClearShare = 0.8;  // of the dots; others stand where rulings cross

// Whether `next` goes on the row that ends with `a` and `b`: as far from `b` as that is from `a`, about as long, and
// not much further from it than it is long, as strokes of digits and rulings in a column are.
bool goes_on(const Run& a, const Run& b, const Run& next, double unit) {
    const double pitch = b.from - a.from, slack = 1.5 + kUneven * pitch, gap = next.from - b.to;
    return next.y == b.y && next.length() < kLongestDash * unit && gap < kWidestGap * unit &&
           gap < kWidestForDot * b.length() + 1 && std::abs(pitch - (next.from - b.from)) < slack &&
           std::abs(next.length() - b.length()) < slack;
}

// On how many sides nothing stands beside the dot itself, which may be as thick as it is long. `upright`: it is a run
// of a column.
int clear_sides(const Run& dot, const cv::Mat& ink, double unit, bool upright) {
    const int reach = static_cast<int>(std::lround(kClear * unit)), middle = (dot.from + dot.to) / 2;
    const int begin = std::min(dot.length() + 1, reach), length = reach - begin + 1;
    int sides = 0;
    for (const int beside : {dot.y - reach, dot.y + begin}) {
        const cv::Rect strip = upright ? cv::Rect(beside, middle, length, 1) : cv::Rect(middle, beside, 1, length);
        const cv::Rect inside = strip & cv::Rect({0, 0}, ink.size());
        sides += inside.empty() || cv::countNonZero(ink(inside)) == 0;
    }
    return sides;
}

// Whether it is as low as a dot of a ruling, and no part of a stroke that runs across the row.
bool is_low(const Run& dot, const cv::Mat& ink, double unit, bool upright) {
    const int highest = std::max(dot.length(), static_cast<int>(std::lround(kHighest * unit)));
    const int middle = (dot.from + dot.to) / 2;
    const auto is_ink = [&](int y) {
        const cv::Point at = upright ? cv::Point(y, middle) : cv::Point(middle, y);
        return cv::Rect({0, 0}, ink.size()).contains(at) && ink.at<std::uint8_t>(at) != 0;
    };
    int from = dot.y, to = dot.y + 1;
    while (to - from <= highest && is_ink(from - 1)) --from;
    while (to - from <= highest && is_ink(to)) ++to;
    return to - from <= highest;
}

// Whether a horizontal, a character to either side, is in the run of a column.
bool holds_crossing(const Run& run, const cv::Mat& ink, double unit) {
    const int reach = static_cast<int>(std::lround(unit));
    for (int y = run.from; y < run.to; ++y) {
        const cv::Rect strip(run.y - reach, y, 2 * reach + 1, 1);
        const cv::Rect inside = strip & cv::Rect({0, 0}, ink.size());
        if (inside == strip && cv::countNonZero(ink(strip)) > kCrossing * strip.area()) return true;
    }
    return false;
}

// Whether the dots of a column from `first` to before `end` fill the way between two horizontals, with no wider gap to
// these.
bool reach_crossings(Runs::const_iterator first, Runs::const_iterator end, const Runs& runs, const cv::Mat& ink,
                     double unit) {
    if (first == runs.begin() || end == runs.end()) return false;
    const Run &before = first[-1], &behind = *end;
    const int gap = first[1].from - first[0].to + 1;
    return before.y == first->y && behind.y == first->y && first->from - before.to <= gap &&
           behind.from - end[-1].to <= gap && holds_crossing(before, ink, unit) && holds_crossing(behind, ink, unit);
}

// Where the row ends that begins with the dot `first`; the first two dots set the distance.
Runs::const_iterator end_of_row(Runs::const_iterator first, const Runs& runs, double unit) {
    auto end = first + 1;
    if (end == runs.end() || first->length() >= kLongestDash * unit) return end;
    const Run before{first->y, 2 * first->from - end->from, 0};
    if (!goes_on(before, *first, *end, unit)) return end;
    for (++end; end != runs.end() && goes_on(end[-2], end[-1], *end, unit);) ++end;
    return end;
}

// Strokes of writing may seem to go on with the row, which reaches to them as to a ruling that it ends at.
struct ClearDots {
    Runs::const_iterator from, to;  // without those at its ends that do not stand clear
    std::ptrdiff_t count = 0;       // of those that do
};

// Those that stand clear on so many `sides`; on one, they are low, too. No dot at their ends is where a horizontal
// crosses a column.
ClearDots clear_dots(Runs::const_iterator first, Runs::const_iterator end, const cv::Mat& ink, double unit,
                     bool upright, int sides) {
    const auto clear = [&](const Run& dot) {
        return clear_sides(dot, ink, unit, upright) >= sides && (sides == 2 || is_low(dot, ink, unit, upright));
    };
    const auto ends = [&](const Run& dot) { return clear(dot) && !(upright && holds_crossing(dot, ink, unit)); };
    const auto from = std::find_if(first, end, ends);
    while (end > from && !ends(end[-1])) --end;
    return {from, end, std::count_if(from, end, clear)};
}

// Dots alike at even distances, in one row.
struct Stretch {
    Runs::const_iterator first, end;

    double pitch() const { return (end[-1].from - first->from) / static_cast<double>(end - first - 1); }
    bool is_in_line_with(const Stretch& other) const {
        return other.end - other.first >= kFewestAtWriting && first->y == other.first->y &&
               std::abs(pitch() - other.pitch()) < kSamePitch;
    }
};

std::vector<Stretch> find_stretches(const Runs& runs, double unit) {
    std::vector<Stretch> stretches;
    for (auto first = runs.begin(); first != runs.end();) {
        const auto end = end_of_row(first, runs, unit);
        const bool long_enough = end - first >= kFewest && end[-1].to - first->from >= kShortest * unit;
        if (long_enough) stretches.push_back({first, end});
        first = long_enough ? end : first + 1;
    }
    return stretches;
}

// The rows of dots among the `runs` of the rows or columns of `ink`, each as one run.
Runs find_dotted(const Runs& runs, const cv::Mat& ink, double unit, bool upright) {
    Runs dotted;
    const auto add_clear = [&](const Stretch& stretch, int sides, std::ptrdiff_t fewest, double share) {
        const auto [first, end] = stretch;
        const auto [from, to, count] = clear_dots(first, end, ink, unit, upright, sides);
        if (to - from < fewest || static_cast<double>(count) < share * static_cast<double>(to - from)) return false;
        dotted.push_back({first->y, from > first ? from[-1].to : from->from, to < end ? to->from : to[-1].to});
        return true;
    };
    std::vector<Stretch> sure, others;
    for (const Stretch& stretch : find_stretches(runs, unit)) {
        const bool is_long = stretch.end[-1].to - stretch.first->from > kNoUnderline * unit;
        const bool clear = add_clear(stretch, 2, kFewest - 1, kClearShare) ||
                           (is_long && add_clear(stretch, 1, kFewestAtWriting, kClearShare));
        (clear ? sure : others).push_back(stretch);
    }
    for (const Stretch& stretch : others)
        if (std::ranges::any_of(sure, [&](const Stretch& other) { return stretch.is_in_line_with(other); }))
            add_clear(stretch, 1, kFewest, kClearInWriting);
    return dotted;
}

// The same of dots of the columns which fill the way between two horizontals: fewest where nothing is close to them, or
// in line with those that are `known`. Of these, and of many, some may touch what is close.
Runs find_dotted_between(const Runs& columns, const cv::Mat& ink, double unit, const Runs& known) {
    Runs dotted;
    auto last_end = columns.begin();
    std::ptrdiff_t begun = 0;  // of a long row's dots, where another one was taken for its first
    for (auto first = columns.begin(); first != columns.end(); ++first) {
        const auto end = end_of_row(first, columns, unit);
        if (end - first < kFewestBetween) continue;
        const bool in_line = std::ranges::any_of(known, [&](const Run& run) { return run.y == first->y; });
        for (const auto& [sides, fewest] :
             {std::pair(2, kFewestBetween), std::pair(1, in_line ? kFewestBetween : kFewest)}) {
            const auto [from, to, count] = clear_dots(first, end, ink, unit, true, sides);
            const double share = in_line || count >= kFewestAtWriting ? kClearShare : 1;
            const bool clear = count >= fewest && static_cast<double>(count) >= share * static_cast<double>(to - from);
            if (!clear || !reach_crossings(from, to, columns, ink, unit)) continue;
            dotted.push_back({first->y, from[-1].to, to->from});
            break;
        }
        begun = first < last_end ? begun + 1 : 0;
        last_end = std::max(last_end, end);
        if (begun >= kMostBegun && end - first > kFewestAtWriting) first = end - 1;
    }
    return dotted;
}

void draw(const Runs& rows, const Runs& columns, cv::Mat& ink) {
    for (const Run& run : rows) ink(cv::Rect(run.from, run.y, run.length(), 1)).setTo(255);
    for (const Run& run : columns) ink(cv::Rect(run.y, run.from, 1, run.length())).setTo(255);
}

}  // namespace

bool draw_dots_through(cv::Mat& ink, double char_height) {
    const Runs rows = find_dotted(find_runs(ink), ink, char_height, false),
               columns = find_dotted(find_column_runs(ink), ink, char_height, true);
    draw(rows, columns, ink);
    // Few dots stand in a row's height, and the rulings that they stand between may have been dotted, too.
    if (!rows.empty()) draw({}, find_dotted_between(find_column_runs(ink), ink, char_height, columns), ink);
    return !rows.empty() || !columns.empty();
}

}  // namespace biaod::layout
