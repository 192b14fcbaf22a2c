#include "layout/rulings/hairlines.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "layout/rulings/words_in_rows.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kShortest = 1.2;  // a piece that may be one of a ruling
constexpr double kThickest = 0.08;
constexpr double kThinnest = 2.6;  // px
constexpr double kSureRuling = 3.5;
constexpr double kLeastAlone = 5;      // that a piece goes on: less is an underline or a stroke
constexpr double kLeastAtEnd = 1.2;    // that a ruling does, but to one across,
constexpr double kLeastAround = 1.8;   // and one across from its end: strokes of large type are shorter
constexpr double kAcross = 0.5;        // from a ruling's end to one across
constexpr int kOffEnd = 3;             // px that a ruling's end may lie off its middle
constexpr double kWritingFrom = 0.12;  // where writing stands beside its own strokes
constexpr double kWritingTo = 0.3;
constexpr double kFree = 0.1;       // of a ruling's length
constexpr double kWritten = 0.3;    // of a stroke's
constexpr double kStroke = 1.7;     // the longest of a heading's character
constexpr double kStep = 0.2;       // seen at a time: the grain of paper is gone
constexpr int kMisses = 3;          // steps in a row, where rulings cross
constexpr int kPaper = 4;           // px from a line to the paper on either side
constexpr int kContrast = 25;       // grey levels between the two,
constexpr int kContrastOfTwo = 32;  // or those of two rows together

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
    using Points = std::vector<cv::Point>;

  public:
    Follower(const cv::Mat& gray, double unit, bool upright)
        : gray_(upright ? transposed(gray) : gray),
          upright_(upright),
          unit_(unit),
          step_(std::max(4, cvRound(kStep * unit))) {}

    // Draws how far the line goes on from about `end`, at most `off` px off its row, to the right (1) or left (-1), but
    // not over strokes of writing that it meets. Returns where it ends, if that is `far` enough and something was
    // drawn.
    template <class Far>
    std::optional<cv::Point> follow(cv::Point end, int off, int direction, Far far, cv::Mat& ink) const {
        std::vector<Points> pieces = course(end, off, direction);
        if (pieces.empty() || !far(pieces.back().back().x)) return std::nullopt;
        const cv::Point last = pieces.back().back();
        const cv::Point first(end.x, pieces.front().front().y);
        pieces.front().insert(pieces.front().begin(), first);
        std::vector<Points> lines(1);
        for (const Points& piece : pieces) {
            if (is_stroke(piece, ink))
                lines.emplace_back();
            else
                lines.back().insert(lines.back().end(), piece.begin(), piece.end());
        }
        bool any = false;
        for (Points& line : lines) {
            if (line.empty()) continue;
            if (upright_)
                for (cv::Point& point : line) std::swap(point.x, point.y);
            const cv::Rect around = cv::boundingRect(line) & cv::Rect({0, 0}, ink.size());
            const int before = cv::countNonZero(ink(around));
            cv::polylines(ink, line, false, 255, 1);
            any = any || cv::countNonZero(ink(around)) > before;
        }
        if (!any) return std::nullopt;
        return last;
    }

    int step() const { return step_; }

  private:
    // Points of the line from `at` on, as far as it is seen, parted where it has gaps: not what is seen of it behind
    // the last gap, where that is as short as a stroke of writing.
    std::vector<Points> course(cv::Point at, int off, int direction) const {
        std::vector<Points> pieces;
        bool gap = true;
        for (int misses = 0; misses <= kMisses; at.x += direction * step_) {
            const std::optional<int> row = row_of_line(direction > 0 ? at.x : at.x - step_, at.y, off);
            if (!row) {
                ++misses;
                gap = true;
                continue;
            }
            if (gap) pieces.emplace_back();
            gap = false;
            misses = 0;
            off = 1;
            at.y = *row;
            pieces.back().emplace_back(at.x + direction * step_, at.y);
        }
        while (pieces.size() > 1 && length_of(pieces.back()) < kStroke * unit_) pieces.pop_back();
        return pieces;
    }

    int length_of(const Points& piece) const { return static_cast<int>(piece.size()) * step_; }

    // Whether a short piece has writing close on both sides, and strokes of that touch it.
    bool is_stroke(const Points& piece, const cv::Mat& ink) const {
        if (length_of(piece) >= kStroke * unit_) return false;
        const auto [from, to] = std::minmax(piece.front().x, piece.back().x);
        const Ruling stroke{!upright_, static_cast<double>(piece.front().y), from - 1.0 * step_, to + 1.0 * step_, 1,
                            0};
        const auto [low, high] = ink_beside(stroke, ink, kWritingFrom * unit_, kWritingTo * unit_);
        const auto [left, right] = touched(stroke, ink);
        return std::min(low, high) > kWritten && std::max(left, right) > kWritten;
    }

    // Where, within `off` rows of `y`, the line stands that covers the step's columns.
    std::optional<int> row_of_line(int x, int y, int off) const {
        const cv::Rect part(x, y - off - kPaper, step_, 2 * (off + kPaper) + 1);
        if ((part & cv::Rect({0, 0}, gray_.size())) != part) return std::nullopt;
        cv::Mat means;
        cv::reduce(gray_(part), means, 1, cv::REDUCE_AVG, CV_32F);
        const auto level = [&](int row) { return means.at<float>(row - part.y); };
        int darkest = y;
        for (int row = y - off; row <= y + off; ++row)
            if (level(row) < level(darkest)) darkest = row;
        const float paper = std::min(level(darkest - kPaper), level(darkest + kPaper));
        // A line between two rows darkens both.
        const float depth = paper - level(darkest);
        const float beside = paper - std::min(level(darkest - 1), level(darkest + 1));
        if (depth < kContrast && depth + beside < kContrastOfTwo) return std::nullopt;
        return darkest;
    }

    cv::Mat gray_;
    bool upright_;
    double unit_;
    int step_;
};

// Whether one across passes `r`, or it stands in the clear: strokes of a title's characters that touch do not.
bool is_sure(const Ruling& r, const std::vector<Ruling>& all, const cv::Mat& text, double unit) {
    if (r.length() < kSureRuling * unit || !is_thin(r.thickness, unit)) return false;
    const auto [low, high] = ink_beside(r, text, kWritingFrom * unit, kWritingTo * unit);
    if (std::max(low, high) < kFree) return true;
    const double reach = kAcross * unit;
    return std::ranges::any_of(all, [&](const Ruling& other) {
        return other.at > r.from - reach && other.at < r.to + reach && passes(other, r, other.at, reach);
    });
}

// Follows rulings from the ends where none across passes.
class EndFollower {
  public:
    EndFollower(const cv::Mat& gray, const std::vector<Ruling>& rulings, double unit)
        : gray_(gray), rulings_(rulings), unit_(unit) {}

    // Returns whether anything was drawn.
    bool follow(const Ruling& r, bool at_end, cv::Mat& ink) {
        const double at = at_end ? r.to : r.from;
        if (anchored(r, at, rulings_, kAcross * unit_)) return false;
        const cv::Point end(cvRound(at), cvRound(r.at));
        const auto is_far = [&](int x) {
            return std::abs(x - end.x) >= kLeastAtEnd * unit_ || anchored(r, x, rulings_, kAcross * unit_);
        };
        const auto last = along(r.horizontal).follow(end, kOffEnd, at_end ? 1 : -1, is_far, ink);
        const cv::Point corner = last ? cv::Point(last->y, last->x) : cv::Point(end.y, end.x);
        const Follower& across = along(!r.horizontal);
        const auto is_tall = [&](int x) { return std::abs(x - corner.x) >= kLeastAround * unit_; };
        bool any = last.has_value();
        for (const int turn : {-1, 1}) any |= across.follow(corner, across.step(), turn, is_tall, ink).has_value();
        return any;
    }

  private:
    const Follower& along(bool horizontal) {
        std::optional<Follower>& follower = horizontal ? level_ : upright_;
        if (!follower) follower.emplace(gray_, unit_, !horizontal);
        return *follower;
    }

    const cv::Mat& gray_;
    const std::vector<Ruling>& rulings_;
    double unit_;
    std::optional<Follower> level_, upright_;
};

}  // namespace

bool follow_hairlines(const cv::Mat& gray, const Pieces& pieces, double char_height, cv::Mat& ink) {
    bool any = false;
    for (const bool upright : {false, true}) {
        const std::vector<cv::Rect> hairlines = hairlines_of(pieces, char_height, upright);
        if (hairlines.empty()) continue;
        const Follower follower(gray, char_height, upright);
        for (const cv::Rect& box : hairlines) {
            const int y = box.y + (box.height - 1) / 2;
            for (const int direction : {-1, 1}) {
                const cv::Point end(direction > 0 ? box.br().x - 1 : box.x, y);
                const auto is_far = [&](int x) { return std::abs(x - end.x) >= kLeastAlone * char_height; };
                any |= follower.follow(end, 1, direction, is_far, ink).has_value();
            }
        }
    }
    return any;
}

bool follow_ends(const cv::Mat& gray, const std::vector<Ruling>& rulings, const cv::Mat& text, double char_height,
                 cv::Mat& ink) {
    EndFollower ends(gray, rulings, char_height);
    bool any = false;
    for (const Ruling& r : rulings)
        if (is_sure(r, rulings, text, char_height))
            for (const bool at_end : {false, true}) any |= ends.follow(r, at_end, ink);
    return any;
}

}  // namespace biaod::layout
