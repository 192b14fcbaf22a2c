#include "layout/cleaning/gray_seals.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "layout/cleaning/levels.hpp"
#include "layout/kernel.hpp"
#include "models/median.hpp"

namespace biaod::layout {
namespace {

constexpr double kCoarseDpi = 60;      // circles are looked for at
constexpr double kLargestSheet = 3e6;  // points at that resolution: A1
constexpr double kMillimetres = 25.4;
constexpr double kSmallest = 18, kLargest = 25;  // mm, radius
constexpr int kEdge = 90;                        // grey levels of a clear edge (Canny)
constexpr int kVotes = 35;                       // points on a circle (Hough); the ring is looked at afterwards
constexpr double kApart = 4;  // mm, between centres: Hough's first one may be a circle through rulings beside the seal
constexpr std::size_t kMostCircles = 120;
constexpr int kClear = 40;  // grey levels between a stroke and what lies beside it
constexpr int kAngles = 240;
constexpr double kNear = 1.5;           // mm that Hough's circle may miss the ring by
constexpr double kHalfRing = 0.4;       // mm
constexpr double kAround = 0.85;        // of the way around there is ink,
constexpr double kNearlyAround = 0.75;  // or of Hough's circle
constexpr int kEvery = 4;               // angle is looked at to begin with
constexpr double kOfSeal = 0.5;         // of it, of the seal's level
constexpr double kWhite = 255;
constexpr double kPalerThanInk = 0.15;  // of the step from black to white
constexpr double kDarkerThanPaper = 0.15;
constexpr double kBeyond = 2;         // mm around the ring
constexpr double kThinnest = 0.5;     // mm, of a seal's stroke; the soft edge of print is thinner
constexpr double kSmallestRing = 20;  // square millimetres: less than half of the smallest and thinnest one

// The grey levels of what lies between ink and paper, which is white.
struct SealLevels {
    double black, darkest_seal, lightest_seal;

    explicit SealLevels(double darkest)
        : black(darkest),
          darkest_seal(black + kPalerThanInk * (kWhite - black)),
          lightest_seal(kWhite - kDarkerThanPaper * (kWhite - black)) {}
};

int thinnest(double mm) { return std::max(2, cvRound(kThinnest * mm)); }

// What is paler than ink and darker than paper, and no thinner than a seal's strokes: of a page without a seal little
// but shades and filled headers. White on black, at kCoarseDpi; nothing where it is less than the ring of a seal.
cv::Mat coarse_strokes(const cv::Mat& gray, double mm, const SealLevels& of) {
    const int thin = thinnest(mm), every = std::max(1, thin / 3);  // three points tell how thick a stroke is
    cv::Mat fewer = gray, strokes;
    if (every > 1) cv::resize(gray, fewer, gray.size() / every, 0, 0, cv::INTER_NEAREST);
    cv::inRange(fewer, of.darkest_seal, (of.lightest_seal + kWhite) / 2, strokes);
    cv::morphologyEx(strokes, strokes, cv::MORPH_OPEN, box_kernel((thin + every - 1) / every));
    if (cv::countNonZero(strokes) * every * every < kSmallestRing * mm * mm) return {};
    double scale = kCoarseDpi / kMillimetres / mm * every;
    for (; scale <= 0.5; scale *= 2) cv::resize(strokes, strokes, {}, 0.5, 0.5, cv::INTER_AREA);  // costs the least
    cv::resize(strokes, strokes, {}, scale, scale, cv::INTER_AREA);
    return strokes;
}

std::vector<cv::Vec3f> circles_of(const cv::Mat& strokes) {
    std::vector<cv::Vec3f> circles;
    if (strokes.empty()) return circles;
    const double mm = kCoarseDpi / kMillimetres;
    cv::HoughCircles(strokes, circles, cv::HOUGH_GRADIENT, 1.5, kApart * mm, kEdge, kVotes,
                     static_cast<int>(kSmallest * mm), static_cast<int>(std::ceil(kLargest * mm)));
    if (circles.size() > kMostCircles) circles.resize(kMostCircles);
    return circles;
}

struct Circle {
    cv::Point2d centre;
    double radius = 0;  // px
};

struct Ring {
    Circle circle;
    double level = 0;
};

// The darkest point across the circle, within `half` px, at one of the angles; white where nothing there is clearly
// lighter, as within a filled cell; nothing outside the picture.
std::optional<double> level_at(const cv::Mat& gray, const Circle& circle, int angle, double half, double wide) {
    const double radians = 2 * std::numbers::pi * angle / kAngles;
    const cv::Point2d outwards(std::cos(radians), std::sin(radians));
    const cv::Rect picture({0, 0}, gray.size());
    int darkest = 256, lightest = 0;
    for (double r = -wide; r <= wide; r += 1) {
        const cv::Point2d at = circle.centre + (circle.radius + r) * outwards;
        const cv::Point point(cvRound(at.x), cvRound(at.y));
        if (!picture.contains(point)) continue;
        const int level = gray.at<std::uint8_t>(point);
        lightest = std::max(lightest, level);
        if (std::abs(r) <= half) darkest = std::min(darkest, level);
    }
    if (darkest == 256) return std::nullopt;
    return lightest - darkest > kClear ? darkest : kWhite;
}

std::vector<double> levels_around(const cv::Mat& gray, const Circle& circle, double half, double wide, int every = 1) {
    std::vector<double> levels;
    for (int angle = 0; angle < kAngles; angle += every)
        if (const auto level = level_at(gray, circle, angle, half, wide)) levels.push_back(*level);
    return levels;
}

// Whether there is ink within `half` px of most of the circle. Most circles have none long before the last angle.
bool has_ink_around(const cv::Mat& gray, const Circle& circle, double half, double paper) {
    constexpr double kMost = (1 - kNearlyAround) * kAngles;
    int without = 0;
    for (int angle = 0; angle < kAngles && without <= kMost; ++angle) {
        const auto level = level_at(gray, circle, angle, half, half);
        without += !level || *level >= paper;
    }
    return without <= kMost;
}

double inked_share(const std::vector<double>& levels, double paper, int every = 1) {
    return static_cast<double>(std::ranges::count_if(levels, [&](double l) { return l < paper; })) * every / kAngles;
}

// The circle near `found` that runs through most ink, seen at one angle of `every`: Hough's is exact to its bins.
Circle on_the_ring(const cv::Mat& gray, const Circle& found, double mm, double paper, int every) {
    Circle best = found;
    double most = 0;
    for (double step = 1.2 * mm; step >= 0.25 * mm; step /= 2) {
        const Circle from = best;
        for (const double dx : {-step, 0.0, step})
            for (const double dy : {-step, 0.0, step})
                for (const double dr : {-step, 0.0, step}) {
                    const Circle at{from.centre + cv::Point2d(dx, dy), from.radius + dr};
                    const double share =
                        inked_share(levels_around(gray, at, kHalfRing * mm, kNear * mm, every), paper, every);
                    if (share <= most) continue;
                    most = share;
                    best = at;
                }
    }
    return best;
}

// Rulings and writing cross the ring, and wear leaves gaps.
std::optional<Ring> ring_at(const cv::Mat& gray, const Circle& found, double mm, const SealLevels& of) {
    if (!has_ink_around(gray, found, kNear * mm, of.lightest_seal)) return std::nullopt;
    const Circle rough = on_the_ring(gray, found, mm, of.lightest_seal, kEvery);
    const auto share = [&](const Circle& at) {
        return inked_share(levels_around(gray, at, kHalfRing * mm, kNear * mm), of.lightest_seal);
    };
    if (share(rough) < kNearlyAround) return std::nullopt;
    const Circle circle = on_the_ring(gray, rough, mm, of.lightest_seal, 1);
    std::vector<double> levels = levels_around(gray, circle, kHalfRing * mm, kNear * mm);
    if (inked_share(levels, of.lightest_seal) < kAround) return std::nullopt;
    std::erase_if(levels, [&](double l) { return l < of.darkest_seal || l > of.lightest_seal; });
    if (static_cast<double>(levels.size()) < kOfSeal * kAngles) return std::nullopt;
    return Ring{circle, models::median(std::move(levels))};
}

void add_strokes(const cv::Mat& gray, const Ring& ring, double mm, const SealLevels& of, cv::Mat& mask) {
    const double reach = ring.circle.radius + kBeyond * mm;
    const cv::Point2d corner = ring.circle.centre - cv::Point2d(reach, reach);
    const cv::Rect around = cv::Rect(cvFloor(corner.x), cvFloor(corner.y), cvCeil(2 * reach), cvCeil(2 * reach)) &
                            cv::Rect({0, 0}, gray.size());
    cv::Mat strokes, disc = cv::Mat::zeros(around.size(), CV_8UC1);
    cv::inRange(gray(around), (of.black + ring.level) / 2, (ring.level + kWhite) / 2, strokes);
    cv::morphologyEx(strokes, strokes, cv::MORPH_OPEN, box_kernel(thinnest(mm)));
    cv::circle(disc, cv::Point(ring.circle.centre) - around.tl(), cvRound(reach), 255, cv::FILLED);
    cv::Mat part = mask(around);
    cv::bitwise_or(part, strokes & disc, part);
}

}  // namespace

cv::Mat gray_seals(const cv::Mat& gray, double dpi) {
    const double scale = kCoarseDpi / dpi, mm = dpi / kMillimetres;
    if (std::min(gray.rows, gray.cols) < kSmallest * mm) return {};  // less than half of a seal
    if (scale >= 1 || scale * scale * static_cast<double>(gray.total()) > kLargestSheet) return {};
    const Levels levels(gray);
    const SealLevels of(levels.darkest());
    const double grays = levels.share(cvCeil(of.darkest_seal), cvFloor(of.lightest_seal));
    if (grays * static_cast<double>(gray.total()) < kSmallestRing * mm * mm) return {};  // a fax has none at all
    cv::Mat mask;
    std::vector<Circle> seals;
    for (const cv::Vec3f& found : circles_of(coarse_strokes(gray, mm, of))) {
        const Circle circle{{found[0] / scale, found[1] / scale}, found[2] / scale};
        const auto is_known = [&](const Circle& seal) {
            return cv::norm(seal.centre - circle.centre) < kSmallest * mm;
        };
        if (std::ranges::any_of(seals, is_known)) continue;
        const auto ring = ring_at(gray, circle, mm, of);
        if (!ring) continue;
        seals.push_back(ring->circle);
        if (mask.empty()) mask = cv::Mat::zeros(gray.size(), CV_8UC1);
        add_strokes(gray, *ring, mm, of, mask);
    }
    return mask.empty() || cv::countNonZero(mask) == 0 ? cv::Mat() : mask;
}

}  // namespace biaod::layout
