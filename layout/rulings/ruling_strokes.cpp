#include "layout/rulings/ruling_strokes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <iterator>
#include <utility>

#include "layout/disjoint_sets.hpp"
#include "layout/rulings/words_in_rows.hpp"
#include "models/median.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kJoinGap = 1.2;
constexpr double kSameLine = 0.25;
constexpr double kNoStroke = 1.4;  // longer than a stroke
constexpr double kHeadingStroke = 2;
constexpr double kInBody = 0.7;   // as far as writing stands beside a stroke
constexpr double kWriting = 0.3;  // of its length
constexpr double kLong = 3.5;     // longer than strokes that touch
constexpr double kDouble = 0.45;
constexpr double kTwinEnds = 0.4;
constexpr double kBrokenEnds = 1;  // of what is longer than strokes of writing
constexpr double kUndoubted = 8;
constexpr double kOneLine = 2;         // of a heading: no tangle in one
constexpr double kWidestTangle = 8;    // is wider
constexpr double kBeforeRuling = 0.1;  // as far as writing keeps clear of one
constexpr double kSolid = 0.9;         // of its length: gaps where others cross
constexpr double kUnbroken = 0.95;     // of its length
constexpr double kRow = 1.1;           // no row is lower
constexpr double kAnchorReach = 0.5;
constexpr double kStrokeReach = 0.35;  // of what is as long as a stroke, or two beside each other
constexpr double kStrokeGap = 0.2;     // between a ruling and a stroke beyond its end
constexpr double kRowEnd = 0.15;
constexpr int kFewestInRow = 2;
constexpr double kMostOfRow = 0.6;
constexpr double kRowRest = 0.6;
constexpr double kOfRow = 0.6;  // no character is as high
constexpr double kHangsInRow = 0.6;
constexpr double kBesideInRow = 0.5, kBesideAlone = 0.1;  // of its length
constexpr double kHangsBelow = 0.35;                      // a dotted ruling begins with a gap
constexpr double kBesideFrom = 0.06;                      // where writing stands beside one of its own strokes
constexpr double kBesideTo = 0.22;
constexpr double kBeyondFrom = 0.35;  // behind the second stroke of a double ruling, in the body of writing
constexpr double kBeyondTo = 0.45;
constexpr double kClear = 0.2;     // of a ruling's length
constexpr double kHeld = 0.3;      // as near to a ruling across
constexpr double kTouched = 0.05;  // of its length
constexpr double kTouchedOften = 0.2;
constexpr double kLongest = 5;  // of what closes up below each other,
constexpr double kThick = 2;    // times as thick as rulings
constexpr double kBold = 1.7;   // of a bold heading's strokes

// Where a character stands beside one of its own strokes.
std::pair<double, double> company(const Ruling& r, const cv::Mat& ink, double char_height) {
    return ink_beside(r, ink, kBesideFrom * char_height + 1, kBesideTo * char_height + 1);
}

// Whether what runs beside a ruling is but a second stroke: behind it, on the same side, is nearly no ink.
bool is_clear_beyond(const Ruling& r, const cv::Mat& ink, bool before, double char_height) {
    const auto [low, high] = ink_beside(r, ink, kBeyondFrom * char_height, kBeyondTo * char_height);
    return (before ? low : high) < kClear;
}

// Whether a ruling across is at one end, and at the other, too, or others end there, as at a table's open side: a line
// below a word ends before.
bool is_held(const Ruling& r, const std::vector<Ruling>& all, double reach) {
    const bool from = anchored(r, r.from, all, reach), to = anchored(r, r.to, all, reach);
    const auto ends_alike = [&](bool first) {
        return std::ranges::any_of(all, [&](const Ruling& other) {
            return &other != &r && other.horizontal == r.horizontal && other.length() >= r.length() &&
                   std::abs(first ? other.from - r.from : other.to - r.to) < reach;
        });
    };
    return (from && to) || (from && ends_alike(false)) || (to && ends_alike(true));
}

// Whether hardly any stroke beside it touches it, on one side at least.
bool keeps_clear(const Ruling& r, const cv::Mat& ink) {
    const auto [low, high] = touched(r, ink);
    return std::min(low, high) < kTouched;
}

// `held`: see is_held().
bool is_writing(const Ruling& r, const cv::Mat& ink, bool anchored_twice, bool held, double char_height) {
    const auto [low, high] = company(r, ink, char_height);
    const double most = std::max(low, high), least = std::min(low, high);
    const double solid = r.inked / r.length();
    // A second stroke may run beside a part of it.
    const bool undoubted = solid >= kSolid && r.length() > kUndoubted * char_height;
    if (undoubted && held && keeps_clear(r, ink)) return false;
    if (undoubted && is_clear_beyond(r, ink, low > high, char_height)) return least > 0.3;
    if (anchored_twice) return least > 0.3 || (solid < 0.7 && most > 0.3);
    return least > 0.3 || (solid < 0.85 && most > 0.3) || most > 0.5;
}

// Whether strokes touch it on both sides, as those of characters below each other that closed up do.
bool closed_up(const Ruling& r, const cv::Mat& ink) {
    const auto [left, right] = touched(r, ink);
    return std::min(left, right) > kTouchedOften;
}

// The median of the long ones.
double usual_thickness(const std::vector<Ruling>& rulings, double char_height) {
    std::vector<double> all;
    for (const Ruling& r : rulings)
        if (r.length() > kUndoubted * char_height) all.push_back(r.thickness);
    return all.empty() ? char_height : models::median(std::move(all));
}

// Whether a vertical as short as a heading's stroke has others close on both sides, and ends before the next ruling
// across, or they touch it.
bool is_in_word(const Ruling& r, const std::vector<Ruling>& all, const cv::Mat& ink, double char_height) {
    if (r.horizontal || r.length() > kHeadingStroke * char_height) return false;
    const auto reaches = [&](double end) {
        return std::ranges::any_of(all, [&](const Ruling& other) {
            return passes(other, r, end, other.thickness / 2 + kBeforeRuling * char_height + 1);
        });
    };
    const auto [left, right] = touched(r, ink);
    if (reaches(r.from) && reaches(r.to) && std::min(left, right) < kTouchedOften) return false;
    return is_of_word(r, ink, char_height);
}

bool close_beside(const Ruling& a, const Ruling& b, double char_height) {
    const double apart = std::abs(a.at - b.at);
    return a.horizontal == b.horizontal && apart > 0 && apart < kDouble * char_height;
}

// Whether another ruling of the same length runs close beside it.
bool has_twin(const Ruling& r, const std::vector<Ruling>& all, double char_height) {
    const double slack = (r.length() > kLong * char_height ? kBrokenEnds : kTwinEnds) * char_height;
    return std::any_of(all.begin(), all.end(), [&](const Ruling& other) {
        return close_beside(r, other, char_height) && std::abs(other.from - r.from) < slack &&
               std::abs(other.to - r.to) < slack;
    });
}

// Whether a horizontal keeps clear of a vertical that it crosses, and of those at its ends, with writing close to one
// side: the feet of the characters in two cells beside each other.
bool is_in_two_cells(const Ruling& r, const std::vector<Ruling>& all, const cv::Mat& ink, double char_height) {
    if (!r.horizontal || has_twin(r, all, char_height)) return false;
    const auto [low, high] = company(r, ink, char_height);
    if (std::max(low, high) <= kWriting || anchored(r, r.from, all, kRowEnd * char_height) ||
        anchored(r, r.to, all, kRowEnd * char_height))
        return false;
    const int top = cvRound(r.at - r.thickness / 2), bottom = cvRound(r.at + r.thickness / 2) + 1;
    const auto is_clear = [&](double from, double to) {
        const cv::Rect part(cv::Point(cvRound(from), top), cv::Point(cvRound(to), bottom));
        const cv::Mat found = ink(part & cv::Rect({0, 0}, ink.size()));
        return !found.empty() && cv::countNonZero(found) == 0;
    };
    return std::ranges::any_of(all, [&](const Ruling& v) {
        if (!touch(r, v, 0)) return false;
        const double edge = v.thickness / 2 + 2, reach = edge + kBeforeRuling * char_height;
        return is_clear(v.at - reach, v.at - edge) && is_clear(v.at + edge, v.at + reach);
    });
}

// Whether others hang beside it, from the same height to the same: in a row that a page's end cut off.
bool hangs_in_row(const Ruling& r, const std::vector<Ruling>& all, double char_height) {
    const double slack = kRowEnd * char_height;
    const auto alike = std::ranges::count_if(all, [&](const Ruling& other) {
        return !other.horizontal && std::abs(other.at - r.at) > char_height && std::abs(other.from - r.from) < slack &&
               std::abs(other.to - r.to) < slack;
    });
    return r.length() > kNoStroke * char_height && alike >= kFewestInRow;
}

// Whether it ends where others do that begin above it, in a row that a page's end cut off: its upper end was lost.
bool ends_in_row(const Ruling& r, const std::vector<Ruling>& all, double char_height) {
    if (r.length() < kNoStroke * char_height) return false;
    int alike = 0;
    bool most_of_row = false;
    for (const Ruling& other : all) {
        const bool ends_alike = !other.horizontal && std::abs(other.to - r.to) < kRowEnd * char_height;
        if (!ends_alike || std::abs(other.at - r.at) < char_height || other.from >= r.from) continue;
        ++alike;
        most_of_row = most_of_row || r.length() > kMostOfRow * other.length();
    }
    return alike >= kFewestInRow && most_of_row;
}

// Whether a ruling across is at one end, and none beyond the other: a stroke in a row ends before the row does.
bool hangs(const Ruling& r, const std::vector<Ruling>& all, double reach, double char_height) {
    const bool from_above = anchored(r, r.from, all, reach);
    if (!from_above && !anchored(r, r.to, all, reach)) return false;
    const double rest = kRowRest * char_height;
    return !anchored(r, from_above ? r.to + rest : r.from - rest, all, rest);
}

// A piece of a vertical ruling that a page's end cut off: it hangs from a ruling, is solid and stands alone, or others
// hang beside it; where it is as short as a stroke, it is not bold, with rulings `usual` px thick.
bool hangs_free(const Ruling& r, const std::vector<Ruling>& all, const cv::Mat& ink, double usual, double char_height) {
    if (r.horizontal || r.length() < kRow * char_height || r.inked < kUnbroken * r.length()) return false;
    if (r.length() < kHeadingStroke * char_height && r.thickness > kBold * usual) return false;
    const auto [low, high] = company(r, ink, char_height);
    if (std::max(low, high) < kBesideAlone && ends_in_row(r, all, char_height)) return true;
    const bool in_row = hangs_in_row(r, all, char_height);
    if (!hangs(r, all, (in_row ? kHangsInRow : kHangsBelow) * char_height, char_height)) return false;
    return std::max(low, high) < (in_row ? kBesideInRow : kBesideAlone);
}

// Whether it stands alone and reaches from one ruling to another or past it, as no stroke does: part of a vertical in
// several rows of which the rest was lost.
bool spans_row(const Ruling& r, const std::vector<Ruling>& all, const cv::Mat& ink, double char_height) {
    if (r.horizontal || r.inked < kUnbroken * r.length()) return false;
    double first = r.to, last = r.from;
    for (const Ruling& other : all) {
        if (!touch(r, other, kRowEnd * char_height)) continue;
        first = std::min(first, other.at);
        last = std::max(last, other.at);
    }
    if (last - first < kRow * char_height) return false;
    const auto [low, high] = company(r, ink, char_height);
    return std::max(low, high) < kBesideAlone;
}

// Whether a longer ruling runs close beside all of it: `r` is the other stroke of a double one.
bool beside_longer(const Ruling& r, const std::vector<Ruling>& all, double char_height) {
    const double slack = kSameLine * char_height;
    return std::any_of(all.begin(), all.end(), [&](const Ruling& other) {
        return close_beside(r, other, char_height) && other.length() > kUndoubted * char_height &&
               other.from < r.from + slack && other.to > r.to - slack;
    });
}

// Takes out strokes of bold characters that hold on to each other: short rulings that touch, within a few characters'
// height and width, or more of them in one line, and that together reach neither down nor across from one longer ruling
// to another.
void drop_tangles(std::vector<Ruling>& rulings, double char_height) {
    const double reach = kStrokeReach * char_height, few = kLong * char_height, line = kOneLine * char_height;
    const auto is_short = [&](const Ruling& r) {
        return r.length() < (r.horizontal ? kWidestTangle * char_height : few);
    };
    std::vector<Ruling> longer;
    std::ranges::copy_if(rulings, std::back_inserter(longer), std::not_fn(is_short));
    DisjointSets sets(rulings.size());
    for (std::size_t i = 0; i < rulings.size(); ++i)
        for (std::size_t k = 0; is_short(rulings[i]) && k < i; ++k)
            if (is_short(rulings[k]) && touch(rulings[i], rulings[k], reach)) sets.unite(i, k);
    struct Along {  // of its rulings of one direction
        double from = 0, to = 0;
        bool any = false, begins = false, ends = false;
    };
    std::vector<std::array<Along, 2>> tangles(rulings.size());
    for (std::size_t i = 0; i < rulings.size(); ++i) {
        const Ruling& r = rulings[i];
        Along& along = tangles[sets.root(i)][r.horizontal];
        along.from = along.any ? std::min(along.from, r.from) : r.from;
        along.to = along.any ? std::max(along.to, r.to) : r.to;
        along.any = true;
        along.begins = along.begins || anchored(r, r.from, longer, reach);
        along.ends = along.ends || anchored(r, r.to, longer, reach);
    }
    const auto is_tangle = [&](const std::array<Along, 2>& both) {
        const auto& [down, across] = both;
        const bool loose =
            std::ranges::all_of(both, [](const Along& along) { return along.any && !(along.begins && along.ends); });
        return loose && down.to - down.from < few && (down.to - down.from < line || across.to - across.from < few);
    };
    std::vector<Ruling> kept;
    for (std::size_t i = 0; i < rulings.size(); ++i)
        if (!is_tangle(tangles[sets.root(i)])) kept.push_back(rulings[i]);
    rulings = std::move(kept);
}

// The ink that is no ruling for sure, one that is long and solid, or double: the second stroke of a double ruling is no
// writing beside the first.
cv::Mat without_sure_rulings(const std::vector<Ruling>& rulings, const cv::Mat& ink, double char_height) {
    cv::Mat rest = ink.clone();
    const auto bounded_within = [&](const Ruling& r, double reach) {
        return anchored(r, r.from, rulings, reach) && anchored(r, r.to, rulings, reach);
    };
    const auto is_anchored_once = [&](const Ruling& r) {
        const double reach = kAnchorReach * char_height;
        return anchored(r, r.from, rulings, reach) || anchored(r, r.to, rulings, reach);
    };
    for (const Ruling& r : rulings) {
        // Strokes of a character end farther from the rulings than a double ruling does.
        const double stroke_reach = kStrokeReach * char_height;
        const bool tall = !r.horizontal && r.length() > kRow * char_height && has_twin(r, rulings, char_height) &&
                          (bounded_within(r, stroke_reach) || hangs(r, rulings, stroke_reach, char_height) ||
                           (r.length() > kLong * char_height && is_anchored_once(r)));
        if ((r.length() < kUndoubted * char_height && !tall) || r.inked < kSolid * r.length()) continue;
        // Of a table's ruling, pieces of both strokes of a double one may have been joined.
        const bool bounded = bounded_within(r, kAnchorReach * char_height);
        const double half = r.thickness / 2 + (bounded ? kSameLine * char_height : 1);
        const int low = cvFloor(r.at - half), high = cvCeil(r.at + half);
        cv::Rect stroke(cv::Point(cvFloor(r.from), low), cv::Point(cvCeil(r.to), high + 1));
        if (!r.horizontal) stroke = {stroke.y, stroke.x, stroke.height, stroke.width};
        rest(stroke & cv::Rect({0, 0}, rest.size())).setTo(0);
    }
    return rest;
}

// Whether a piece of a vertical is nearly as long as the row is high in which it stands.
bool fills_row(const Ruling& piece, const std::vector<Ruling>& horizontals, double char_height) {
    const auto [above, below] = row_around(piece, horizontals);
    if (above == nullptr || below == nullptr) return false;
    const double height = below->at - above->at;
    return piece.length() > kOfRow * height && height < kLong * char_height;
}

}  // namespace

bool is_stroke_before_table(const Ruling& piece, const std::vector<Ruling>& verticals,
                            const std::vector<Ruling>& horizontals, const cv::Mat& ink, double char_height) {
    const double reach = kStrokeGap * char_height;
    if (piece.length() > kHeadingStroke * char_height || anchored(piece, piece.from, horizontals, reach) ||
        anchored(piece, piece.to, horizontals, reach))
        return false;
    const bool before_table = std::ranges::any_of(verticals, [&](const Ruling& r) {
        const double gap = std::max(r.from - piece.to, piece.from - r.to);
        return std::abs(r.at - piece.at) < kSameLine * char_height && gap > reach && gap < kJoinGap * char_height &&
               anchored(r, r.from > piece.to ? r.from : r.to, horizontals, kRowEnd * char_height);
    });
    if (!before_table || fills_row(piece, horizontals, char_height)) return false;
    const auto [low, high] = ink_beside(piece, ink, kBesideTo * char_height, kInBody * char_height);
    return std::max(low, high) > kWriting;
}

void drop_strokes(std::vector<Ruling>& rulings, const cv::Mat& all_ink, double char_height) {
    const cv::Mat ink = without_sure_rulings(rulings, all_ink, char_height);
    const double usual = usual_thickness(rulings, char_height);
    const bool few = rulings.size() <= kMostRulings;
    for (bool dropped = true; dropped;) {
        std::vector<Ruling> kept;
        for (const Ruling& r : rulings) {
            const auto anchored_at = [&](double end, double reach) {
                return anchored(r, end, rulings, reach * char_height);
            };
            const bool from_near = anchored_at(r.from, kStrokeReach), to_near = anchored_at(r.to, kStrokeReach);
            const bool as_stroke = !r.horizontal && r.length() < kNoStroke * char_height;
            const bool anchored_twice = as_stroke
                                            ? from_near && to_near
                                            : (from_near || to_near || r.length() > kLong * char_height) &&
                                                  anchored_at(r.from, kAnchorReach) && anchored_at(r.to, kAnchorReach);
            if (!anchored_twice && r.length() < kLong * char_height &&
                !hangs_free(r, rulings, ink, usual, char_height) && !spans_row(r, rulings, ink, char_height) &&
                !beside_longer(r, rulings, char_height))
                continue;
            if (few && is_in_word(r, rulings, all_ink, char_height)) continue;
            if (r.length() < kLongest * char_height && r.thickness > kThick * usual && closed_up(r, all_ink)) continue;
            const bool held = is_held(r, rulings, kHeld * char_height);
            if (is_writing(r, ink, anchored_twice, held, char_height) ||
                is_in_two_cells(r, rulings, all_ink, char_height))
                continue;
            kept.push_back(r);
        }
        dropped = kept.size() < rulings.size();
        rulings = std::move(kept);
    }
    drop_tangles(rulings, char_height);
}

}  // namespace biaod::layout
