#include "layout/cleaning/slivers.hpp"

#include <algorithm>
#include <utility>

namespace biaod::layout {
namespace {

constexpr double kThick = 0.1;  // in character heights
constexpr int kLeastThick = 2;  // px
constexpr int kBlur = 1;        // px around a sliver
constexpr double kReach = 2;    // px from a sliver's end to what is erased of a ruling that crosses

// One side of an erased ruling.
class Side {
  public:
    // `edge`: the first row or column beside it, `step`: from there away from it.
    Side(const Ruling& ruling, int edge, int step, const cv::Mat& ink)
        : ruling_(ruling), edge_(edge), step_(step), size_(ink.size()), ink_(ink) {}

    // px of ink from the edge at a place along the ruling, up to `most`.
    int depth(int along, int most) const {
        int depth = 0;
        while (depth < most && has_ink(along, depth)) ++depth;
        return depth;
    }

    int length() const { return ruling_.horizontal ? size_.width : size_.height; }

    // What lies beside the ruling from `from` to before `to`, so deep.
    cv::Rect box(int from, int to, int deep) const {
        const int low = step_ > 0 ? edge_ : edge_ - deep + 1;
        return ruling_.horizontal ? cv::Rect(from, low, to - from, deep) : cv::Rect(low, from, deep, to - from);
    }

  private:
    bool has_ink(int along, int off) const {
        const cv::Point at =
            ruling_.horizontal ? cv::Point(along, edge_ + step_ * off) : cv::Point(edge_ + step_ * off, along);
        return at.inside(cv::Rect({0, 0}, size_)) && ink_.at<uchar>(at) != 0;
    }

    const Ruling& ruling_;
    int edge_, step_;
    cv::Size size_;
    const cv::Mat& ink_;
};

}  // namespace

void erase_slivers(const std::vector<Ruling>& rulings, double beside, double char_height, cv::Mat& ink, cv::Mat& gray) {
    const int thick = std::max(kLeastThick, cvRound(kThick * char_height));
    const auto crosses = [&](const Ruling& r, double end) {
        return std::ranges::any_of(
            rulings, [&](const Ruling& other) { return passes(other, r, end, other.thickness / 2 + beside + kReach); });
    };
    const auto erase = [&](const cv::Rect& box) {
        ink(box & cv::Rect({0, 0}, ink.size())).setTo(0);
        const cv::Rect blurred(box.x - kBlur, box.y - kBlur, box.width + 2 * kBlur, box.height + 2 * kBlur);
        gray(blurred & cv::Rect({0, 0}, gray.size())).setTo(255);
    };
    for (const Ruling& r : rulings) {
        const double half = r.thickness / 2 + beside;
        for (const auto& [edge, step] : {std::pair(cvFloor(r.at - half) - 1, -1), {cvCeil(r.at + half), 1}}) {
            const Side side(r, edge, step, ink);
            const int last = std::min(side.length(), cvRound(r.to));
            for (int from = std::max(0, cvRound(r.from)), to = from; from < last; from = to + 1) {
                int deepest = 0;
                for (to = from; to < last; ++to) {
                    const int depth = side.depth(to, thick + 1);
                    if (depth == 0) break;
                    deepest = std::max(deepest, depth);
                }
                if (deepest > 0 && deepest <= thick && (crosses(r, from) || crosses(r, to)))
                    erase(side.box(from, to, deepest));
            }
        }
    }
}

}  // namespace biaod::layout
