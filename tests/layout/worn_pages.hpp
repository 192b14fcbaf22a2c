// Pages of worn tables, and what mend_worn_frames() makes of their rulings.
#pragma once

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "layout/rulings/worn_frames.hpp"

namespace biaod::layout::worn {

inline constexpr double kUnit = 20;
inline constexpr double kLeft = 100, kRight = 800;

// A table of rows 40 px high, whose horizontals run from side to side but where it is said otherwise.
struct Page {
    cv::Mat faint = cv::Mat::zeros(800, 900, CV_8UC1);
    std::vector<Ruling> rulings;

    void across(double y, double from = kLeft, double to = kRight) {
        rulings.push_back({true, y, from, to, 1, to - from});
        cv::line(faint, cv::Point2d(from, y), cv::Point2d(to, y), 255);
    }
    void down(double x, double from, double to) {
        rulings.push_back({false, x, from, to, 1, to - from});
        cv::line(faint, cv::Point2d(x, from), cv::Point2d(x, to), 255);
    }
    void crumbs(int y, int from, int to, int every) {
        for (int x = from; x < to; x += every) faint(cv::Rect(x, y, 4, 1)).setTo(255);
    }
    void write(int x, int y, int characters) {
        for (int i = 0; i < characters; ++i) cv::rectangle(faint, {x + 20 * i, y, 16, 20}, 255, 3);
    }
    std::vector<Ruling> mended() const {
        std::vector<Ruling> all = rulings;
        mend_worn_frames(all, faint, kUnit);
        return all;
    }
};

inline Ruling at(const std::vector<Ruling>& rulings, bool horizontal, double place) {
    const auto found = std::ranges::find_if(
        rulings, [&](const Ruling& r) { return r.horizontal == horizontal && std::abs(r.at - place) < 3; });
    return found == rulings.end() ? Ruling{horizontal, 0, 0, 0, 0, 0} : *found;
}

using Pieces = std::vector<std::pair<double, double>>;

// Each piece as "from-to", in order.
inline Pieces pieces_at(const std::vector<Ruling>& rulings, double x) {
    Pieces out;
    for (const Ruling& r : rulings)
        if (!r.horizontal && std::abs(r.at - x) < 3) out.emplace_back(r.from, r.to);
    std::ranges::sort(out);
    return out;
}

inline Page with_rows(const std::vector<double>& rows) {
    Page page;
    for (const double y : rows) page.across(y);
    return page;
}

}  // namespace biaod::layout::worn
