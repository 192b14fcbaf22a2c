#include "layout/rulings/breaks.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "layout/ink_profile.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kAnchored = 0.5;  // to a ruling across
constexpr double kBreak = 3.2;
constexpr double kNoStroke = 1.5;    // longer than a character's
constexpr double kLong = 8;          // longer than any of a title
constexpr double kOneStroke = 0.15;  // a double ruling has two
constexpr double kClear = 0.2;       // to either side of a ruling
constexpr int kHolds = 2;            // verticals that end at a table's last row
constexpr double kNextRow = 12;      // farther apart are no rows
constexpr double kThin = 0.08;       // of crumbs, beside the ruling's own thickness, and
constexpr double kLeastThin = 2;     // px; as a dot is thicker than its ruling on the whole
constexpr double kCrossing = 0.2;    // of thicker ink on the way, where rulings cross
constexpr double kRow = 6;           // taller ones are not crossed by crumbs
constexpr double kStub = 0.15;       // share of a row: what is left of a ruling at one of its ends,
constexpr double kShortestStub = 0.35;
constexpr double kDense = 0.8;         // of the stub is ink,
constexpr double kEdge = 1;            // px beyond the stroke of the ruling across,
constexpr double kRough = 0.1;         // as far as a vertical may be rough
constexpr double kFoot = 0.15;         // as near to a ruling across what touches it stands,
constexpr double kLeastFoot = 2;       // px
constexpr double kNeighbours = 1.3;    // so far beside a stub,
constexpr double kFeet = 0.3;          // over so much of the way
constexpr double kLowRow = 1.6;        // no higher than writing with little room
constexpr double kOneCharacter = 1.5;  // as high as a stroke that passes a ruling across

// How much ink lies across each point of the ruling's line from `from` to `to`, within `half` px of it; CV_32S, a row.
cv::Mat thickness_along(const Ruling& r, double from, double to, double half, const cv::Mat& mask) {
    cv::Rect way(cv::Point(cvRound(from), cvRound(r.at - half)), cv::Point(cvRound(to), cvRound(r.at + half) + 1));
    if (!r.horizontal) way = {way.y, way.x, way.height, way.width};
    const cv::Mat ink = mask(way & cv::Rect({0, 0}, mask.size()));
    return r.horizontal || ink.empty() ? column_profile(ink) : cv::Mat(row_profile(ink).t());
}

class Breaks {
  public:
    Breaks(std::vector<Ruling>& rulings, const cv::Mat& faint, const cv::Mat& ink, double unit)
        : rulings_(rulings), faint_(faint), ink_(ink), unit_(unit) {}

    void mend() {
        for (const Ruling& r : rulings_) held_.push_back(r.horizontal && is_held(r));
        for (Ruling& r : rulings_)
            for (const bool forward : {false, true}) mend_end(r, forward);
        join_pieces();
    }

  private:
    // Makes one of the rulings that end where another begins on the same line. Their places change.
    void join_pieces() const {
        for (std::size_t i = 0; i < rulings_.size(); ++i) {
            const auto goes_on = [&](const Ruling& r) {
                const Ruling& before = rulings_[i];
                return r.horizontal == before.horizontal && r.from == before.to && r.to > r.from &&
                       is_on_way(before, r);
            };
            for (auto r = std::ranges::find_if(rulings_, goes_on); r != rulings_.end();
                 r = std::ranges::find_if(rulings_, goes_on)) {
                append_piece(rulings_[i], *r);
                if (r < rulings_.begin() + static_cast<std::ptrdiff_t>(i)) --i;
                rulings_.erase(r);
            }
        }
    }

    void mend_end(Ruling& r, bool forward) const {
        double& end = forward ? r.to : r.from;
        if (r.length() < kNoStroke * unit_ || !is_of_table(r)) return;
        if (const Ruling* row = passed_by_stroke(r, forward)) end = row->at;
        if (const Ruling* row = row_at(r, end)) return go_on_over_stubs(r, *row, forward);
        std::optional<double> next;
        const bool held_alone = held_[index(r)] && ends_alone(r, end, forward);
        for (const Ruling& other : rulings_) {
            const bool across = other.horizontal != r.horizontal;
            const bool both_held = !across && held_alone && held_[index(other)];
            const double shortest = other.horizontal && !both_held ? kLong : kNoStroke;
            if (other.length() < shortest * unit_ || !is_on_way(r, other)) continue;
            const double at = across ? other.at : (forward ? other.from : other.to);
            const double gap = forward ? at - end : end - at;
            if (gap <= 0 || gap > kBreak * unit_ || (next && gap > std::abs(*next - end))) continue;
            if (across ? is_reached_beside(r, other)
                       : both_held || runs_beside(r, std::min(end, at), std::max(end, at)))
                next = at;
        }
        if (!next) return go_on_over_stubs(r, {!r.horizontal, end, 0, 0, 0, 0}, forward);
        if (way_is_clear(r, std::min(end, *next), std::max(end, *next), faint_, unit_)) end = *next;
    }

    // Over the next row or column of the table, or the rest of one, in which others beside go on, where something of it
    // is left at that row's end or beginning. (What is not, where a row is one cell, may be its writing.) `row` is the
    // ruling across that it ends at, or its own end.
    void go_on_over_stubs(Ruling& r, Ruling row, bool forward) const {
        for (;;) {
            const Ruling* next = next_across(r, row.at, forward);
            if (!next || !is_on_way(r, *next) || has_piece(r, row.at, next->at)) return;
            if (!(forward ? has_stub(r, row, *next) : has_stub(r, *next, row))) return;
            row = *next;
            (forward ? r.to : r.from) = row.at;
        }
    }

    // The ruling across that a vertical passes by less than a character, where others stand on that: a stroke of one in
    // line with it.
    const Ruling* passed_by_stroke(const Ruling& r, bool forward) const {
        const double end = forward ? r.to : r.from;
        if (r.horizontal || row_at(r, end)) return nullptr;
        for (const Ruling& row : rulings_) {
            const double past = forward ? end - row.at : row.at - end;
            if (!row.horizontal || past < kAnchored * unit_ || past > kOneCharacter * unit_ || !lies_across(row, r))
                continue;
            const double edge = row.thickness / 2 + kEdge;
            const Ruling* next = next_across(r, row.at, forward);
            if (next != nullptr && std::abs(next->at - row.at) < kLowRow * unit_) continue;
            if (is_in_line(r, forward ? row.at + edge : row.at - edge, forward)) return &row;
        }
        return nullptr;
    }

    // Whether another ruling on the line of `r` is there, which mends its own ends.
    bool has_piece(const Ruling& r, double row, double next) const {
        const double from = std::min(row, next) + kAnchored * unit_, to = std::max(row, next) - kAnchored * unit_;
        return std::ranges::any_of(rulings_, [&](const Ruling& other) {
            return &other != &r && other.horizontal == r.horizontal && is_on_way(r, other) && other.from < to &&
                   other.to > from;
        });
    }

    // The next ruling across beyond `row` on the line of `r`.
    const Ruling* next_across(const Ruling& r, double row, bool forward) const {
        const Ruling* next = nullptr;
        for (const Ruling& other : rulings_) {
            const double gap = forward ? other.at - row : row - other.at;
            if (other.horizontal == r.horizontal || gap < kAnchored * unit_ || gap > kRow * unit_) continue;
            if (other.length() < kNoStroke * unit_ || !lies_across(other, r)) continue;
            if (!next || gap < std::abs(next->at - row)) next = &other;
        }
        return next;
    }

    // Whether others run beside the way, and on it is nothing but a piece of `r` that begins at the one ruling across
    // or ends at the other.
    bool has_stub(const Ruling& r, const Ruling& first, const Ruling& last) const {
        const double from = first.at + first.thickness / 2 + kEdge, to = last.at - last.thickness / 2 - kEdge;
        const int least = cvCeil(std::max(kStub * (to - from), kShortestStub * unit_));
        if (!runs_beside(r, from, to) || !way_is_clear(r, from, to, faint_, unit_)) return false;
        const cv::Mat thickness = thickness_along(r, from, to, r.thickness / 2 + 1, ink_);
        if (least > thickness.cols) return false;
        const auto is_stub = [&](int begin) {
            return cv::countNonZero(thickness.colRange(begin, begin + least)) >= kDense * least;
        };
        const bool at_first = is_stub(0), at_last = is_stub(thickness.cols - least);
        // Of a character none is left at both ends, and in a low row writing is near both.
        if ((at_first && at_last) || to - from < kLowRow * unit_) return at_first || at_last;
        return (at_first && !is_in_line(r, from, true)) || (at_last && !is_in_line(r, to, false));
    }

    // Whether others stand on the ruling across as a vertical's stub does, or hang from it, close to that: writing
    // touches the ruling, and the stub is of a character. `edge` is the ruling's, towards the stub.
    bool is_in_line(const Ruling& r, double edge, bool below) const {
        if (r.horizontal) return false;
        const double foot = std::max(kLeastFoot, kFoot * unit_), reach = kNeighbours * unit_, rough = kRough * unit_;
        const cv::Rect beside = cv::Rect(cv::Point(cvRound(r.at - reach), cvRound(below ? edge : edge - foot)),
                                         cv::Point(cvRound(r.at + reach), cvRound(below ? edge + foot : edge))) &
                                cv::Rect({0, 0}, ink_.size());
        if (beside.empty()) return false;
        cv::Mat ink = ink_(beside).clone();
        for (const Ruling& other : rulings_)
            if (const cv::Rect own = stroke_of(other, other.horizontal ? kEdge : rough) & beside; !own.empty())
                ink(own - beside.tl()).setTo(0);
        return cv::countNonZero(inked_columns(ink)) > kFeet * unit_;
    }

    // Whether none of the horizontals above and below ends there, too: those of a table do at its side.
    bool ends_alone(const Ruling& r, double end, bool forward) const {
        return std::ranges::none_of(rulings_, [&](const Ruling& other) {
            const double off = std::abs(other.at - r.at);
            return other.horizontal && off > kOneStroke * unit_ && off < kNextRow * unit_ &&
                   std::abs((forward ? other.to : other.from) - end) < kAnchored * unit_;
        });
    }

    std::size_t index(const Ruling& r) const { return static_cast<std::size_t>(&r - rulings_.data()); }

    // Whether `other` crosses the line of `r`, or may have broken off a little before.
    bool lies_across(const Ruling& other, const Ruling& r) const {
        return other.from - kBreak * unit_ < r.at && other.to + kBreak * unit_ > r.at;
    }

    // The ruling across at which `r` ends.
    const Ruling* row_at(const Ruling& r, double end) const {
        const auto found = std::ranges::find_if(rulings_, [&](const Ruling& other) {
            return other.horizontal != r.horizontal && std::abs(other.at - end) < kAnchored * unit_ &&
                   lies_across(other, r);
        });
        return found == rulings_.end() ? nullptr : &*found;
    }

    bool is_of_table(const Ruling& r) const { return touches_any(r, rulings_, kAnchored * unit_); }

    // Whether `other` lies across the line of `r`, or on it.
    bool is_on_way(const Ruling& r, const Ruling& other) const {
        const double reach = kAnchored * unit_;
        return other.horizontal == r.horizontal ? std::abs(other.at - r.at) <= kOneStroke * unit_
                                                : other.from - reach <= r.at && other.to + reach >= r.at;
    }

    // Whether a few verticals end at the horizontal: it is of a table's last row, of which nothing else may be left.
    bool is_held(const Ruling& r) const {
        return std::ranges::count_if(rulings_, [&](const Ruling& other) {
                   const double end = std::min(std::abs(other.from - r.at), std::abs(other.to - r.at));
                   return other.horizontal != r.horizontal && end < kOneStroke * unit_ &&
                          touch(r, other, kAnchored * unit_);
               }) >= kHolds;
    }

    // Whether another ruling runs beside all of a gap in `r`: between two tables none does.
    bool runs_beside(const Ruling& r, double from, double to) const {
        return std::ranges::any_of(rulings_, [&](const Ruling& beside) {
            return beside.horizontal == r.horizontal && std::abs(beside.at - r.at) > kOneStroke * unit_ &&
                   beside.from <= from && beside.to >= to;
        });
    }

    // Whether another ruling that runs beside `r` reaches `across`: it is of the same table.
    bool is_reached_beside(const Ruling& r, const Ruling& across) const {
        return std::ranges::any_of(rulings_, [&](const Ruling& beside) {
            return beside.horizontal == r.horizontal && std::abs(beside.at - r.at) > kOneStroke * unit_ &&
                   beside.from < r.to && beside.to > r.from && touch(beside, across, kAnchored * unit_);
        });
    }

    std::vector<Ruling>& rulings_;
    std::vector<bool> held_;  // by their places: verticals end at the horizontal
    const cv::Mat& faint_;
    const cv::Mat& ink_;
    double unit_;
};

}  // namespace

void mend_breaks(std::vector<Ruling>& rulings, const cv::Mat& faint, const cv::Mat& ink, double char_height) {
    Breaks(rulings, faint, ink, char_height).mend();
}

bool way_is_clear(const Ruling& r, double from, double to, const cv::Mat& faint, double char_height) {
    const cv::Mat thickness = thickness_along(r, from + 1, to, r.thickness / 2 + kClear * char_height, faint);
    const double thin = r.thickness + std::max(kLeastThin, kThin * char_height);
    return thickness.empty() || cv::countNonZero(thickness > thin) <= std::max(3.0, kCrossing * char_height);
}

}  // namespace biaod::layout
