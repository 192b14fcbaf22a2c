#include "layout/hairlines.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <utility>
#include <vector>

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kShortest = 1.2;  // a piece that may be one of a ruling
constexpr double kThickest = 0.08;
constexpr double kThinnest = 2.6;    // px
constexpr double kLeastAlone = 5;    // that a piece goes on: less is an underline or a stroke
constexpr double kLeastAtEnd = 1.2;  // that a ruling does, or one across from its end
constexpr double kSureRuling = 3.5;
constexpr double kAcross = 0.5;       // from a ruling's end to one across
constexpr double kBesideFrom = 0.12;  // where writing stands beside its own strokes
constexpr double kBesideTo = 0.3;
constexpr double kClear = 0.1;      // of a ruling's length
constexpr double kStep = 0.2;       // seen at a time: the grain of paper is gone
constexpr int kMisses = 3;          // steps in a row, where rulings cross
constexpr int kPaper = 4;           // px from a line to the paper on either side
constexpr int kContrast = 32;       // grey levels between the two, in all of the line's rows,
constexpr int kLeastContrast = 15;  // and in the darkest

bool is_thin(double thickness, double unit) { return thickness <= std::max(kThinnest, kThickest * unit); }

// The boxes of pieces of hairlines along the rows; `upright`: along the columns, with x and y swapped.
std::vector<cv::Rect> hairlines_of(const Pieces& pieces, double unit, bool upright) {
    std::vector<cv::Rect> hairlines;
    for (const Piece& piece : pieces.all) {
        const cv::Rect& b = piece.box;
        const cv::Rect box = upright ? cv::Rect(b.y, b.x, b.height, b.width) : b;
        const double thickness = static_cast<double>(piece.area) / box.width;
        if (box.width >= kShortest * unit && is_thin(thickness, unit) && box.height <= 2 * thickness + 2)
            hairlines.push_back(box);
    }
    return hairlines;
}

// Follows lines along the rows of `gray`; `upright`: along its columns, with x and y swapped.
class Follower {
  public:
    Follower(const cv::Mat& gray, double unit, bool upright)
        : gray_(upright ? transposed(gray) : gray), upright_(upright), step_(std::max(4, cvRound(kStep * unit))) {}

    // Draws how far the line goes on from its `end`, to the right (1) or left (-1). Returns whether it does by `least`,
    // and then moves `end` there.
    bool follow(cv::Point& end, int direction, double least, cv::Mat& ink) const {
        std::vector<cv::Point> points = course(end, direction);
        if (points.empty() || std::abs(points.back().x - end.x) < least) return false;
        points.insert(points.begin(), end);
        end = points.back();
        if (upright_)
            for (cv::Point& point : points) std::swap(point.x, point.y);
        cv::polylines(ink, points, false, 255, 1);
        return true;
    }

  private:
    // Points of the line from `at` on, as far as it is seen.
    std::vector<cv::Point> course(cv::Point at, int direction) const {
        std::vector<cv::Point> points;
        for (int misses = 0; misses <= kMisses; at.x += direction * step_) {
            const std::optional<int> row = row_of_line(direction > 0 ? at.x : at.x - step_, at.y);
            if (!row) {
                ++misses;
                continue;
            }
            misses = 0;
            at.y = *row;
            points.emplace_back(at.x + direction * step_, at.y);
        }
        return points;
    }

    // Where, within a row of `y`, the line stands that covers the step's columns.
    std::optional<int> row_of_line(int x, int y) const {
        const cv::Rect part(x, y - 1 - kPaper, step_, 2 * kPaper + 3);
        if ((part & cv::Rect({0, 0}, gray_.size())) != part) return std::nullopt;
        cv::Mat means;
        cv::reduce(gray_(part), means, 1, cv::REDUCE_AVG, CV_32F);
        const auto level = [&](int row) { return means.at<float>(row - part.y); };
        const int darkest = std::ranges::min(std::array{y, y - 1, y + 1}, {}, level);
        const float paper = std::min(level(darkest - kPaper), level(darkest + kPaper));
        // A line between two rows darkens both.
        float darkness = 0;
        for (int row = darkest - 1; row <= darkest + 1; ++row) darkness += std::max(0.0F, paper - level(row));
        if (paper - level(darkest) < kLeastContrast || darkness < kContrast) return std::nullopt;
        return darkest;
    }

    cv::Mat gray_;
    bool upright_;
    int step_;
};

bool passes(const Ruling& across, const Ruling& r, double at, double reach) {
    return across.horizontal != r.horizontal && std::abs(across.at - at) < reach && across.from - reach < r.at &&
           across.to + reach > r.at;
}

bool is_crossed(const Ruling& r, const std::vector<Ruling>& all) {
    return std::ranges::any_of(
        all, [&](const Ruling& other) { return passes(other, r, (r.from + r.to) / 2, r.length() / 2); });
}

// Whether one across passes `r`, or it stands in the clear: strokes of a title's characters that touch do not.
bool is_sure(const Ruling& r, const std::vector<Ruling>& all, const cv::Mat& text, double unit) {
    if (r.length() < kSureRuling * unit || !is_thin(r.thickness, unit)) return false;
    const auto [low, high] = ink_beside(r, text, kBesideFrom * unit, kBesideTo * unit);
    return std::max(low, high) < kClear || is_crossed(r, all);
}

}  // namespace

bool follow_hairlines(const cv::Mat& gray, const Pieces& pieces, double char_height, cv::Mat& ink) {
    bool any = false;
    for (const bool upright : {false, true}) {
        const std::vector<cv::Rect> hairlines = hairlines_of(pieces, char_height, upright);
        if (hairlines.empty()) continue;
        const Follower follower(gray, char_height, upright);
        for (const cv::Rect& box : hairlines) {
            for (const int direction : {-1, 1}) {
                cv::Point end(direction > 0 ? box.br().x - 1 : box.x, box.y + (box.height - 1) / 2);
                any |= follower.follow(end, direction, kLeastAlone * char_height, ink);
            }
        }
    }
    return any;
}

bool follow_ends(const cv::Mat& gray, const std::vector<Ruling>& rulings, const cv::Mat& text, double char_height,
                 cv::Mat& ink) {
    const double reach = kAcross * char_height, least = kLeastAtEnd * char_height;
    const Follower level(gray, char_height, false), upright(gray, char_height, true);
    bool any = false;
    for (const Ruling& r : rulings) {
        if (!is_sure(r, rulings, text, char_height)) continue;
        const Follower &along = r.horizontal ? level : upright, &across = r.horizontal ? upright : level;
        for (const int direction : {-1, 1}) {
            const double at = direction > 0 ? r.to : r.from;
            if (std::ranges::any_of(rulings, [&](const Ruling& other) { return passes(other, r, at, reach); }))
                continue;
            cv::Point end(cvRound(at), cvRound(r.at));
            any |= along.follow(end, direction, least, ink);
            for (const int turn : {-1, 1}) {
                cv::Point corner(end.y, end.x);
                any |= across.follow(corner, turn, least, ink);
            }
        }
    }
    return any;
}

}  // namespace biaod::layout
