#include "layout/cleaning/flatten.hpp"

#include <algorithm>
#include <cmath>

namespace biaod::layout {
namespace {

constexpr double kDegree = 3.14159265358979323846 / 180;

cv::Rect2d reach(const RulingTrace& trace, double margin) {
    const auto [left, right] = std::ranges::minmax(trace.points, {}, &cv::Point2d::x);
    const auto [top, bottom] = std::ranges::minmax(trace.points, {}, &cv::Point2d::y);
    return {left.x - margin, top.y - margin, right.x - left.x + 2 * margin, bottom.y - top.y + 2 * margin};
}

// The traces that meet one of the other direction, or begin and end with two others or a near one, as the rulings of a
// table do and the edge of a photographed sheet does not: the columns of low rows leave no trace.
std::vector<RulingTrace> of_tables(const std::vector<RulingTrace>& traces, cv::Size size) {
    std::vector<cv::Rect2d> reaches;
    for (const RulingTrace& trace : traces) reaches.push_back(reach(trace, kTouch * size.width));
    std::vector<RulingTrace> kept;
    for (std::size_t i = 0; i < traces.size(); ++i) {
        bool meets = false, twin = false;
        int alike = 0;  // itself, too
        for (std::size_t k = 0; k < traces.size() && !meets; ++k) {
            meets = traces[k].horizontal != traces[i].horizontal && (reaches[i] & reaches[k]).area() > 0;
            alike += run_along(traces[i], traces[k], size);
            twin = twin || (i != k && are_twins(traces[i], traces[k], size));
        }
        if (meets || twin || alike >= kMinTraces) kept.push_back(traces[i]);
    }
    return kept;
}

}  // namespace

Flattening Flattening::fit(const std::vector<RulingTrace>& found, cv::Size size, bool waves) {
    const std::vector<RulingTrace> traces = of_tables(found, size);
    Flattening out;
    out.size_ = size;
    out.rows_ = Bend::fit(traces, true, size, waves);
    out.columns_ = Bend::fit(traces, false, size, waves);
    return out;
}

cv::Point2d Flattening::forward(cv::Point2d p) const {
    const double u = std::clamp(2 * p.x / size_.width - 1, -1.1, 1.1);
    const double v = std::clamp(2 * p.y / size_.height - 1, -1.1, 1.1);
    return p + cv::Point2d(columns_.at(v, u), rows_.at(u, v));
}

cv::Point2d Flattening::backward(cv::Point2d p) const {
    cv::Point2d guess = p;
    for (int i = 0; i < 6; ++i) guess += p - forward(guess);
    return guess;
}

double Flattening::largest_displacement() const {
    double largest = 0;
    for (double y = 0; y <= 1; y += 0.125)
        for (double x = 0; x <= 1; x += 0.125) {
            const cv::Point2d p(x * size_.width, y * size_.height);
            const cv::Point2d d = forward(p) - p;
            largest = std::max({largest, std::abs(d.x), std::abs(d.y)});
        }
    return largest;
}

cv::Mat coarse_map(const Flattening& flattening, double skew_degrees, cv::Size size, int step) {
    const double c = std::cos(skew_degrees * kDegree), s = std::sin(skew_degrees * kDegree);
    const cv::Point2d middle(size.width / 2.0, size.height / 2.0);
    cv::Mat map((size.height + step - 1) / step + 1, (size.width + step - 1) / step + 1, CV_32FC2);
    for (int y = 0; y < map.rows; ++y)
        for (int x = 0; x < map.cols; ++x) {
            const cv::Point2d level = flattening.backward(cv::Point2d(x * step, y * step)) - middle;
            const cv::Point2d upright(c * level.x - s * level.y + middle.x, s * level.x + c * level.y + middle.y);
            map.at<cv::Point2f>(y, x) = cv::Point2f(upright);
        }
    return map;
}

}  // namespace biaod::layout
