#include "layout/rulings/loose_sides.hpp"

#include <algorithm>
#include <cmath>

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kTouch = 0.8;
constexpr double kShortest = 3;  // longer than strokes of a title
constexpr double kInLine = 0.4;
constexpr double kEndsAlike = 0.25;
constexpr double kWriting = 0.5;  // squares of a character's height that are ink, at least

class LooseSides {
  public:
    LooseSides(std::vector<Ruling>& rulings, const cv::Mat& text, double unit)
        : rulings_(rulings), text_(text), unit_(unit) {}

    void join() {
        for (std::size_t i = 0; i < rulings_.size(); ++i) {
            const Ruling loose = rulings_[i];
            if (loose.horizontal || loose.length() < kShortest * unit_ || meets_any(loose) || !is_in_line(loose))
                continue;
            for (std::size_t k = 0; k < rulings_.size(); ++k) {
                const Ruling side = rulings_[k];
                if (!is_side_beside(side, loose)) continue;
                for (const double at : {side.from, side.to}) go_on(at, side, loose);
                break;
            }
        }
    }

  private:
    bool meets_any(const Ruling& r) const { return touches_any(r, rulings_, kTouch * unit_); }

    // Whether another table of the page has a side there: a bar beside a table stands anywhere.
    bool is_in_line(const Ruling& loose) const {
        return std::ranges::any_of(rulings_, [&](const Ruling& other) {
            return !other.horizontal && std::abs(other.at - loose.at) < kInLine * unit_ &&
                   other.length() > kShortest * unit_ && meets_any(other);
        });
    }

    bool is_side_beside(const Ruling& side, const Ruling& loose) const {
        if (side.horizontal || std::abs(side.at - loose.at) < kTouch * unit_ || !meets_any(side)) return false;
        if (std::max(std::abs(side.from - loose.from), std::abs(side.to - loose.to)) > kEndsAlike * unit_) return false;
        const auto [left, right] = std::minmax(side.at, loose.at);
        const double slack = kTouch * unit_;
        const auto is_between = [&, left = left, right = right](const Ruling& r) {
            return r.horizontal ? r.from < right - slack && r.to > left + slack && r.at > side.from - slack &&
                                      r.at < side.to + slack
                                : r.at > left + slack && r.at < right - slack && r.from < side.to && r.to > side.from;
        };
        if (std::ranges::any_of(rulings_, is_between)) return false;
        const cv::Rect cell(cv::Point(cvRound(left + slack), cvRound(side.from)),
                            cv::Point(cvRound(right - slack), cvRound(side.to)));
        const cv::Mat inside = text_(cell & cv::Rect({0, 0}, text_.size()));
        return cv::countNonZero(inside) > kWriting * unit_ * unit_;
    }

    // The horizontal `at` which the side begins or ends, to the loose one.
    void go_on(double at, const Ruling& side, const Ruling& loose) {
        const auto ends_here = [&](const Ruling& r) {
            const double end = loose.at < side.at ? r.from : r.to;
            return r.horizontal && std::abs(r.at - at) < kTouch * unit_ && std::abs(end - side.at) < kTouch * unit_;
        };
        const auto found = std::ranges::find_if(rulings_, ends_here);
        if (found != rulings_.end())
            (loose.at < side.at ? found->from : found->to) = loose.at;
        else
            rulings_.push_back(
                {true, at, std::min(side.at, loose.at), std::max(side.at, loose.at), 1, std::abs(side.at - loose.at)});
    }

    std::vector<Ruling>& rulings_;
    const cv::Mat& text_;
    double unit_;
};

}  // namespace

void join_loose_sides(std::vector<Ruling>& rulings, const cv::Mat& text, double char_height) {
    LooseSides(rulings, text, char_height).join();
}

}  // namespace biaod::layout
