#include "layout/rulings/creases.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <utility>
#include <vector>

#include "layout/cleaning/levels.hpp"
#include "layout/ink_profile.hpp"
#include "layout/rulings/page_rulings.hpp"

namespace biaod::layout {
namespace {

constexpr double kPale = 0.25;   // of the usual contrast
constexpr double kPrint = 0.5;   // of it: what is printed across a crease
constexpr double kFew = 0.15;    // of the rulings' length
constexpr double kInked = 0.4;   // of a ruling's length that dots of it cover at least
constexpr double kOfEdge = 0.5;  // of a ruling's length
constexpr double kTip = 0.4;     // character heights from such an edge to where others end,
constexpr std::ptrdiff_t kFewestTips = 2;
constexpr double kOffEdge = 0.12;   // character heights that it leans or bends by
constexpr double kBeyond = 1;       // character heights beyond all other rulings
constexpr double kDrift = 1;        // character heights that pieces of a crease lie off each other
constexpr double kLeastUsual = 60;  // grey levels: among pale rulings a crease can't be told

// Whether most of a ruling is an edge of a background that was lifted, of which nothing is dark.
bool is_edge(const Ruling& r, const cv::Mat& edges, double char_height) {
    if (edges.empty()) return false;
    const cv::Mat stroke = edges(stroke_of(r, kOffEdge * char_height) & cv::Rect({0, 0}, edges.size()));
    const cv::Mat way = r.horizontal ? inked_columns(stroke) : inked_rows(stroke);
    return !way.empty() && cv::countNonZero(way) > kOfEdge * static_cast<double>(way.total());
}

// How many of the others across end at the ruling, within `reach`.
std::ptrdiff_t ending_at(const Ruling& r, const std::vector<Ruling>& others, double reach) {
    return std::ranges::count_if(others, [&](const Ruling& other) {
        return other.horizontal != r.horizontal && other.at > r.from - reach && other.at < r.to + reach &&
               std::min(std::abs(other.from - r.at), std::abs(other.to - r.at)) < reach;
    });
}

// How much darker than paper a ruling is, where it is darkest across it, along two fifths of its length at least.
double contrast_of(const Ruling& r, const cv::Mat& gray) {
    const cv::Mat stroke = gray(stroke_of(r) & cv::Rect({0, 0}, gray.size()));
    if (stroke.empty()) return 255;
    cv::Mat darkest;
    cv::reduce(stroke, darkest, r.horizontal ? 0 : 1, cv::REDUCE_MIN);
    auto* const first = darkest.ptr<std::uint8_t>();
    auto* const share = first + static_cast<std::ptrdiff_t>(kInked * static_cast<double>(darkest.total()));
    std::nth_element(first, share, first + darkest.total());
    return 255 - *share;
}

// The contrast that half of the rulings' length has, or less.
double usual_contrast(const std::vector<Ruling>& rulings, const std::vector<double>& contrasts) {
    std::vector<std::pair<double, double>> by_contrast;  // with lengths
    double all = 0;
    for (std::size_t i = 0; i < rulings.size(); ++i) {
        by_contrast.emplace_back(contrasts[i], rulings[i].length());
        all += rulings[i].length();
    }
    std::ranges::sort(by_contrast);
    double lower = 0;
    for (const auto& [contrast, length] : by_contrast)
        if ((lower += length) > all / 2) return contrast;
    return 0;
}

class Creases {
  public:
    Creases(const std::vector<Ruling>& rulings, const std::vector<double>& contrasts, double usual,
            const cv::Mat& edges, double unit)
        : rulings_(rulings), edges_(edges), unit_(unit) {
        for (std::size_t i = 0; i < rulings.size(); ++i)
            (contrasts[i] < kPale * usual ? pale_ : dark_).push_back(rulings[i]);
        for (const Ruling& r : dark_) extent_ |= stroke_of(r);
        std::ranges::copy_if(pale_, std::back_inserter(held_), [&](const Ruling& r) { return ends_others(r); });
    }

    std::vector<Ruling> find() const {
        std::vector<Ruling> loose, creases;
        if (length_of(pale_) > kFew * (length_of(pale_) + length_of(dark_))) return creases;
        std::ranges::copy_if(pale_, std::back_inserter(loose), [&](const Ruling& r) { return is_loose(r); });
        const auto is_on_line_of_loose = [&](const Ruling& r) {
            return std::ranges::any_of(loose, [&](const Ruling& other) {
                return other.horizontal == r.horizontal && std::abs(other.at - r.at) < kDrift * unit_;
            });
        };
        std::ranges::copy_if(pale_, std::back_inserter(creases),
                             [&](const Ruling& r) { return is_on_line_of_loose(r) && !is_held(r); });
        return creases;
    }

  private:
    static double length_of(const std::vector<Ruling>& rulings) {
        return std::accumulate(rulings.begin(), rulings.end(), 0.0,
                               [](double sum, const Ruling& r) { return sum + r.length(); });
    }

    // Whether it is an edge of a background at which dark rulings end, as of a header.
    bool ends_others(const Ruling& r) const {
        return is_edge(r, edges_, unit_) && ending_at(r, dark_, kTip * unit_) >= kFewestTips;
    }

    // Whether it is such an edge, or one that ends at such.
    bool is_held(const Ruling& r) const {
        const double beyond = kBeyond * unit_;
        return ends_others(r) ||
               (is_edge(r, edges_, unit_) && (anchored(r, r.from, held_, beyond) || anchored(r, r.to, held_, beyond)));
    }

    // Whether it goes on beyond all others, or ends at none.
    bool is_loose(const Ruling& r) const {
        if (is_held(r)) return false;
        const double beyond = kBeyond * unit_;
        const double first = r.horizontal ? extent_.x : extent_.y;
        const double last = r.horizontal ? extent_.br().x : extent_.br().y;
        if (r.from < first - beyond || r.to > last + beyond) return true;
        const auto at_ruling = [&](double end) {
            return anchored(r, end, rulings_, beyond) || std::min(end - first, last - end) < beyond;
        };
        return !at_ruling(r.from) || !at_ruling(r.to);
    }

    const std::vector<Ruling>& rulings_;
    const cv::Mat& edges_;
    double unit_;
    std::vector<Ruling> pale_, dark_, held_;
    cv::Rect extent_;  // of the dark ones
};

}  // namespace

cv::Mat erase_creases(std::vector<Ruling>& rulings, const cv::Mat& edges, double char_height, cv::Mat& gray) {
    if (rulings.empty() || is_bilevel(gray)) return {};
    std::vector<double> contrasts;
    for (const Ruling& r : rulings) contrasts.push_back(contrast_of(r, gray));
    const double usual = usual_contrast(rulings, contrasts);
    if (usual < kLeastUsual) return {};
    const std::vector<Ruling> creases = Creases(rulings, contrasts, usual, edges, char_height).find();
    if (creases.empty()) return {};
    std::erase_if(rulings, [&](const Ruling& r) {
        return std::ranges::any_of(creases, [&](const Ruling& crease) {
            return crease.horizontal == r.horizontal && crease.at == r.at && crease.from == r.from;
        });
    });
    cv::Mat where = cv::Mat::zeros(gray.size(), CV_8UC1);
    erase_rulings(creases, where, 255);
    where.setTo(0, gray < 255 - kPrint * usual);
    gray.setTo(255, where);
    return where;
}

}  // namespace biaod::layout
