#include "layout/rulings/lone_rows.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "layout/ink_profile.hpp"
#include "layout/rulings/breaks.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kAtTop = 0.25;      // of the page's height
constexpr double kOneRow = 8;        // longer verticals run through several
constexpr double kLowest = 1.5;      // row
constexpr double kAlike = 0.25;      // ends of verticals
constexpr double kColumn = 1.2;      // between two verticals, at least
constexpr double kWide = 12;         // a row
constexpr double kEven = 0.15;       // columns of one width differ by
constexpr double kColumnEdge = 0.3;  // where crumbs of an outer vertical lie
constexpr std::size_t kFewest = 5;
constexpr double kThinnest = 3;  // px thick, or
constexpr double kThin = 0.12;
constexpr double kBeside = 0.2;   // a vertical
constexpr double kClear = 0.15;   // of the vertical's length may have ink there
constexpr int kOffTheRow = 2;     // px: crumbs lie on a few rows
constexpr double kCrumbs = 0.15;  // of the row's columns, at least
constexpr double kDigit = 0.5;    // is at least as high
constexpr double kMoreThan = 3;   // times as many as beside it
constexpr double kMost = 0.9;     // of the row, where its horizontal was found
constexpr double kGap = 1.5;      // between crumbs

struct Comb {
    std::vector<Ruling> verticals;  // from left to right
    double bottom = 0;
};

// The pieces of ink as verticals; their axes are swapped.
std::vector<Ruling> verticals_of(const Runs& columns) {
    std::vector<Ruling> verticals;
    for (const Piece& piece : connect(columns).all) {
        const cv::Rect& box = piece.box;
        verticals.push_back({false, box.y + box.height / 2.0, static_cast<double>(box.x),
                             static_cast<double>(box.br().x), static_cast<double>(box.height),
                             static_cast<double>(box.width)});
    }
    return verticals;
}

class LoneRow {
  public:
    LoneRow(std::vector<Ruling>& rulings, const cv::Mat& faint, double unit)
        : rulings_(rulings), faint_(faint), unit_(unit) {}

    void mend() {
        const int end = cvRound(kAtTop * faint_.rows);
        const bool in_table = std::ranges::any_of(
            rulings_, [&](const Ruling& r) { return !r.horizontal && r.from < end && r.length() > kOneRow * unit_; });
        if (in_table) return;
        const auto comb = widest_comb(verticals_of(find_ruling_runs(faint_.rowRange(0, end), unit_).vertical));
        if (!comb) return;
        const Comb whole = with_outer_verticals(*comb);
        const bool ruled = is_ruled(*comb);
        const double first = whole.verticals.front().at, last = whole.verticals.back().at;
        if (!ruled) {
            const std::optional<cv::Vec2d> ends = ends_of_crumbs(*comb);
            if (!ends) return;
            draw(whole, std::min(first, (*ends)[0]), std::max(last, (*ends)[1]));
        } else if (whole.verticals.size() > comb->verticals.size()) {
            draw(whole, first, last);
        }
        lengthen(whole);
    }

  private:
    std::optional<Comb> widest_comb(std::vector<Ruling> verticals) const {
        std::erase_if(verticals, [&](const Ruling& v) {
            if (v.length() < kLowest * unit_ || v.thickness > std::max(kThinnest, kThin * unit_)) return true;
            const auto [left, right] = ink_beside(v, faint_, 2, kBeside * unit_ + 2);
            return std::max(left, right) > kClear;
        });
        std::sort(verticals.begin(), verticals.end(), [](const Ruling& a, const Ruling& b) { return a.at < b.at; });
        std::optional<Comb> widest;
        for (const Ruling& first : verticals) {
            Comb comb{{}, first.to};
            for (const Ruling& v : verticals) {
                const bool alike =
                    std::abs(v.from - first.from) < kAlike * unit_ && std::abs(v.to - first.to) < kAlike * unit_;
                if (!alike) continue;
                if (!comb.verticals.empty() && v.at - comb.verticals.back().at < kColumn * unit_) continue;
                comb.verticals.push_back(v);
                comb.bottom = std::max(comb.bottom, v.to);
            }
            if (!widest || comb.verticals.size() > widest->verticals.size()) widest = std::move(comb);
        }
        if (!widest || widest->verticals.size() < kFewest ||
            widest->verticals.back().at - widest->verticals.front().at < kWide * unit_)
            return std::nullopt;
        return widest;
    }

    // The width of all columns, where it is one; some verticals between may not be there. 0: there is none.
    double even_pitch(const std::vector<Ruling>& verticals) const {
        std::vector<double> gaps;
        for (std::size_t i = 1; i < verticals.size(); ++i) gaps.push_back(verticals[i].at - verticals[i - 1].at);
        const double least = *std::ranges::min_element(gaps);
        double columns = 0;
        for (const double gap : gaps) {
            const double together = std::round(gap / least);
            if (std::abs(gap - together * least) > together * kEven * unit_) return 0;
            columns += together;
        }
        return (verticals.back().at - verticals.front().at) / columns;
    }

    static bool has_ink(const cv::Mat& row, double from, double to) {
        const int first = std::max(0, cvRound(from)), end = std::min(row.cols, cvRound(to) + 1);
        return first < end && cv::countNonZero(row.colRange(first, end)) > 0;
    }

    // Whether the row holds ink around the place, and whether beyond it, on its left side or its right.
    bool has_ink_at(const cv::Mat& row, double at) const {
        return has_ink(row, at - kColumnEdge * unit_, at + kColumnEdge * unit_);
    }
    bool goes_on_beyond(const cv::Mat& row, double at, bool left) const {
        const double reach = kColumnEdge * unit_, beyond = kColumn * unit_;
        return left ? has_ink(row, at - beyond, at - reach - 1) : has_ink(row, at + reach + 1, at + beyond);
    }

    // The box of what is written in the cell; empty: there is nothing but crumbs.
    cv::Rect writing(const cv::Mat& cell) const {
        const Pieces pieces = connect(find_runs(cell));
        const auto is_high = [&](const Piece& piece, double share) { return piece.box.height > share * unit_; };
        cv::Rect box;
        if (std::ranges::none_of(pieces.all, [&](const Piece& piece) { return is_high(piece, kDigit); })) return box;
        for (const Piece& piece : pieces.all)
            if (is_high(piece, kDigit / 2)) box = box.empty() ? piece.box : box | piece.box;
        return box;
    }

    // Of columns of one width the outer verticals are where the next ones would be, if something is written before, and
    // crumbs of them are left there and the row's horizontal ends there, too, or it ends within what is written.
    Comb with_outer_verticals(Comb comb) const {
        auto& verticals = comb.verticals;
        const double pitch = even_pitch(verticals);
        if (pitch == 0) return comb;
        const double top = verticals.front().from;
        const cv::Mat row = inked(comb.bottom), feet = inked(comb.bottom, cvRound(kAlike * unit_));
        const auto outer = [&](double at, double next) -> std::optional<Ruling> {
            const cv::Range rows(cvRound(top), cvRound(comb.bottom - kBeside * unit_));
            const double reach = kColumnEdge * unit_;
            const int left = cvRound(at - reach), right = cvRound(at + reach) + 1;
            const auto [from, to] = std::minmax(at, next);
            if (left < 0 || right > faint_.cols || rows.empty()) return std::nullopt;
            const cv::Range columns(cvRound(from + reach), cvRound(to - reach));
            const cv::Rect written = writing(faint_.rowRange(rows).colRange(columns));
            if (written.empty()) return std::nullopt;
            const cv::Rect ink = cv::boundingRect(faint_.rowRange(rows).colRange(left, right));
            const int end = reach_of_crumbs(row, cvRound(next), at < next ? left : right - 1);
            const bool breaks_off = end > columns.start + written.x && end < columns.start + written.br().x;
            if (ink.width > std::max(kThinnest, kThin * unit_)) return std::nullopt;
            const bool at_feet = !ink.empty() && has_ink_at(feet, at);
            if (!at_feet && !breaks_off) return std::nullopt;
            if (!ink.empty() && goes_on_beyond(feet, at, at < next)) return std::nullopt;
            return Ruling{false, ink.empty() ? at : left + ink.x + ink.width / 2.0, top, comb.bottom, 1, 1};
        };
        if (const auto left = outer(verticals.front().at - pitch, verticals.front().at))
            verticals.insert(verticals.begin(), *left);
        if (const auto right = outer(verticals.back().at + pitch, verticals.back().at)) verticals.push_back(*right);
        return comb;
    }

    // Whether the horizontal at the comb's feet was found, but for its ends.
    bool is_ruled(const Comb& comb) const {
        const double first = comb.verticals.front().at, last = comb.verticals.back().at;
        return std::ranges::any_of(rulings_, [&](const Ruling& r) {
            return r.horizontal && std::abs(r.at - comb.bottom) < kAlike * unit_ &&
                   std::min(r.to, last) - std::max(r.from, first) > kMost * (last - first);
        });
    }

    // Which columns hold ink around the row `y`, from so far `above`; CV_8UC1, one row.
    cv::Mat inked(double y, int above = kOffTheRow) const {
        const int top = std::clamp(cvRound(y) - above, 0, faint_.rows),
                  bottom = std::clamp(cvRound(y) + kOffTheRow + 1, 0, faint_.rows);
        return top < bottom ? inked_columns(faint_.rowRange(top, bottom)) : cv::Mat::zeros(1, faint_.cols, CV_8UC1);
    }

    // The last column from `from` to `to`, which may be to its left, that crumbs of the row lead to.
    int reach_of_crumbs(const cv::Mat& row, int from, int to) const {
        const int gap = cvRound(kGap * unit_), step = to < from ? -1 : 1;
        int last = from;
        for (int x = from; x != to + step && std::abs(x - last) < gap; x += step)
            if (row.at<uchar>(0, x) != 0) last = x;
        return last;
    }

    // From where to where crumbs lie along the comb's feet.
    std::optional<cv::Vec2d> ends_of_crumbs(const Comb& comb) const {
        const cv::Mat crumbs = inked(comb.bottom);
        int first = cvRound(comb.verticals.front().at), last = cvRound(comb.verticals.back().at);
        const auto share = [&](const cv::Mat& row) {
            return cv::countNonZero(row.colRange(first, last)) / static_cast<double>(last - first);
        };
        const int beside = 2 * kOffTheRow + 1 + cvRound(kBeside * unit_ / 2);
        if (share(crumbs) < kCrumbs || share(crumbs) < kMoreThan * share(inked(comb.bottom - beside)) ||
            share(crumbs) < kMoreThan * share(inked(comb.bottom + beside)))
            return std::nullopt;
        // The outer verticals may be lost, too: as far out as the widest column.
        double widest = 0;
        for (std::size_t i = 1; i < comb.verticals.size(); ++i)
            widest = std::max(widest, comb.verticals[i].at - comb.verticals[i - 1].at);
        const int reach = cvRound(widest + kAlike * unit_);
        first = reach_of_crumbs(crumbs, first, std::max(0, first - reach));
        last = reach_of_crumbs(crumbs, last, std::min(crumbs.cols - 1, last + reach));
        return cv::Vec2d(first, last + 1);
    }

    void draw(const Comb& comb, double left, double right) {
        double thickness = 1;
        std::erase_if(rulings_, [&](const Ruling& r) {
            if (!r.horizontal || std::abs(r.at - comb.bottom) > kAlike * unit_ || r.from > right || r.to < left)
                return false;
            left = std::min(left, r.from);
            right = std::max(right, r.to);
            thickness = std::max(thickness, r.thickness);
            return true;
        });
        rulings_.push_back({true, comb.bottom - thickness / 2, left, right, thickness, kCrumbs * (right - left)});
        for (const Ruling& v : comb.verticals) {
            const bool is_found = std::ranges::any_of(rulings_, [&](const Ruling& r) {
                return !r.horizontal && std::abs(r.at - v.at) < kAlike * unit_ && r.from < v.to && r.to > v.from;
            });
            if (!is_found) rulings_.push_back(v);
        }
    }

    // Verticals that stand at the comb's feet and lost their upper part reach as high as the others: those that begin
    // at no ruling across.
    void lengthen(const Comb& comb) {
        const double reach = kColumnEdge * unit_, left = comb.verticals.front().at - reach,
                     right = comb.verticals.back().at + reach;
        const auto stands = [&](const Ruling& r) {
            return !r.horizontal && std::abs(r.to - comb.bottom) < kAlike * unit_ && r.at > left && r.at < right;
        };
        double top = comb.bottom;
        for (const Ruling& v : comb.verticals) top = std::min(top, v.from);
        for (Ruling& r : rulings_)
            if (stands(r) && r.from > top && !anchored(r, r.from, rulings_, kAlike * unit_) &&
                way_is_clear(r, top, r.from, faint_, unit_))
                r.from = top;
    }

    std::vector<Ruling>& rulings_;
    const cv::Mat& faint_;
    double unit_;
};

}  // namespace

void mend_lone_row(std::vector<Ruling>& rulings, const cv::Mat& faint, double char_height) {
    LoneRow(rulings, faint, char_height).mend();
}

}  // namespace biaod::layout
