#include "layout/skew.hpp"

#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace biaod::layout {
namespace {

constexpr int kWorkingWidth = 900;  // px; about 110 dpi for A4
constexpr double kDegree = 3.14159265358979323846 / 180;

double profile_sharpness(const std::vector<cv::Point>& points, double degrees, int height, int width,
                         std::vector<int>& profile) {
    const double slope = std::tan(degrees * kDegree);
    const int margin = static_cast<int>(std::abs(slope) * width) + 2;
    profile.assign(static_cast<std::size_t>(height + 2 * margin), 0);
    // In 1/65536 px: rounding a floating-point number for each point costs more than all else here.
    const auto step_down = static_cast<std::int64_t>(slope * 65536);
    const std::int64_t first = (static_cast<std::int64_t>(margin) << 16) + 32768;
    for (const cv::Point& p : points)
        ++profile[static_cast<std::size_t>((first + (static_cast<std::int64_t>(p.y) << 16) - step_down * p.x) >> 16)];
    double energy = 0;
    for (std::size_t i = 1; i < profile.size(); ++i) {
        const double step = profile[i] - profile[i - 1];
        energy += step * step;
    }
    return energy;
}

cv::Mat reduced(const cv::Mat& ink) {
    const double scale = std::min(1.0, static_cast<double>(kWorkingWidth) / ink.cols);
    cv::Mat small;
    cv::resize(ink, small, {}, scale, scale, cv::INTER_AREA);
    return small > 64;
}

}  // namespace

Skew estimate_skew(const cv::Mat& ink, double max_degrees) {
    const cv::Mat small = reduced(ink);
    std::vector<cv::Point> points;
    cv::findNonZero(small, points);
    Skew best;
    if (points.size() < 200) return best;
    std::vector<int> profile;
    auto search = [&](double from, double to, double step) {
        for (double degrees = from; degrees <= to + 1e-9; degrees += step) {
            const double sharpness = profile_sharpness(points, degrees, small.rows, small.cols, profile);
            if (sharpness > best.sharpness) best = {degrees, sharpness};
        }
    };
    search(-max_degrees, max_degrees, 0.25);
    const double coarse = best.degrees;
    search(coarse - 0.24, coarse + 0.24, 0.04);
    return best;
}

bool is_sideways(const cv::Mat& text_ink) {
    const Skew level = estimate_skew(text_ink, 5);
    cv::Mat turned;
    cv::rotate(text_ink, turned, cv::ROTATE_90_CLOCKWISE);
    const Skew upended = estimate_skew(turned, 5);
    return upended.sharpness > 1.3 * level.sharpness;
}

}  // namespace biaod::layout
