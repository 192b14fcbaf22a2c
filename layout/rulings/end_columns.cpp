#include "layout/rulings/end_columns.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "layout/ink_profile.hpp"
#include "layout/kernel.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kLowest = 1.6;      // row: strokes of writing leave a gap above and below
constexpr double kLowestOpen = 1.4;  // the same without one of its rulings
constexpr double kHighest = 12;      // row
constexpr double kNarrowest = 4;     // part of a row
constexpr double kTouch = 0.5;       // of rulings across
constexpr double kOther = 0.8;       // from another vertical
constexpr double kTipsAlike = 0.25;
constexpr double kMostAlike = 0.7;  // of the tips
constexpr std::size_t kFewestTips = 5;
constexpr double kInked = 0.65;  // of the way
constexpr double kWidestGap = 0.35;
constexpr double kSpeck = 0.1;     // tall
constexpr double kNoSpecks = 0.7;  // of the ink: what is left without them
constexpr double kReaches = 0.12;  // one of the two
constexpr double kBesideFrom = 0.1, kBesideTo = 0.25;
constexpr double kClear = 0.06;  // of the way has ink there, at most

// Between two horizontals that none parts, whose strokes take so much of it.
struct Row {
    double left, right, top, bottom;
    double top_stroke, bottom_stroke;
};

class EndColumns {
  public:
    EndColumns(std::vector<Ruling>& rulings, const cv::Mat& faint, double unit)
        : rulings_(rulings), faint_(faint), unit_(unit) {}

    void mend() {
        for (const Row& row : end_rows()) add_verticals(row);
    }

  private:
    std::vector<Row> end_rows() const {
        std::vector<Row> rows;
        for (const Ruling& upper : rulings_)
            for (const Ruling& lower : rulings_) {
                if (!upper.horizontal || !lower.horizontal) continue;
                const Row row{std::max(upper.from, lower.from),
                              std::min(upper.to, lower.to),
                              upper.at,
                              lower.at,
                              upper.thickness / 2,
                              lower.thickness / 2};
                const double height = row.bottom - row.top;
                if (height < kLowest * unit_ || height > kHighest * unit_ || row.right - row.left < kNarrowest * unit_)
                    continue;
                if (!is_parted(row) && is_bounded(row) && (ends(row, row.top) || ends(row, row.bottom)))
                    rows.push_back(row);
            }
        for (const Ruling& edge : rulings_)
            for (const bool below : {false, true})
                if (const auto row = open_row(edge, below)) rows.push_back(*row);
        return rows;
    }

    // The row beyond a table's last horizontal, where a page's end cut it off and verticals end alike.
    std::optional<Row> open_row(const Ruling& edge, bool below) const {
        if (!edge.horizontal || edge.length() < kNarrowest * unit_) return std::nullopt;
        std::vector<double> tips;
        for (const Ruling& r : rulings_) {
            if (!touch(edge, r, kTouch * unit_)) continue;
            const double height = below ? r.to - edge.at : edge.at - r.from;
            if (height > kHighest * unit_) return std::nullopt;
            if (height > kLowestOpen * unit_) tips.push_back(below ? r.to : r.from);
        }
        if (tips.size() < kFewestTips) return std::nullopt;
        std::sort(tips.begin(), tips.end());
        const double middle = tips[tips.size() / 2];
        const auto alike = [&](double tip) { return std::abs(tip - middle) < kTipsAlike * unit_; };
        if (static_cast<double>(std::ranges::count_if(tips, alike)) < kMostAlike * static_cast<double>(tips.size()))
            return std::nullopt;
        const double stroke = edge.thickness / 2;
        const Row row = below ? Row{edge.from, edge.to, edge.at, middle, stroke, 0}
                              : Row{edge.from, edge.to, middle, edge.at, 0, stroke};
        const bool ends_in_ruling = std::ranges::any_of(rulings_, [&](const Ruling& r) {
            return r.horizontal && std::abs(r.at - middle) < kTouch * unit_ && r.from < edge.to && r.to > edge.from;
        });
        if (ends_in_ruling || is_parted(row)) return std::nullopt;
        return row;
    }

    bool is_parted(const Row& row) const {
        return std::ranges::any_of(rulings_, [&](const Ruling& r) {
            return r.horizontal && r.at > row.top + 1 && r.at < row.bottom - 1 && r.from < row.right && r.to > row.left;
        });
    }

    bool runs_through(const Ruling& r, const Row& row) const {
        return !r.horizontal && r.from < row.top + kTouch * unit_ && r.to > row.bottom - kTouch * unit_;
    }

    bool is_bounded(const Row& row) const {
        const auto stands_at = [&](double side) {
            return std::ranges::any_of(rulings_, [&](const Ruling& r) {
                return runs_through(r, row) && std::abs(r.at - side) < kOther * unit_;
            });
        };
        return stands_at(row.left) || stands_at(row.right);
    }

    // Whether no vertical passes the row's edge at `y`.
    bool ends(const Row& row, double y) const {
        return std::ranges::none_of(rulings_, [&](const Ruling& r) {
            return !r.horizontal && r.at > row.left - kTouch * unit_ && r.at < row.right + kTouch * unit_ &&
                   r.from < y - kOther * unit_ && r.to > y + kOther * unit_;
        });
    }

    void add_verticals(const Row& row) {
        double first = 0, last = -1;  // of neighbouring columns
        const auto add = [&] {
            if (last >= first)
                rulings_.push_back({false, (first + last) / 2, row.top, row.bottom, last - first + 1,
                                    kInked * (row.bottom - row.top)});
        };
        for (int x = cvCeil(row.left + kOther * unit_); x < row.right - kOther * unit_; ++x) {
            if (!is_vertical(row, x)) continue;
            if (x > last + kBesideFrom * unit_) {
                add();
                first = x;
            }
            last = x;
        }
        add();
    }

    bool is_vertical(const Row& row, int x) const {
        const bool taken = std::ranges::any_of(rulings_, [&](const Ruling& r) {
            return !r.horizontal && std::abs(r.at - x) < kOther * unit_ && r.from < row.bottom && r.to > row.top;
        });
        if (taken) return false;
        const int top = cvRound(row.top + row.top_stroke) + 1, bottom = cvRound(row.bottom - row.bottom_stroke) - 1;
        const auto is_way = [](const cv::Mat& m) { return !m.empty() && cv::countNonZero(m) >= kInked * m.rows; };
        cv::Mat way = inked(x - 1, x + 2, top, bottom);
        if (!is_way(way)) return false;  // as are most columns
        way = without_specks(way);
        if (!is_way(way)) return false;
        int above = 0, below = 0, gap = 0, widest = 0;
        bool begun = false;
        for (int y = 0; y < way.rows; ++y) {
            gap = way.at<uchar>(y, 0) != 0 ? 0 : gap + 1;
            begun = begun || gap == 0;
            (begun ? widest : above) = std::max(begun ? widest : above, gap);
        }
        below = gap;
        if (std::min(above, below) > kReaches * unit_ || std::max({above, below, widest}) > kWidestGap * unit_)
            return false;
        const int from = cvRound(kBesideFrom * unit_) + 1, to = cvRound(kBesideTo * unit_) + 1;
        return cv::countNonZero(inked(x - to, x - from, top, bottom)) <= kClear * way.rows &&
               cv::countNonZero(inked(x + from + 1, x + to + 1, top, bottom)) <= kClear * way.rows;
    }

    // A speck between a bracket and the rulings would make the two one way; dots of a ruling stay.
    cv::Mat without_specks(const cv::Mat& way) const {
        cv::Mat out;
        const int speck = cvCeil(kSpeck * unit_) | 1;  // odd: opening keeps the place
        cv::morphologyEx(way, out, cv::MORPH_OPEN, box_kernel(1, speck));
        return cv::countNonZero(out) < kNoSpecks * cv::countNonZero(way) ? way : out;
    }

    // Which rows hold ink between two columns; 8UC1, one column.
    cv::Mat inked(int left, int right, int top, int bottom) const {
        const cv::Rect box(cv::Point(left, top), cv::Point(right, bottom));
        return inked_rows(faint_(box & cv::Rect({0, 0}, faint_.size())));
    }

    std::vector<Ruling>& rulings_;
    const cv::Mat& faint_;
    double unit_;
};

}  // namespace

void mend_end_columns(std::vector<Ruling>& rulings, const cv::Mat& faint, double char_height) {
    EndColumns(rulings, faint, char_height).mend();
}

}  // namespace biaod::layout
