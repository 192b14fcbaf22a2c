#include "layout/rulings/loose_streaks.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "models/median.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kShortest = 4;
constexpr double kCounts = 2;       // the length of a vertical that tells how thick they are,
constexpr std::size_t kFewest = 5;  // with so many others
constexpr double kThinner = 0.7;    // than half of them
constexpr double kLongHorizontal = 8;
constexpr std::size_t kCrossed = 2;       // of these, at least
constexpr double kStopsBefore = 0.4;      // a horizontal, or so far beyond the last
constexpr double kNextRow = 12;           // farther off is no row of the table
constexpr double kDashGap = 0.6;          // between dashes of a streak
constexpr std::ptrdiff_t kOthersEnd = 4;  // verticals, at a table's end
constexpr std::ptrdiff_t kAlike = 2;      // verticals that begin and end as it does: a table's
constexpr double kTrace = 2;              // px of ink, or less, on the rest of the row, or
constexpr double kTraces = 0.12;          // of it, as strokes of writing leave
constexpr int kBeside = 1;                // px that a streak leans
constexpr int kWidest = 2;                // px more than its thickness: what is wider is a stroke across it

int reach_of(const Ruling& streak) { return cvCeil(streak.thickness / 2) + kBeside; }
int widest_of(const Ruling& streak) { return cvCeil(streak.thickness) + kWidest; }

// The run of a row of ink next to `x`, if it is thin.
std::optional<cv::Range> thin_run(const cv::Mat& row, int x, int reach, int widest) {
    const auto* ink = row.ptr<std::uint8_t>();
    for (int off = 0; off <= reach; ++off)
        for (const int at : {x - off, x + off}) {
            if (at < 0 || at >= row.cols || ink[at] == 0) continue;
            cv::Range run(at, at + 1);
            while (run.start > 0 && ink[run.start - 1] != 0) --run.start;
            while (run.end < row.cols && ink[run.end] != 0) ++run.end;
            if (run.size() > widest) return std::nullopt;
            return run;
        }
    return std::nullopt;
}

class Streaks {
  public:
    Streaks(const std::vector<Ruling>& rulings, const cv::Mat& faint, double unit) : faint_(faint), unit_(unit) {
        std::vector<double> thickness;
        for (const Ruling& r : rulings) {
            if (r.horizontal && r.length() > kLongHorizontal * unit) horizontals_.push_back(r);
            if (r.horizontal || r.length() <= kCounts * unit) continue;
            verticals_.push_back(r);
            thickness.push_back(r.thickness);
        }
        if (thickness.size() <= kFewest) return;
        usual_ = models::median(std::move(thickness));
    }

    bool is_one(const Ruling& r) const {
        if (r.horizontal || r.length() < kShortest * unit_ || r.thickness > kThinner * usual_) return false;
        const auto crossed = std::ranges::count_if(
            horizontals_, [&](const Ruling& h) { return lies_across(h, r) && h.at > r.from && h.at < r.to; });
        if (static_cast<std::size_t>(crossed) < kCrossed || has_others_alike(r)) return false;
        const bool above = stops(r, false), below = stops(r, true);
        return (above && below) || ((above || below) && passes_end(r));
    }

  private:
    static bool lies_across(const Ruling& h, const Ruling& r) { return h.from < r.at && h.to > r.at; }

    // Whether others begin and end where it does: of their table the first horizontal was lost, or the last one.
    bool has_others_alike(const Ruling& r) const {
        const double slack = kStopsBefore * unit_;
        const auto is_alike = [&](const Ruling& v) {
            return std::abs(v.from - r.from) < slack && std::abs(v.to - r.to) < slack && std::abs(v.at - r.at) > slack;
        };
        return std::ranges::count_if(verticals_, is_alike) >= kAlike;
    }

    // Whether the end lies beyond all horizontals, or the next one is not to be reached from there.
    bool stops(const Ruling& r, bool forward) const {
        const double end = forward ? r.to : r.from;
        std::optional<double> last, next;  // before the end and beyond it, as distances
        for (const Ruling& h : horizontals_) {
            if (!lies_across(h, r)) continue;
            const double off = forward ? h.at - end : end - h.at;
            std::optional<double>& nearest = off > 0 ? next : last;
            if (!nearest || std::abs(off) < std::abs(*nearest)) nearest = off;
        }
        if (last && -*last < kStopsBefore * unit_) return false;
        if (!next || *next > kNextRow * unit_) return true;
        if (*next < kStopsBefore * unit_) return false;
        const double edge = kStopsBefore / 2 * unit_;  // of the next horizontal, and of the streak's last dash
        const double from = forward ? end + edge : end - *next + edge, to = forward ? end + *next - edge : end - edge;
        int traces = 0;
        for (int y = std::max(0, cvRound(from)); y < std::min(faint_.rows, cvRound(to)); ++y)
            traces += thin_run(faint_.row(y), cvRound(r.at), reach_of(r), widest_of(r)).has_value();
        return traces <= std::max(kTrace, kTraces * (to - from));
    }

    // Whether it runs on over a horizontal at which the others end.
    bool passes_end(const Ruling& r) const {
        const double slack = kStopsBefore * unit_;
        const auto runs_over = [&](const Ruling& v, double y) { return v.from < y - slack && v.to > y + slack; };
        return std::ranges::any_of(horizontals_, [&](const Ruling& h) {
            if (!lies_across(h, r) || !runs_over(r, h.at)) return false;
            std::ptrdiff_t begin = 0, end = 0, pass = 0;
            for (const Ruling& v : verticals_) {
                if (v.at < h.from - slack || v.at > h.to + slack || std::abs(v.at - r.at) < slack) continue;
                begin += std::abs(v.from - h.at) < slack;
                end += std::abs(v.to - h.at) < slack;
                pass += runs_over(v, h.at);
            }
            return pass == 0 && std::max(begin, end) >= kOthersEnd && std::min(begin, end) == 0;
        });
    }

    const cv::Mat& faint_;
    double unit_, usual_ = 0;
    std::vector<Ruling> horizontals_, verticals_;
};

// Marks what of the ink is as thin as the streak, along it and as far as its dashes go on at either end.
class Marker {
  public:
    Marker(const Ruling& streak, const cv::Mat& ink, double unit, cv::Mat& where)
        : ink_(ink),
          where_(where),
          reach_(reach_of(streak)),
          widest_(widest_of(streak)),
          gap_(cvRound(kDashGap * unit)) {
        const int from = std::max(0, cvFloor(streak.from)), to = std::min(ink.rows, cvCeil(streak.to));
        int x = cvRound(streak.at), first = x;
        for (int y = from; y < to; ++y)
            if (mark(y, x) && y < from + gap_) first = x;
        follow(to, 1, x);
        follow(from - 1, -1, first);
    }

  private:
    void follow(int y, int step, int x) {
        for (int missed = 0; missed < gap_ && y >= 0 && y < ink_.rows; y += step) missed = mark(y, x) ? 0 : missed + 1;
    }

    // Marks the run next to `x`, which moves there; returns whether there was one.
    bool mark(int y, int& x) {
        const auto run = thin_run(ink_.row(y), x, reach_, widest_);
        if (!run) return false;
        where_.row(y).colRange(*run).setTo(255);
        x = (run->start + run->end - 1) / 2;
        return true;
    }

    const cv::Mat& ink_;
    cv::Mat& where_;
    int reach_, widest_, gap_;
};

}  // namespace

cv::Mat erase_loose_streaks(std::vector<Ruling>& rulings, const cv::Mat& faint, double char_height, cv::Mat& gray) {
    const Streaks streaks(rulings, faint, char_height);
    cv::Mat where;
    std::erase_if(rulings, [&](const Ruling& r) {
        if (!streaks.is_one(r)) return false;
        if (where.empty()) where = cv::Mat::zeros(faint.size(), CV_8UC1);
        Marker(r, faint, char_height, where);
        return true;
    });
    if (!where.empty()) gray.setTo(255, where);
    return where;
}

}  // namespace biaod::layout
