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
constexpr double kThinnest = 2.6;   // px
constexpr double kFarthest = 5;     // worth drawing: shorter lines are underlines and strokes
constexpr double kStep = 0.2;       // seen at a time: the grain of paper is gone
constexpr int kMisses = 3;          // steps in a row, where rulings cross
constexpr int kBeside = 4;          // px from a line to the paper on either side
constexpr int kContrast = 32;       // grey levels between the two, in all of the line's rows,
constexpr int kLeastContrast = 15;  // and in the darkest

// The boxes of pieces of hairlines along the rows; `upright`: along the columns, with x and y swapped.
std::vector<cv::Rect> hairlines_of(const Pieces& pieces, double unit, bool upright) {
    std::vector<cv::Rect> hairlines;
    for (const Piece& piece : pieces.all) {
        const cv::Rect& b = piece.box;
        const cv::Rect box = upright ? cv::Rect(b.y, b.x, b.height, b.width) : b;
        const double thickness = static_cast<double>(piece.area) / box.width;
        if (box.width >= kShortest * unit && thickness <= std::max(kThinnest, kThickest * unit) &&
            box.height <= 2 * thickness + 2)
            hairlines.push_back(box);
    }
    return hairlines;
}

// Follows lines along the rows of `gray`.
class Follower {
  public:
    Follower(const cv::Mat& gray, double unit) : gray_(gray), step_(std::max(4, cvRound(kStep * unit))) {}

    // Points of the line from the one at (x, y) on, to the right (1) or left (-1), as far as it is seen.
    std::vector<cv::Point> course(int x, int y, int direction) const {
        std::vector<cv::Point> points;
        int misses = 0;
        for (; misses <= kMisses; x += direction * step_) {
            const std::optional<int> at = row_of_line(direction > 0 ? x : x - step_, y);
            if (!at) {
                ++misses;
                continue;
            }
            misses = 0;
            y = *at;
            points.emplace_back(x + direction * step_, y);
        }
        return points;
    }

  private:
    // Where, within a row of `y`, the line stands that covers the step's columns.
    std::optional<int> row_of_line(int x, int y) const {
        const cv::Rect part(x, y - 1 - kBeside, step_, 2 * kBeside + 3);
        if ((part & cv::Rect({0, 0}, gray_.size())) != part) return std::nullopt;
        cv::Mat means;
        cv::reduce(gray_(part), means, 1, cv::REDUCE_AVG, CV_32F);
        const auto level = [&](int row) { return means.at<float>(row - part.y); };
        const int darkest = std::ranges::min(std::array{y, y - 1, y + 1}, {}, level);
        const float paper = std::min(level(darkest - kBeside), level(darkest + kBeside));
        // A line between two rows darkens both.
        float darkness = 0;
        for (int row = darkest - 1; row <= darkest + 1; ++row) darkness += std::max(0.0F, paper - level(row));
        if (paper - level(darkest) < kLeastContrast || darkness < kContrast) return std::nullopt;
        return darkest;
    }

    cv::Mat gray_;
    int step_;
};

}  // namespace

bool follow_hairlines(const cv::Mat& gray, const Pieces& pieces, double char_height, cv::Mat& ink) {
    bool any = false;
    for (const bool upright : {false, true}) {
        const std::vector<cv::Rect> hairlines = hairlines_of(pieces, char_height, upright);
        if (hairlines.empty()) continue;
        const Follower follower(upright ? transposed(gray) : gray, char_height);
        for (const cv::Rect& box : hairlines) {
            for (const int direction : {-1, 1}) {
                const cv::Point end(direction > 0 ? box.br().x - 1 : box.x, box.y + (box.height - 1) / 2);
                std::vector<cv::Point> course = follower.course(end.x, end.y, direction);
                if (course.empty() || std::abs(course.back().x - end.x) < kFarthest * char_height) continue;
                course.insert(course.begin(), end);
                if (upright)
                    for (cv::Point& point : course) std::swap(point.x, point.y);
                cv::polylines(ink, course, false, 255, 1);
                any = true;
            }
        }
    }
    return any;
}

}  // namespace biaod::layout
