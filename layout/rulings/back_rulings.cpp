#include "layout/rulings/back_rulings.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "layout/cleaning/levels.hpp"
#include "layout/ink_profile.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kPrinted = 0.45;    // of the darkest ink's darkness, at least: strokes of the front
constexpr double kShown = 0.42;      // at most: rulings of the back
constexpr double kShortest = 3;      // of an upright that print runs over
constexpr double kNear = 1.2;        // on both sides of it: a line of print, or two in cells beside each other
constexpr double kTouching = 0.2;    // strokes that go on over it do
constexpr double kLowestLine = 0.4;  // of print
constexpr double kTallestLine = 2.5;
constexpr double kAcross = 0.15;       // around a dark ruling
constexpr int kCrossedLines = 8;       // on the whole,
constexpr int kCrossedUprights = 3;    // over so many,
constexpr double kCrossedShare = 0.4;  // and of the lines that are near
constexpr double kMeets = 0.8;
constexpr double kDarkerShare = 0.05;  // of a ruling's points
constexpr int kMargin = 4;             // grey levels

class Back {
  public:
    Back(const cv::Mat& gray, const std::vector<Ruling>& rulings, double unit)
        : gray_(gray), unit_(unit), contrast_(255 - Levels(gray).darkest()), print_(gray < 255 - kPrinted * contrast_) {
        for (const Ruling& r : rulings) (is_pale(r) ? pale_ : dark_).push_back(r);
    }

    // The rulings of the back; none unless print runs over some.
    std::vector<Ruling> find() const {
        std::vector<Ruling> back;
        int crossed = 0, near = 0;
        for (const Ruling& r : pale_) {
            if (r.horizontal || r.length() < kShortest * unit_) continue;
            const Lines lines = lines_over(r);
            crossed += lines.crossed;
            near += lines.near;
            if (lines.crossed > kCrossedShare * lines.near) back.push_back(r);
        }
        if (crossed < kCrossedLines || crossed < kCrossedShare * near || back.size() < kCrossedUprights) return {};
        std::vector<Ruling> others;
        std::ranges::copy_if(pale_, std::back_inserter(others), [&](const Ruling& r) {
            return std::ranges::none_of(back, [&](const Ruling& b) { return is_same(r, b); }) && !ends_at_dark(r);
        });
        for (bool more = true; more;) {
            const auto met = std::partition(others.begin(), others.end(),
                                            [&](const Ruling& r) { return !touches_any(r, back, kMeets * unit_); });
            more = met != others.end();
            back.insert(back.end(), met, others.end());
            others.erase(met, others.end());
        }
        return back;
    }

    static bool is_same(const Ruling& a, const Ruling& b) {
        return a.horizontal == b.horizontal && a.at == b.at && a.from == b.from;
    }

    // The level that nearly none of their points that no print covers is darker than.
    int darkest_of(const std::vector<Ruling>& rulings) const {
        std::array<int, 256> counts{};
        int all = 0;
        for (const Ruling& r : rulings) {
            const cv::Rect stroke = stroke_of(r, 0) & cv::Rect({0, 0}, gray_.size());
            for (int y = stroke.y; y < stroke.br().y; ++y)
                for (int x = stroke.x; x < stroke.br().x; ++x) {
                    if (print_.at<std::uint8_t>(y, x) != 0) continue;
                    ++counts[gray_.at<std::uint8_t>(y, x)];
                    ++all;
                }
        }
        int level = 0;
        for (double seen = 0; level < 255; ++level)
            if ((seen += counts[static_cast<std::size_t>(level)]) > kDarkerShare * all) break;
        return std::max(level, cvCeil(255 - kPrinted * contrast_)) - kMargin;
    }

  private:
    struct Lines {
        int near = 0, crossed = 0;
    };

    // Whether half of its length is paler than print.
    bool is_pale(const Ruling& r) const {
        const cv::Rect stroke = stroke_of(r, 0) & cv::Rect({0, 0}, gray_.size());
        if (stroke.empty()) return false;
        const cv::Mat part = gray_(stroke);
        const cv::Mat darkest = darkest_of_columns(r.horizontal ? part : cv::Mat(part.t()));
        return 2 * cv::countNonZero(darkest > 255 - kShown * contrast_) > darkest.cols;
    }

    bool ends_at_dark(const Ruling& r) const {
        return anchored(r, r.from, dark_, kMeets * unit_) && anchored(r, r.to, dark_, kMeets * unit_);
    }

    // Lines of print beside the upright, and over it.
    Lines lines_over(const Ruling& r) const {
        const auto rows_of = [&](double from, double to) {
            const cv::Rect strip(cv::Point(cvRound(from), cvRound(r.from)), cv::Point(cvRound(to), cvRound(r.to)));
            return inked_rows(print_(strip & cv::Rect({0, 0}, print_.size())));
        };
        const double left = r.at - r.thickness / 2, right = r.at + r.thickness / 2 + 1;
        const double near = kNear * unit_, touching = kTouching * unit_;
        const cv::Mat before = rows_of(left - near, left), behind = rows_of(right, right + near);
        const cv::Mat on = rows_of(left, right), low = rows_of(left - touching, left),
                      high = rows_of(right, right + touching);
        if (before.empty() || behind.empty() || before.rows != behind.rows || on.rows != before.rows) return {};
        cv::Mat line = before & behind, over = on & low & high;
        for (const Ruling& other : dark_) {
            if (!touch(other, r, kMeets * unit_)) continue;
            const double half = other.thickness / 2 + kAcross * unit_;
            const cv::Range own(std::clamp(cvFloor(other.at - half - r.from), 0, line.rows),
                                std::clamp(cvCeil(other.at + half - r.from) + 1, 0, line.rows));
            line.rowRange(own).setTo(0);
        }
        Lines lines;
        for (int y = 0, end = 0; y < line.rows; y = end + 1) {
            end = y;
            while (end < line.rows && line.at<std::uint8_t>(end) != 0) ++end;
            const double height = end - y;
            if (height < kLowestLine * unit_ || height > kTallestLine * unit_) continue;
            ++lines.near;
            lines.crossed += cv::countNonZero(over.rowRange(y, end)) > 0;
        }
        return lines;
    }

    const cv::Mat& gray_;
    double unit_, contrast_;
    cv::Mat print_;
    std::vector<Ruling> pale_, dark_;
};

}  // namespace

int take_back_rulings(std::vector<Ruling>& rulings, const cv::Mat& even_gray, double char_height) {
    const Back back(even_gray, rulings, char_height);
    const std::vector<Ruling> found = back.find();
    if (found.empty()) return 255;
    const int level = back.darkest_of(found);
    std::erase_if(rulings, [&](const Ruling& r) {
        return std::ranges::any_of(found, [&](const Ruling& other) { return Back::is_same(r, other); });
    });
    return level;
}

}  // namespace biaod::layout
