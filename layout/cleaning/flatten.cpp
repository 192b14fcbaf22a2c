#include "layout/cleaning/flatten.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kDegree = 3.14159265358979323846 / 180;
constexpr int kMinTraces = 3;
constexpr int kRounds = 4;
constexpr double kLongTwin = 0.5;       // of the page's width
constexpr double kTwinDistance = 0.15;  // of its height
constexpr double kNoTerm = 1e6;
constexpr double kLeastLength = 0.6, kMuchLength = 1.2;  // of the page's extent along them, of all traces together
constexpr double kApart = 0.3;        // of half of the page: closer ones do not tell how a lean changes across it
constexpr double kLeastLean = 0.003;  // of the extent, over half of it
constexpr double kTouch = 0.01;       // of the page's width: rulings that end this near to each other meet
constexpr double kRidge[] = {1e-3, 1e-2, 3e-2, 1e-3, 1e-2, 3e-2};

// u runs along the trace, v across it, both -1..1. No constant and no pure v term: a page is neither moved nor scaled.
void basis(double u, double v, double* out) {
    out[0] = u;
    out[1] = u * u;
    out[2] = u * u * u;
    out[3] = u * v;
    out[4] = u * u * v;
    out[5] = u * u * u * v;
}

struct Fitted {
    bool ok = false;
    double terms[6] = {};
};

cv::Rect2d reach(const RulingTrace& trace, double margin) {
    const auto [left, right] = std::ranges::minmax(trace.points, {}, &cv::Point2d::x);
    const auto [top, bottom] = std::ranges::minmax(trace.points, {}, &cv::Point2d::y);
    return {left.x - margin, top.y - margin, right.x - left.x + 2 * margin, bottom.y - top.y + 2 * margin};
}

bool run_along(const RulingTrace& a, const RulingTrace& b, double slack) {
    const auto near = [&](cv::Point2d p, cv::Point2d q) {
        return std::abs(a.horizontal ? p.x - q.x : p.y - q.y) < slack;
    };
    return a.horizontal == b.horizontal && near(a.points.front(), b.points.front()) &&
           near(a.points.back(), b.points.back());
}

// Two long rulings close to each other, as above and below the only row of a table; a sheet's edges are far apart.
bool are_twins(const RulingTrace& a, const RulingTrace& b, cv::Size size) {
    if (!a.horizontal || !run_along(a, b, kTouch * size.width)) return false;
    return a.points.back().x - a.points.front().x > kLongTwin * size.width &&
           std::abs(a.points.front().y - b.points.front().y) < kTwinDistance * size.height;
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
            alike += run_along(traces[i], traces[k], kTouch * size.width);
            twin = twin || (i != k && are_twins(traces[i], traces[k], size));
        }
        if (meets || twin || alike >= kMinTraces) kept.push_back(traces[i]);
    }
    return kept;
}

double place_across(const RulingTrace& trace, bool horizontal, cv::Size size) {
    const cv::Point2d p = trace.points[trace.points.size() / 2];
    return 2 * (horizontal ? p.y / size.height : p.x / size.width) - 1;
}

// The largest lean over half of the page, px, where a trace is.
double largest_lean(const std::vector<const RulingTrace*>& traces, const Fitted& fitted, bool horizontal,
                    cv::Size size) {
    double largest = 0;
    for (const RulingTrace* trace : traces)
        largest =
            std::max(largest, std::abs(fitted.terms[0] + fitted.terms[3] * place_across(*trace, horizontal, size)));
    return largest;
}

// How far apart, across, the outermost traces are; the page's extent is 2.
double spread_across(const std::vector<const RulingTrace*>& traces, bool horizontal, cv::Size size) {
    double least = 1, most = -1;
    for (const RulingTrace* trace : traces) {
        const double at = place_across(*trace, horizontal, size);
        least = std::min(least, at);
        most = std::max(most, at);
    }
    return most - least;
}

// Displacement d(u, v) with across + d = level of the trace. The level is eliminated by centring each trace's points.
Fitted fit_axis(const std::vector<RulingTrace>& traces, bool horizontal, cv::Size size) {
    std::vector<const RulingTrace*> all;
    double along_extent = horizontal ? size.width : size.height;
    double total = 0;
    for (const RulingTrace& t : traces) {
        if (t.horizontal != horizontal) continue;
        all.push_back(&t);
        const cv::Point2d span = t.points.back() - t.points.front();
        total += horizontal ? span.x : span.y;
    }
    Fitted fitted;
    const bool twins = all.size() == 2 && are_twins(*all[0], *all[1], size);
    if ((static_cast<int>(all.size()) < kMinTraces && !twins) || total < kLeastLength * along_extent) return fitted;
    // Two rulings close to each other say nothing of how the bend changes over the page; a few short ones, as between
    // the rows that a heading parts, nothing of a bend.
    const bool few = total < kMuchLength * along_extent;
    if (twins && few) return fitted;
    const bool apart = spread_across(all, horizontal, size) > kApart;
    const auto is_told = [&](int term) { return twins ? term < 3 : !few || term == 0 || (term == 3 && apart); };

    std::vector<const RulingTrace*> used = all;
    for (int round = 1; round <= kRounds; ++round) {
        cv::Mat normal = cv::Mat::zeros(6, 6, CV_64F), right = cv::Mat::zeros(6, 1, CV_64F);
        double weight = 0;
        for (const RulingTrace* t : used) {
            const std::size_t n = t->points.size();
            std::vector<std::array<double, 7>> rows(n);
            std::array<double, 7> mean{};
            for (std::size_t i = 0; i < n; ++i) {
                const cv::Point2d p = t->points[i];
                const double u = 2 * (horizontal ? p.x / size.width : p.y / size.height) - 1;
                const double v = 2 * (horizontal ? p.y / size.height : p.x / size.width) - 1;
                basis(u, v, rows[i].data());
                rows[i][6] = horizontal ? p.y : p.x;
                for (int k = 0; k < 7; ++k)
                    mean[static_cast<std::size_t>(k)] += rows[i][static_cast<std::size_t>(k)] / static_cast<double>(n);
            }
            for (auto& row : rows) {
                for (std::size_t k = 0; k < 7; ++k) row[k] -= mean[k];
                for (int a = 0; a < 6; ++a) {
                    for (int b = 0; b < 6; ++b)
                        normal.at<double>(a, b) += row[static_cast<std::size_t>(a)] * row[static_cast<std::size_t>(b)];
                    right.at<double>(a) -= row[static_cast<std::size_t>(a)] * row[6];
                }
            }
            weight += static_cast<double>(n);
        }
        for (int a = 0; a < 6; ++a) normal.at<double>(a, a) += (is_told(a) ? kRidge[a] : kNoTerm) * weight * 0.05;
        cv::Mat solution;
        if (!cv::solve(normal, right, solution, cv::DECOMP_CHOLESKY)) return fitted;
        for (int k = 0; k < 6; ++k) fitted.terms[k] = solution.at<double>(k);
        fitted.ok = true;
        if (round == kRounds) break;
        // The next round goes without the traces that this fit cannot explain.
        std::vector<const RulingTrace*> kept;
        std::vector<double> after;
        for (const RulingTrace* t : all) {
            double low = 1e9, high = -1e9;
            for (const cv::Point2d p : t->points) {
                const double u = 2 * (horizontal ? p.x / size.width : p.y / size.height) - 1;
                const double v = 2 * (horizontal ? p.y / size.height : p.x / size.width) - 1;
                double b[6], d = 0;
                basis(u, v, b);
                for (int k = 0; k < 6; ++k) d += fitted.terms[k] * b[k];
                const double level = (horizontal ? p.y : p.x) + d;
                low = std::min(low, level);
                high = std::max(high, level);
            }
            after.push_back(high - low);
        }
        std::vector<double> sorted = after;
        std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2), sorted.end());
        const double bound = std::max(3.0, 3 * sorted[sorted.size() / 2]);
        for (std::size_t i = 0; i < all.size(); ++i)
            if (after[i] <= bound) kept.push_back(all[i]);
        if (static_cast<int>(kept.size()) < kMinTraces) break;
        used = kept;
    }
    // What few and short ones tell is not exact: a small lean may as well be theirs.
    if (few && largest_lean(all, fitted, horizontal, size) < kLeastLean * along_extent) fitted.ok = false;
    return fitted;
}

constexpr int kFraction = 16;  // bits of a fixed-point place in the picture
constexpr int kWeight = 8;     // bits of an interpolation's weight
constexpr std::int64_t kOne = 1 << kFraction;
constexpr int kOneWeight = 1 << kWeight;

// The point's four neighbours are weighted; outside the picture all is white.
template <int channels>
void interpolate_at_edge(const cv::Mat& in, int x, int y, const int (&weights)[4], std::uint8_t* out) {
    for (int c = 0; c < channels; ++c) {
        int sum = 1 << (2 * kWeight - 1);
        for (int k = 0; k < 4; ++k) {
            const cv::Point at(x + k % 2, y + k / 2);
            const bool inside = at.x >= 0 && at.y >= 0 && at.x < in.cols && at.y < in.rows;
            sum += weights[k] * (inside ? in.ptr<std::uint8_t>(at.y)[at.x * channels + c] : 255);
        }
        out[c] = static_cast<std::uint8_t>(sum >> (2 * kWeight));
    }
}

// A point that moves through the picture, in fixed point.
struct Course {
    std::int64_t x, y, dx, dy;

    int column() const { return static_cast<int>(x >> kFraction); }
    int row() const { return static_cast<int>(y >> kFraction); }
    static int weight(std::int64_t at) { return static_cast<int>(at >> (kFraction - kWeight)) & (kOneWeight - 1); }
    void step(int count) {
        x += count * dx;
        y += count * dy;
    }

    // How many steps, `most` at most, it goes on in one row, a column a step.
    int straight_run(int most) const {
        const std::int64_t in_column = x & (kOne - 1), in_row = y & (kOne - 1), slip = dx - kOne;
        std::int64_t run = most;
        if (slip > 0) run = std::min(run, (kOne - in_column + slip - 1) / slip);
        if (slip < 0) run = std::min(run, in_column / -slip + 1);
        if (dy > 0) run = std::min(run, (kOne - in_row + dy - 1) / dy);
        if (dy < 0) run = std::min(run, in_row / -dy + 1);
        return static_cast<int>(run);
    }
};

// A straight run of gray pixels. `above` and `below`: the pixels of the run in its two rows.
[[gnu::always_inline]] inline void interpolate_run(const std::uint8_t* above, const std::uint8_t* below, Course course,
                                                   int count, std::uint8_t* out) {
    const int from_x = static_cast<int>(course.x & (kOne - 1)), slip = static_cast<int>(course.dx - kOne);
    const int from_y = static_cast<int>(course.y & (kOne - 1)), down = static_cast<int>(course.dy);
    for (int i = 0; i < count; ++i) {
        const int fx = (from_x + i * slip) >> (kFraction - kWeight), fy = (from_y + i * down) >> (kFraction - kWeight);
        const int upper = (kOneWeight - fx) * above[i] + fx * above[i + 1];
        const int lower = (kOneWeight - fx) * below[i] + fx * below[i + 1];
        out[i] = static_cast<std::uint8_t>(((kOneWeight - fy) * upper + fy * lower + (1 << (2 * kWeight - 1))) >>
                                           (2 * kWeight));
    }
}

[[gnu::target("avx2")]] void interpolate_run_wide(const std::uint8_t* above, const std::uint8_t* below,
                                                  const Course& course, int count, std::uint8_t* out) {
    interpolate_run(above, below, course, count, out);
}

template <int channels>
void interpolate(const cv::Mat& in, Course course, int count, std::uint8_t* out) {
    for (; count > 0; --count, course.step(1), out += channels) {
        const int x = course.column(), y = course.row();
        const int fx = Course::weight(course.x), fy = Course::weight(course.y);
        const int weights[4] = {(kOneWeight - fx) * (kOneWeight - fy), fx * (kOneWeight - fy), (kOneWeight - fx) * fy,
                                fx * fy};
        if (x < 0 || y < 0 || x + 1 >= in.cols || y + 1 >= in.rows) {
            interpolate_at_edge<channels>(in, x, y, weights, out);
            continue;
        }
        const std::uint8_t* above = in.ptr<std::uint8_t>(y) + x * channels;
        const std::uint8_t* below = above + in.step[0];
        for (int c = 0; c < channels; ++c)
            out[c] = static_cast<std::uint8_t>((weights[0] * above[c] + weights[1] * above[c + channels] +
                                                weights[2] * below[c] + weights[3] * below[c + channels] +
                                                (1 << (2 * kWeight - 1))) >>
                                               (2 * kWeight));
    }
}

// One row of the resampled picture; `nodes` are its source points every `step` px, between which they lie evenly.
template <int channels>
void resample_row(const cv::Mat& in, const std::vector<cv::Point2d>& nodes, int step, std::uint8_t* out) {
    static const bool wide = __builtin_cpu_supports("avx2");
    for (int x = 0; x < in.cols;) {
        const auto node = static_cast<std::size_t>(x / step);
        const cv::Point2d from = nodes[node] * static_cast<double>(kOne);
        const cv::Point2d each = (nodes[node + 1] - nodes[node]) * (static_cast<double>(kOne) / step);
        Course course{static_cast<std::int64_t>(from.x), static_cast<std::int64_t>(from.y),
                      static_cast<std::int64_t>(each.x), static_cast<std::int64_t>(each.y)};
        const int end = std::min(in.cols, static_cast<int>(node + 1) * step);
        while (x < end) {
            const int run = course.straight_run(end - x), column = course.column(), row = course.row();
            const bool inside = column >= 0 && row >= 0 && column + run < in.cols && row + 1 < in.rows;
            if (channels == 1 && wide && inside) {
                const std::uint8_t* above = in.ptr<std::uint8_t>(row) + column;
                interpolate_run_wide(above, above + in.step[0], course, run, out);
            } else {
                interpolate<channels>(in, course, run, out);
            }
            course.step(run);
            x += run;
            out += run * channels;
        }
    }
}

}  // namespace

Flattening Flattening::fit(const std::vector<RulingTrace>& found, cv::Size size) {
    const std::vector<RulingTrace> traces = of_tables(found, size);
    Flattening out;
    out.size_ = size;
    const Fitted y = fit_axis(traces, true, size), x = fit_axis(traces, false, size);
    if (y.ok) std::copy(std::begin(y.terms), std::end(y.terms), out.terms_y_);
    if (x.ok) std::copy(std::begin(x.terms), std::end(x.terms), out.terms_x_);
    return out;
}

cv::Point2d Flattening::forward(cv::Point2d p) const {
    const double u = std::clamp(2 * p.x / size_.width - 1, -1.1, 1.1);
    const double v = std::clamp(2 * p.y / size_.height - 1, -1.1, 1.1);
    double by[kTerms], bx[kTerms];
    basis(u, v, by);
    basis(v, u, bx);
    cv::Point2d out = p;
    for (int k = 0; k < kTerms; ++k) {
        out.y += terms_y_[k] * by[k];
        out.x += terms_x_[k] * bx[k];
    }
    return out;
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

cv::Mat resample(const cv::Mat& upright, const cv::Mat& map, int step) {
    cv::Mat out(upright.size(), upright.type());
    const auto row_of = upright.channels() == 1 ? resample_row<1> : resample_row<3>;
    std::vector<cv::Point2d> nodes(static_cast<std::size_t>(map.cols));
    for (int y = 0; y < out.rows; ++y) {
        const double across = static_cast<double>(y % step) / step;
        for (int i = 0; i < map.cols; ++i)
            nodes[static_cast<std::size_t>(i)] = cv::Point2d(map.at<cv::Point2f>(y / step, i)) * (1 - across) +
                                                 cv::Point2d(map.at<cv::Point2f>(y / step + 1, i)) * across;
        row_of(upright, nodes, step, out.ptr<std::uint8_t>(y));
    }
    return out;
}

}  // namespace biaod::layout
