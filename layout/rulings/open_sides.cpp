#include "layout/rulings/open_sides.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <opencv2/imgproc.hpp>

#include "layout/ink_profile.hpp"
#include "layout/runs.hpp"
#include "layout/text_lines.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kShortest = 8;
constexpr double kSameEnd = 0.8;
constexpr double kTallestWriting = 1.3;
constexpr double kLinePitch = 1.5;
constexpr double kPadding = 1.1;
constexpr double kSideInset = 0.3;      // what is left of a vertical is no writing,
constexpr double kCrumb = 0.3;          // smaller pieces are no strokes
constexpr double kFlat = 0.2;           // nor of a horizontal
constexpr double kLeastWriting = 0.05;  // in squares of a character's height: less ink is a speck
constexpr double kDouble = 0.6;         // of a double ruling
constexpr double kHeld = 0.85;          // share of the distance of two horizontals that verticals between them cover
constexpr double kHeading = 2;          // lower than what a heading between two tables leaves open
constexpr double kBreaksOff = 2;        // before a side
constexpr double kClosed = 0.25;        // share of a side that is ruled
constexpr double kWritten = 0.3;        // of its way, where writing crosses it
constexpr std::size_t kFewBetween = 2;  // strokes in a heading between two tables,
constexpr double kHeadingRow = 6;       // which is no higher,
constexpr double kIndent = 3.2;         // of a heading, or less, and
constexpr double kBehind = 6;           // room behind it, or more
constexpr double kMissed = 0.2;         // that end so far from a table
constexpr double kStandsLow = 0.9;      // how much more white is above a heading that stands on its table
constexpr std::size_t kMostVerticals = 500;  // of a page with tables; a hatched picture has more

bool begin_and_end_together(const Ruling& a, const Ruling& b, double slack) {
    return std::abs(a.from - b.from) < slack && std::abs(a.to - b.to) < slack;
}

// The horizontals of the same extent as the first of `rest`, which are taken out of it; top to bottom.
std::vector<Ruling> take_stack(std::vector<Ruling>& rest, double unit) {
    std::vector<Ruling> stack;
    const Ruling first = rest.front();
    std::erase_if(rest, [&](const Ruling& r) {
        if (!begin_and_end_together(first, r, kSameEnd * unit)) return false;
        stack.push_back(r);
        return true;
    });
    return stack;
}

double shared(const Ruling& vertical, double from, double to) {
    return std::max(0.0, std::min(vertical.to, to) - std::max(vertical.from, from));
}

class Sides {
  public:
    Sides(const std::vector<Ruling>& rulings, const cv::Mat& text, double unit) : text_(text), unit_(unit) {
        for (const Ruling& r : rulings) (r.horizontal ? horizontals_ : verticals_).push_back(r);
        std::erase_if(horizontals_, [&](const Ruling& r) { return r.length() < kShortest * unit; });
        std::sort(horizontals_.begin(), horizontals_.end(),
                  [](const Ruling& a, const Ruling& b) { return a.at < b.at; });
        std::sort(verticals_.begin(), verticals_.end(),
                  [](const Ruling& a, const Ruling& b) { return a.from < b.from; });
    }

    std::vector<Ruling> missing() const {
        std::vector<Ruling> out[2];  // left and right
        for (std::vector<Ruling> rest = horizontals_; !rest.empty();) {
            const std::vector<Ruling> stack = take_stack(rest, unit_);
            for (std::size_t first = 0; first < stack.size();) {
                bool any_held = false;
                std::size_t last = first;
                for (; last + 1 < stack.size(); ++last) {
                    const bool verticals = held(stack[last], stack[last + 1]);
                    const bool twins = stack[last + 1].at - stack[last].at < kDouble * unit_;
                    const bool cell = !verticals && !twins && one_cell(stack[last], stack[last + 1]) &&
                                      !is_heading(stack[last], stack[last + 1]);
                    if (!verticals && !twins && !cell) break;
                    any_held = any_held || verticals;
                }
                if (any_held)
                    for (const bool right : {false, true})
                        add_side({stack.begin() + static_cast<std::ptrdiff_t>(first),
                                  stack.begin() + static_cast<std::ptrdiff_t>(last) + 1},
                                 right, out[right]);
                first = last + 1;
            }
        }
        std::vector<Ruling> all;
        for (std::vector<Ruling>& side : out) {
            side = joined(std::move(side));
            all.insert(all.end(), side.begin(), side.end());
        }
        return all;
    }

    // Verticals, a few, that stand between two tables close to each other, as the side of a stamp's frame does: not at
    // their sides, not from one table to the other, and no long horizontal meets them.
    std::vector<Ruling> between_tables() const {
        std::vector<Ruling> out;
        for (std::vector<Ruling> rest = horizontals_; !rest.empty();) {
            const std::vector<Ruling> stack = take_stack(rest, unit_);
            for (std::size_t i = 0; i + 1 < stack.size(); ++i) {
                const Ruling &above = stack[i], &below = stack[i + 1];
                if (below.at - above.at > kHeadingRow * unit_ || !are_of_two_tables(above, below)) continue;
                std::vector<Ruling> between;
                std::ranges::copy_if(verticals_, std::back_inserter(between),
                                     [&](const Ruling& v) { return stands_between(v, above, below); });
                const auto is_stroke = [&](const Ruling& v) { return is_loose(v, above, below); };
                if (between.size() <= kFewBetween && std::ranges::all_of(between, is_stroke))
                    out.insert(out.end(), between.begin(), between.end());
            }
        }
        return out;
    }

    // What is missing between two pieces of one side, next to each other. Where no row but those at a table's ends has
    // a horizontal that reaches its side, rows do not tell.
    std::vector<Ruling> between_pieces() const {
        std::vector<Ruling> out;
        if (verticals_.size() > kMostVerticals) return out;
        for (const Ruling& above : verticals_) {
            const auto in_line = [&](const Ruling& v) { return std::abs(v.at - above.at) < kSameEnd * unit_; };
            const auto below = std::ranges::find_if(
                verticals_, [&](const Ruling& v) { return in_line(v) && v.from > above.to + unit_; });
            if (below == verticals_.end()) continue;
            const bool taken = std::ranges::any_of(
                verticals_, [&](const Ruling& v) { return in_line(v) && shared(v, above.to, below->from) > 0; });
            if (taken || !is_side(above.at, above.to, below->from) || !is_run_through(above.at, above.to, below->from))
                continue;
            const double length = below->from - above.to;
            out.push_back({false, above.at, above.to, below->from, above.thickness, length});
        }
        return out;
    }

    // Whether a vertical was found or drawn at the side of other rows.
    bool goes_on(const Ruling& side, const Ruling& vertical) const {
        return !vertical.horizontal && std::abs(vertical.at - side.at) < kSameEnd * unit_ &&
               is_run_through(side.at, std::min(vertical.to, side.to), std::max(vertical.from, side.from));
    }

  private:
    // Rows that begin at different columns end at one side all the same, and so do those on either side of one whose
    // horizontals end elsewhere.
    std::vector<Ruling> joined(std::vector<Ruling> sides) const {
        std::sort(sides.begin(), sides.end(), [](const Ruling& a, const Ruling& b) { return a.from < b.from; });
        std::vector<Ruling> out;
        for (const Ruling& side : sides) {
            const auto mate = std::ranges::find_if(out, [&](const Ruling& other) {
                return std::abs(other.at - side.at) < kSameEnd * unit_ &&
                       (side.from <= other.to || is_run_through(side.at, other.to, side.from));
            });
            if (mate == out.end())
                out.push_back(side);
            else
                append_piece(*mate, side);
        }
        return out;
    }

    // Whether one vertical of the table that has a side `at` runs from there to there.
    bool is_run_through(double at, double top, double bottom) const {
        const double slack = kSameEnd * unit_;
        return std::ranges::any_of(verticals_, [&](const Ruling& v) {
            return v.from < top + slack && v.to > bottom - slack &&
                   std::ranges::any_of(horizontals_, [&](const Ruling& h) {
                       return touch(h, v, slack) && std::min(std::abs(h.from - at), std::abs(h.to - at)) < slack;
                   });
        });
    }

    // Whether sides end above and others begin below, at all four corners: two tables, or a row that lost both sides.
    bool parts_sides(const Ruling& above, const Ruling& below) const {
        const double slack = kSameEnd * unit_;
        const auto ends = [&](double x) {
            return std::ranges::any_of(verticals_, [&](const Ruling& v) {
                return std::abs(v.at - x) < slack && std::abs(v.to - above.at) < slack;
            });
        };
        const auto begins = [&](double x) {
            return std::ranges::any_of(verticals_, [&](const Ruling& v) {
                return std::abs(v.at - x) < slack && std::abs(v.from - below.at) < slack;
            });
        };
        return ends(above.from) && ends(above.to) && begins(below.from) && begins(below.to);
    }

    bool stands_between(const Ruling& v, const Ruling& above, const Ruling& below) const {
        const double slack = kSameEnd * unit_;
        return v.at > above.from - slack && v.at < above.to + slack && shared(v, above.at, below.at) > slack;
    }

    // Whether a vertical of the row between the two goes on above or below.
    bool is_passed(const Ruling& above, const Ruling& below) const {
        const double slack = kSameEnd * unit_;
        return std::ranges::any_of(verticals_, [&](const Ruling& v) {
            return stands_between(v, above, below) && (v.from < above.at - slack || v.to > below.at + slack);
        });
    }

    bool are_of_two_tables(const Ruling& above, const Ruling& below) const {
        return parts_sides(above, below) && !is_passed(above, below);
    }

    // Whether a vertical between the two misses one of them, stands at no side, and no long horizontal meets it.
    bool is_loose(const Ruling& v, const Ruling& above, const Ruling& below) const {
        const bool at_side = std::min(v.at - above.from, above.to - v.at) < kSameEnd * unit_;
        const bool met = std::ranges::any_of(horizontals_, [&](const Ruling& h) {
            return h.at > above.at + kDouble * unit_ && h.at < below.at - kDouble * unit_ &&
                   touch(h, v, kSameEnd * unit_);
        });
        return !at_side && !met && std::max(v.from - above.at, below.at - v.to) > kMissed * unit_;
    }

    // Whether verticals stand in the row between the two.
    bool held(const Ruling& above, const Ruling& below) const {
        double end = above.at, covered = 0, widest = 0;
        for (const Ruling& v : verticals_) {
            if (v.at < above.from - kSameEnd * unit_ || v.at > above.to + kSameEnd * unit_ || v.from > below.at)
                continue;
            covered += shared(v, end, below.at);
            widest = std::max(widest, v.from - end);
            end = std::max(end, v.to);
        }
        return covered > kHeld * (below.at - above.at) && std::max(widest, below.at - end) < kHeading * unit_;
    }

    // Whether what stands between the two is a heading: of a table with other columns, where sides end and begin, or
    // close above its table, where a row's writing has as much room.
    bool is_heading(const Ruling& above, const Ruling& below) const {
        if (are_columns_alike(above, below)) return false;
        return stands_low(above, below) || (parts_sides(above, below) && begins_left(above, below));
    }

    bool stands_low(const Ruling& above, const Ruling& below) const {
        const cv::Rect inside = room_between(above, below);
        if (inside.empty()) return false;
        const cv::Rect ink = cv::boundingRect(text_(inside));
        return !ink.empty() && ink.y - (inside.height - ink.br().y) > kStandsLow * unit_;
    }

    // Whether each vertical that ends above goes on below.
    bool are_columns_alike(const Ruling& above, const Ruling& below) const {
        const double slack = kSameEnd * unit_;
        const auto goes_on = [&](const Ruling& v, double end, const Ruling& next, bool forward) {
            return std::abs(end - (forward ? above.at : below.at)) > slack || v.at < next.from - slack ||
                   v.at > next.to + slack || std::ranges::any_of(verticals_, [&](const Ruling& other) {
                       const double tip = forward ? other.from : other.to;
                       return std::abs(other.at - v.at) < slack && std::abs(tip - next.at) < slack;
                   });
        };
        return std::ranges::all_of(verticals_, [&](const Ruling& v) {
            return goes_on(v, v.to, below, true) && goes_on(v, v.from, above, false);
        });
    }

    // Whether what is written between the two begins at the left, or a paragraph's indent from there, and leaves more
    // room behind it: as headings do.
    bool begins_left(const Ruling& above, const Ruling& below) const {
        const cv::Rect inside = room_between(above, below);
        if (inside.empty()) return false;
        const cv::Rect ink = cv::boundingRect(text_(inside));
        return ink.x < kIndent * unit_ && inside.width - ink.br().x > kBehind * unit_;
    }

    // Where writing is, without what is left of the rulings around.
    cv::Rect room_between(const Ruling& above, const Ruling& below) const {
        const int inset = cvRound(kSideInset * unit_);
        const cv::Rect row(cv::Point(cvFloor(above.from) + inset, cvCeil(above.at + above.thickness / 2) + 2),
                           cv::Point(cvCeil(above.to) - inset, cvFloor(below.at - below.thickness / 2) - 1));
        return row & cv::Rect({0, 0}, text_.size());
    }

    bool one_cell(const Ruling& above, const Ruling& below) const {
        const int top = cvCeil(above.at + above.thickness / 2 + 1),
                  bottom = cvFloor(below.at - below.thickness / 2 - 1);
        if (top >= bottom) return false;
        const cv::Rect row(cv::Point(cvFloor(above.from), top), cv::Point(cvCeil(above.to), bottom));
        if (holds_one_cell(text_, row, unit_)) return true;
        // Without what a halftone of its ground leaves.
        const cv::Rect inside = row & cv::Rect({0, 0}, text_.size());
        const cv::Mat strokes = pieces_where(text_(inside), [&](const Piece& piece) {
            return std::max(piece.box.width, piece.box.height) > kCrumb * unit_;
        });
        return holds_one_cell(strokes, {{0, 0}, inside.size()}, unit_);
    }

    // Whether a horizontal between the two runs on beyond `at`, or the other stroke of one of them, if it is double:
    // then they are but parts of longer rulings, and end by chance.
    bool crossed(double at, double top, double bottom) const {
        return std::any_of(horizontals_.begin(), horizontals_.end(), [&](const Ruling& h) {
            const bool between = h.at > top + kSameEnd * unit_ && h.at < bottom - kSameEnd * unit_;
            const bool twin = std::min(std::abs(h.at - top), std::abs(h.at - bottom)) < kDouble * unit_;
            return (between || twin) && h.from < at - kSameEnd * unit_ && h.to > at + kSameEnd * unit_;
        });
    }

    // Whether all horizontals from there to there are on one side, and no writing is in the way.
    bool is_side(double at, double top, double bottom) const {
        bool before = false, behind = false;
        for (const Ruling& h : horizontals_) {
            if (h.at < top - kSameEnd * unit_ || h.at > bottom + kSameEnd * unit_) continue;
            before = before || h.from < at - kSameEnd * unit_;
            behind = behind || h.to > at + kSameEnd * unit_;
        }
        const cv::Rect way(cv::Point(cvFloor(at) - 1, cvFloor(top)), cv::Point(cvCeil(at) + 2, cvCeil(bottom)));
        const cv::Mat on_page = text_(way & cv::Rect({0, 0}, text_.size()));
        if (on_page.empty() || (before && behind)) return false;
        return cv::countNonZero(inked_rows(on_page)) < kWritten * unit_;
    }

    // Whether a vertical a little farther out closes the row: then the two break off by chance.
    bool closed_beyond(double at, bool right, double top, double bottom) const {
        return std::any_of(verticals_.begin(), verticals_.end(), [&](const Ruling& v) {
            const double beyond = right ? v.at - at : at - v.at;
            return beyond > 0 && beyond < kBreaksOff * unit_ && shared(v, top, bottom) > kHeld * (bottom - top);
        });
    }

    // One side of the rows between `horizontals`, where no vertical closes them; rows below each other have one.
    void add_side(const std::vector<Ruling>& horizontals, bool right, std::vector<Ruling>& out) const {
        bool goes_on = false;
        for (std::size_t i = 0; i + 1 < horizontals.size(); ++i) {
            const Ruling &top = horizontals[i], &bottom = horizontals[i + 1];
            const double height = bottom.at - top.at;
            const double at = right ? (top.to + bottom.to) / 2 : (top.from + bottom.from) / 2;
            double ruled = 0;
            for (const Ruling& v : verticals_)
                if (std::abs(v.at - at) < kSameEnd * unit_) ruled += shared(v, top.at, bottom.at);
            const bool open = ruled < kClosed * height && !crossed(at, top.at, bottom.at) &&
                              !closed_beyond(at, right, top.at, bottom.at);
            if (open && goes_on) {
                out.back().to = bottom.at;
                out.back().inked = out.back().length();
            } else if (open && height > kDouble * unit_) {
                out.push_back({false, at, top.at, bottom.at, top.thickness, height});
                goes_on = true;
            } else {
                goes_on = false;
            }
        }
    }

    const cv::Mat& text_;
    double unit_;
    std::vector<Ruling> horizontals_, verticals_;
};

}  // namespace

bool holds_one_cell(const cv::Mat& text, const cv::Rect& row, double char_height) {
    if (row.height > 3 * kLinePitch * char_height || row.height <= 0) return false;
    const int inset = cvRound(kSideInset * char_height);
    const cv::Rect inside(row.x + inset, row.y, std::max(0, row.width - 2 * inset), row.height);
    int lines = 0, end = row.y;
    for (const cv::Rect& box : find_text_lines(text, inside, char_height)) {
        if (box.height > kTallestWriting * char_height) return false;
        const bool speck = cv::countNonZero(text(box)) < kLeastWriting * char_height * char_height;
        if (box.height < kFlat * char_height || speck) continue;
        if (box.y >= end) ++lines;
        end = std::max(end, box.br().y);
    }
    return lines > 0 && row.height < (lines * kLinePitch + kPadding) * char_height;
}

void close_open_sides(std::vector<Ruling>& rulings, const cv::Mat& text, double char_height) {
    const std::vector<Ruling> ties = Sides(rulings, text, char_height).between_tables();
    std::erase_if(rulings, [&](const Ruling& r) {
        return std::ranges::any_of(
            ties, [&](const Ruling& tie) { return !r.horizontal && r.at == tie.at && r.from == tie.from; });
    });
    const Sides sides(rulings, text, char_height);
    std::vector<Ruling> missing = sides.missing();
    // One side has one place: that of the longest piece.
    for (Ruling& side : missing) {
        std::vector<Ruling*> pieces = {&side};
        for (Ruling& found : rulings)
            if (sides.goes_on(side, found)) pieces.push_back(&found);
        const double at = (*std::ranges::max_element(pieces, {}, &Ruling::length))->at;
        for (Ruling* piece : pieces) piece->at = at;
    }
    rulings.insert(rulings.end(), missing.begin(), missing.end());
    const std::vector<Ruling> between = Sides(rulings, text, char_height).between_pieces();
    rulings.insert(rulings.end(), between.begin(), between.end());
}

}  // namespace biaod::layout
