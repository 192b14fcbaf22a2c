#include "layout/rulings/worn_frames.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "layout/rulings/breaks.hpp"
#include "layout/rulings/crumbs.hpp"
#include "layout/rulings/two_tables.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kLong = 8;              // of a ruling that is mended
constexpr double kSameEnd = 0.4;         // horizontals that end so near to each other end at one side
constexpr std::size_t kFewest = 3;       // ends and pieces of a vertical, at a side
constexpr double kShort = 0.8;           // a horizontal that ends so near to a side ends at it
constexpr double kSure = 20;             // no stroke of a title is so long
constexpr double kCorner = 1.6;          // where it broke off
constexpr std::size_t kMostSides = 12;   // of a page with tables, left or right,
constexpr std::size_t kMostLevels = 24;  // and at which its long verticals begin, or end
constexpr double kNextRow = 20;          // farther apart are no rows
constexpr double kStep = 0.5;            // by which rulings across miss an end
constexpr double kAnchored = 0.5;        // to a ruling across
constexpr double kOneStroke = 0.15;      // a double ruling has two
// Of what is on a horizontal's way:
constexpr double kFirstColumn = 5.5;  // from a vertical to the next
constexpr double kPieceGap = 5.5;     // between two pieces,
constexpr double kCrumbGap = 11;      // and between two with crumbs in two quarters of the way
constexpr double kCornerLost = 3.5;   // beyond the last of them, where the side is left,
constexpr double kBothLost = 4.5;     // or, where that is worn, too: a first column may be as narrow
constexpr double kWorn = 0.5;         // of the side, or less, is left
// Of the pieces of a vertical at a side:
constexpr double kSideGap = 2.3;  // between two
constexpr double kNearly = 1.5;   // from a horizontal's end
constexpr double kHeldGap = 20;   // either, where another vertical runs along it
constexpr double kCrosses = 0.8;  // beyond the side

// Where horizontals begin or end below each other.
struct Side {
    double at = 0;
    std::vector<double> ends;  // y of the horizontals
};

bool is_piece(const Ruling& r, double side, double unit) {
    return !r.horizontal && std::abs(r.at - side) < kSameEnd * unit;
}

std::vector<Side> sides_of(const std::vector<Ruling>& rulings, bool right, double unit) {
    std::vector<cv::Point2d> ends;
    for (const Ruling& r : rulings)
        if (r.horizontal && r.length() > kLong * unit) ends.emplace_back(right ? r.to : r.from, r.at);
    std::sort(ends.begin(), ends.end(), [](const cv::Point2d& a, const cv::Point2d& b) { return a.x < b.x; });
    std::vector<Side> sides;
    double last = 0;
    for (const cv::Point2d& end : ends) {
        if (sides.empty() || end.x - last > kSameEnd * unit) sides.push_back({});
        sides.back().at += end.x;
        sides.back().ends.push_back(end.y);
        last = end.x;
    }
    for (Side& side : sides) {
        side.at /= static_cast<double>(side.ends.size());
        std::sort(side.ends.begin(), side.ends.end());
    }
    return sides;
}

// Whether there are a few of horizontals and pieces of a vertical: one alone may end there by chance.
bool is_sure(const Side& side, const std::vector<Ruling>& rulings, double unit) {
    const auto pieces = std::ranges::count_if(rulings, [&](const Ruling& r) { return is_piece(r, side.at, unit); });
    return side.ends.size() > 1 && side.ends.size() + static_cast<std::size_t>(pieces) >= kFewest;
}

// Whether a long ruling ends at none across.
bool breaks_off(const Ruling& r, double end, const std::vector<Ruling>& rulings, double unit) {
    return r.length() > kLong * unit && !anchored(r, end, rulings, kAnchored * unit);
}

class Frames {
  public:
    Frames(std::vector<Ruling>& rulings, const cv::Mat& faint, double unit)
        : rulings_(rulings), faint_(faint), unit_(unit), crumbs_(rulings, faint, unit) {}

    void lengthen_horizontals() {
        for (const bool right : {false, true}) {
            const std::vector<Side> sides = sides_of(rulings_, right, unit_);
            for (Ruling& r : rulings_)
                if (r.horizontal && r.length() > kLong * unit_) lengthen(r, right, sides);
        }
    }

    void close_sides() {
        add_horizontals();
        for (const bool right : {false, true})
            for (const Side& side : sides_of(rulings_, right, unit_))
                if (is_sure(side, rulings_, unit_)) join(side);
    }

    // Lets horizontals that break off at nothing go on over crumbs, along another one.
    void follow_crumbs() {
        for (const bool right : {false, true}) {
            const std::vector<Side> sides = sides_of(rulings_, right, unit_);
            if (sides.size() > kMostLevels) continue;
            for (Ruling& r : rulings_) follow_crumbs(r, right, sides);
        }
    }

  private:
    void follow_crumbs(Ruling& r, bool right, const std::vector<Side>& sides) const {
        double& end = right ? r.to : r.from;
        if (!r.horizontal || !breaks_off(r, end, rulings_, unit_)) return;
        for (std::size_t i = 0; i < sides.size(); ++i) {
            const Side& side = farthest(sides, right, i);
            const auto [from, to] = std::minmax({end, side.at});
            if ((right ? side.at < end : side.at > end) || to - from < kShort * unit_) return;
            if (!runs_beside(r, from, to) || !crumbs_.lead(r.at, from, to, true)) continue;
            end = side.at;
            return;
        }
    }

    static const Side& farthest(const std::vector<Side>& sides, bool right, std::size_t i) {
        return sides[right ? sides.size() - 1 - i : i];
    }

    // Whether another of the same table runs along all of the way: between two tables none does.
    bool runs_beside(const Ruling& r, double from, double to) const {
        const double slack = kStep * unit_, near = kFirstColumn * unit_;
        const auto leads_here = [&](const Ruling& other) {
            return std::ranges::any_of(rulings_, [&](const Ruling& across) {
                return touch(other, across, kAnchored * unit_) && across.from - near < r.at && across.to + near > r.at;
            });
        };
        return std::ranges::any_of(rulings_, [&](const Ruling& other) {
            return other.horizontal && other.from < from + slack && other.to > to - slack && leads_here(other);
        });
    }

    // Those from side to side of which crumbs alone are left, where verticals end.
    void add_horizontals() {
        const std::vector<Side> lefts = sides_of(rulings_, false, unit_);
        std::vector<Side> rights = sides_of(rulings_, true, unit_);
        std::ranges::reverse(rights);  // the widest one first
        if (std::max(lefts.size(), rights.size()) > kMostSides) return;
        std::vector<Ruling> whole;
        std::ranges::copy_if(rulings_, std::back_inserter(whole), [&](const Ruling& r) { return is_whole(r); });
        std::vector<double> ends;
        for (const Ruling& r : rulings_) {
            if (r.horizontal || r.length() < kLong / 4 * unit_) continue;
            for (const double end : {r.from, r.to})
                if (!anchored(r, end, whole, kAnchored * unit_)) ends.push_back(end);
        }
        for (const double end : ends)
            for (const Side& left : lefts)
                for (const Side& right : rights) add_horizontal(end, left, right);
    }

    // Not a piece of a horizontal, that breaks off at nothing.
    bool is_whole(const Ruling& r) const {
        const double reach = kAnchored * unit_;
        return r.horizontal && (r.length() >= kLong * unit_ ||
                                (anchored(r, r.from, rulings_, reach) && anchored(r, r.to, rulings_, reach)));
    }

    void add_horizontal(double at, const Side& left, const Side& right) {
        const auto is_there = [&](const Ruling& r) {
            return r.horizontal && std::abs(r.at - at) < kAnchored * unit_ && r.from < right.at && r.to > left.at;
        };
        const auto is_ruled = [&](const Ruling& r) { return is_there(r) && is_whole(r); };
        const double length = right.at - left.at;
        if (length < kLong * unit_ || !is_near(left, at) || !is_near(right, at)) return;
        if (std::ranges::any_of(rulings_, is_ruled) || !crumbs_.lead(at, left.at, right.at, true)) return;
        std::erase_if(rulings_, is_there);
        rulings_.push_back({true, at, left.at, right.at, 1, kLeastCrumbs * length});
    }

    // To the farthest side that crumbs lead to.
    void lengthen(Ruling& r, bool right, const std::vector<Side>& sides) const {
        double& end = right ? r.to : r.from;
        for (std::size_t i = 0; i < sides.size(); ++i) {
            const Side& side = farthest(sides, right, i);
            const double way = right ? side.at - end : end - side.at;
            if (way < kShort * unit_) continue;
            const bool led = is_near(side, r.at) && (breaks_off_before(r, end, side.at) || is_led(r, end, side.at));
            if (!led && !(has_vertical(side, r.at) && is_ended_at(r, end, side.at))) continue;
            end = side.at;
            return;
        }
    }

    bool is_of_table(const Ruling& r) const { return touches_any(r, rulings_, kAnchored * unit_); }

    // Whether a long horizontal of a table ends at nothing, a little before the side.
    bool breaks_off_before(const Ruling& r, double end, double side) const {
        const auto [from, to] = std::minmax(end, side);
        return r.length() > kSure * unit_ && to - from < kCorner * unit_ && is_of_table(r) &&
               !anchored(r, end, rulings_, kAnchored * unit_) && way_is_clear(r, from, to, faint_, unit_);
    }

    // Whether a long vertical ends on the way to the side, at no other horizontal, and traces are left, also beyond it:
    // more than specks beside.
    bool is_ended_at(const Ruling& r, double end, double side) const {
        const auto [from, to] = std::minmax({end, side});
        const auto ends_here = [&, from = from, to = to](const Ruling& v) {
            if (v.horizontal || v.length() < kLong * unit_ || v.at < from + kShort * unit_ ||
                v.at > to - kShort * unit_)
                return false;
            const double tip = std::abs(v.from - r.at) < std::abs(v.to - r.at) ? v.from : v.to;
            if (std::abs(tip - r.at) > kOneStroke * unit_ || anchored(v, tip, rulings_, kAnchored * unit_))
                return false;
            const auto [near, far] = std::minmax({v.at, side});
            return crumbs_.are_more_than_beside(r.at, near, far);
        };
        return std::ranges::any_of(rulings_, ends_here) && crumbs_.are_traces(r.at, from, to) &&
               way_is_clear(r, from, to, faint_, unit_);
    }

    // Whether a horizontal of the side is no farther than the rows of a table.
    bool is_near(const Side& side, double y) const {
        return std::ranges::any_of(side.ends, [&](double end) { return std::abs(end - y) < kNextRow * unit_; });
    }

    // Whether a vertical runs along the side there.
    bool has_vertical(const Side& side, double y) const {
        const double reach = kAnchored * unit_;
        return std::ranges::any_of(rulings_, [&](const Ruling& r) {
            return is_piece(r, side.at, unit_) && r.from - reach < y && r.to + reach > y;
        });
    }

    // Whether crumbs lead from the ruling's `end` to the `side`, over other pieces of it; between these nothing may be
    // left.
    bool is_led(const Ruling& r, double end, double side) const {
        const double way = side < end ? -1 : 1;
        const bool ends_across = anchored(r, end, rulings_, kAnchored * unit_);
        std::vector<cv::Point2d> pieces;  // from and to, as distances from the end
        for (const Ruling& other : rulings_) {
            if (!other.horizontal || std::abs(other.at - r.at) > kOneStroke * unit_) continue;
            const auto [near, far] = std::minmax({way * (other.from - end), way * (other.to - end)});
            if (far > 0) pieces.emplace_back(near, far);
        }
        std::sort(pieces.begin(), pieces.end(), [](const cv::Point2d& a, const cv::Point2d& b) { return a.x < b.x; });
        const auto crumbs = [&](double near, double far) {
            const auto [from, to] = std::minmax({end + way * near, end + way * far});
            return far - near < kShort * unit_ || crumbs_.lead(r.at, from, to, ends_across);
        };
        const auto nothing = [&](double near, double far) {
            const auto [from, to] = std::minmax({end + way * near, end + way * far});
            const bool at_verticals =
                anchored(r, from, rulings_, kAnchored * unit_) && anchored(r, to, rulings_, kAnchored * unit_);
            const double most = (!at_verticals && crumbs_.are_traces(r.at, from, to) ? kCrumbGap : kPieceGap) * unit_;
            return far - near < most && way_is_clear(r, from, to, faint_, unit_);
        };
        double at = 0;
        for (const cv::Point2d& piece : pieces) {
            if (piece.x > at && !crumbs(at, piece.x) && !nothing(at, piece.x)) return false;
            at = std::max(at, piece.y);
        }
        const double left = std::abs(side - end);
        if (crumbs(at, left)) return true;
        if (r.length() < kSure * unit_ || !is_of_table(r)) return false;
        const double side_left = crumbs_.share_of_side(side, r.at);
        if (side_left <= 0) return false;
        // Of the corner nothing is left, but of the side.
        const double most = (side_left > kWorn ? kCornerLost : kBothLost) * unit_;
        const auto is_corner = [&](double near) {
            const auto [from, to] = std::minmax({end + way * near, side});
            return to - from < most && !anchored(r, end + way * near, rulings_, kAnchored * unit_) &&
                   way_is_clear(r, from, to, faint_, unit_);
        };
        const double last = at + crumbs_.last(r.at, end + way * at, side - way * kShort * unit_);
        return is_corner(at) || (crumbs(at, last) && is_corner(last));
    }

    // Makes the pieces of a vertical at the side one.
    void join(const Side& side) {
        std::vector<Ruling> pieces;
        std::erase_if(rulings_, [&](const Ruling& r) {
            if (!is_piece(r, side.at, unit_)) return false;
            pieces.push_back(r);
            return true;
        });
        std::sort(pieces.begin(), pieces.end(), [](const Ruling& a, const Ruling& b) { return a.from < b.from; });
        std::vector<Ruling> joined;
        for (const Ruling& piece : pieces) {
            const auto mate = std::ranges::find_if(joined, [&](const Ruling& r) { return are_one(r, piece, side); });
            if (mate != joined.end())
                append_piece(*mate, piece);
            else
                joined.push_back(piece);
        }
        for (Ruling& r : joined) {
            reach_ends(r, side);
            rulings_.push_back(r);
        }
    }

    // Whether both are of one vertical: what broke away between begins and ends at no horizontal, or lies along another
    // vertical of the table.
    bool are_one(const Ruling& before, const Ruling& after, const Side& side) const {
        if (std::abs(after.at - before.at) > kOneStroke * unit_ || after.from < before.to - kStep * unit_) return false;
        if (is_crossed(side.at, before.to, after.from)) return false;
        if (are_of_two_tables(before, after, rulings_, faint_, unit_)) return false;
        if (reaches(side.at, before.to, after.from)) return true;
        double last = before.to;
        int between = 0;
        for (const double end : side.ends) {
            if (std::min(std::abs(end - before.to), std::abs(end - after.from)) < kShort * unit_) return false;
            if (end < before.to || end > after.from) continue;
            if (end - last > kSideGap * unit_ || ++between > 1) return false;
            last = end;
        }
        return after.from - last < kSideGap * unit_;
    }

    // Whether another vertical, which a horizontal above or below joins to the side, runs along the gap, and beyond it:
    // between two tables none does.
    bool is_held(double at, double from, double to) const {
        const double slack = kStep * unit_;
        const auto joined = [&](const Ruling& r, double first, double last) {
            return std::ranges::any_of(rulings_, [&](const Ruling& h) {
                return h.horizontal && h.at > first - slack && h.at < last + slack &&
                       h.from < std::min(at, r.at) + slack && h.to > std::max(at, r.at) - slack;
            });
        };
        return std::ranges::any_of(rulings_, [&](const Ruling& r) {
            return !r.horizontal && r.from < from + slack && r.to > to - slack &&
                   (r.from < from - slack || r.to > to + slack) && (joined(r, r.from, from) || joined(r, to, r.to));
        });
    }

    bool is_crossed(double at, double from, double to) const {
        return std::ranges::any_of(rulings_, [&](const Ruling& r) {
            return r.horizontal && r.at > from - kStep * unit_ && r.at < to + kStep * unit_ &&
                   r.from < at - kCrosses * unit_ && r.to > at + kCrosses * unit_;
        });
    }

    // Out to the horizontals that it nearly reaches, and along another vertical of the table.
    void reach_ends(Ruling& r, const Side& side) const {
        for (const double end : side.ends) {
            if (end < r.from && reaches(side.at, end, r.from, anchored(r, r.from, rulings_, kStep * unit_)))
                r.from = end;
            if (end > r.to && reaches(side.at, r.to, end, anchored(r, r.to, rulings_, kStep * unit_))) r.to = end;
        }
    }

    // Whether nothing but the side can be between; where it `ends` at a horizontal, the page's head may follow.
    bool reaches(double at, double from, double to, bool ends = false) const {
        const Ruling side{false, at, from, to, 1, 0};
        if (!way_is_clear(side, from, to, faint_, unit_)) return false;
        return to - from < (ends ? kStep : kNearly) * unit_ ||
               (to - from < kHeldGap * unit_ && !is_crossed(at, from, to) && is_held(at, from, to));
    }

    std::vector<Ruling>& rulings_;
    const cv::Mat faint_;
    double unit_;
    Crumbs crumbs_;
};

// As of horizontals, on the page turned over its diagonal.
void follow_crumbs_of_verticals(std::vector<Ruling>& rulings, const cv::Mat& faint, double unit) {
    const auto is_broken = [&](const Ruling& r) {
        return !r.horizontal && (breaks_off(r, r.from, rulings, unit) || breaks_off(r, r.to, rulings, unit));
    };
    if (std::ranges::none_of(rulings, is_broken)) return;
    turn_over_diagonal(rulings);
    Frames(rulings, transposed(faint), unit).follow_crumbs();
    turn_over_diagonal(rulings);
}

}  // namespace

void mend_worn_frames(std::vector<Ruling>& rulings, const cv::Mat& faint, double char_height) {
    Frames frames(rulings, faint, char_height);
    frames.lengthen_horizontals();
    follow_crumbs_of_verticals(rulings, faint, char_height);
    frames.close_sides();
}

}  // namespace biaod::layout
