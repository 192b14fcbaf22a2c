#include "layout/cleaning/skew.hpp"

#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace biaod::layout {
namespace {

constexpr int kWorkingWidth = 900;  // px; about 110 dpi for A4
constexpr int kCoarseWidth = 560;   // px; lines of writing stay apart, and each point is tried at each slope
constexpr std::size_t kFewest = 200;
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

// The ink's points with the page about `width` px wide.
class Points {
  public:
    Points(const cv::Mat& ink, int width) {
        // Whole blocks of points: any other scale takes many times as long.
        const double scale = 1.0 / std::max(1.0, std::round(static_cast<double>(ink.cols) / width));
        cv::Mat small;
        cv::resize(ink, small, {}, scale, scale, cv::INTER_AREA);
        size_ = small.size();
        cv::findNonZero(small > 64, points_);
    }

    bool few() const { return points_.size() < kFewest; }

    // The sharpest slope from `from` to `to` in steps of `step` degrees; `best` where none is sharper.
    Skew sharpest(double from, double to, double step, Skew best = {}) const {
        std::vector<int> profile;
        for (double degrees = from; degrees <= to + 1e-9; degrees += step) {
            const double sharpness = profile_sharpness(points_, degrees, size_.height, size_.width, profile);
            if (sharpness > best.sharpness) best = {degrees, sharpness};
        }
        return best;
    }

  private:
    cv::Size size_;
    std::vector<cv::Point> points_;
};

}  // namespace

Skew estimate_skew(const cv::Mat& ink, double max_degrees) {
    const Points coarse(ink, kCoarseWidth);
    if (coarse.few()) return {};
    const double about = coarse.sharpest(-max_degrees, max_degrees, 0.5).degrees;
    const Points fine(ink, kWorkingWidth);
    const Skew near = fine.sharpest(about - 0.3, about + 0.3, 0.1);
    return fine.sharpest(near.degrees - 0.06, near.degrees + 0.06, 0.03, near);
}

bool is_sideways(const cv::Mat& text_ink) {
    cv::Mat turned;
    cv::rotate(text_ink, turned, cv::ROTATE_90_CLOCKWISE);
    const Points level(text_ink, kCoarseWidth), upended(turned, kCoarseWidth);
    if (level.few() || upended.few()) return false;
    return upended.sharpest(-5, 5, 0.5).sharpness > 1.3 * level.sharpest(-5, 5, 0.5).sharpness;
}

}  // namespace biaod::layout
