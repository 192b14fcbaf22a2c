#include "layout/cleaning/resample.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace biaod::layout {
namespace {

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
