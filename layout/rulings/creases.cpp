#include "layout/rulings/creases.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "layout/cleaning/levels.hpp"
#include "layout/rulings/page_rulings.hpp"

namespace biaod::layout {
namespace {

constexpr double kPale = 0.25;      // of the usual contrast
constexpr double kPrint = 0.5;      // of it: what is printed across a crease
constexpr double kFew = 0.15;       // of the rulings' length
constexpr double kInked = 0.4;      // of a ruling's length that dots of it cover at least
constexpr double kLeastUsual = 60;  // grey levels: among pale rulings a crease can't be told

// How much darker than paper a ruling is, where it is darkest across it, along a quarter of its length.
double contrast_of(const Ruling& r, const cv::Mat& gray) {
    const double half = r.thickness / 2;
    const cv::Rect box = r.horizontal ? cv::Rect(cv::Point(cvFloor(r.from), cvFloor(r.at - half)),
                                                 cv::Point(cvCeil(r.to) + 1, cvCeil(r.at + half) + 1))
                                      : cv::Rect(cv::Point(cvFloor(r.at - half), cvFloor(r.from)),
                                                 cv::Point(cvCeil(r.at + half) + 1, cvCeil(r.to) + 1));
    const cv::Mat stroke = gray(box & cv::Rect({0, 0}, gray.size()));
    if (stroke.empty()) return 255;
    cv::Mat darkest;
    cv::reduce(stroke, darkest, r.horizontal ? 0 : 1, cv::REDUCE_MIN);
    auto* const first = darkest.ptr<std::uint8_t>();
    auto* const quarter = first + static_cast<std::ptrdiff_t>(kInked * static_cast<double>(darkest.total()));
    std::nth_element(first, quarter, first + darkest.total());
    return 255 - *quarter;
}

}  // namespace

cv::Mat erase_creases(std::vector<Ruling>& rulings, cv::Mat& gray) {
    if (rulings.empty() || is_bilevel(gray)) return {};
    std::vector<std::pair<double, double>> contrasts;  // with lengths
    double all = 0;
    for (const Ruling& r : rulings) {
        contrasts.emplace_back(contrast_of(r, gray), r.length());
        all += r.length();
    }
    auto by_contrast = contrasts;
    std::ranges::sort(by_contrast);
    double lower = 0, usual = 0;
    for (const auto& [contrast, length] : by_contrast) {
        usual = contrast;
        if ((lower += length) > all / 2) break;
    }
    if (usual < kLeastUsual) return {};
    double pale = 0;
    for (const auto& [contrast, length] : contrasts)
        if (contrast < kPale * usual) pale += length;
    if (pale > kFew * all) return {};
    std::vector<Ruling> creases;
    std::size_t i = 0;
    std::erase_if(rulings, [&](const Ruling& r) {
        const bool is_pale = contrasts[i++].first < kPale * usual;
        if (is_pale) creases.push_back(r);
        return is_pale;
    });
    if (creases.empty()) return {};
    cv::Mat where = cv::Mat::zeros(gray.size(), CV_8UC1);
    erase_rulings(creases, where, 255);
    where.setTo(0, gray < 255 - kPrint * usual);
    gray.setTo(255, where);
    return where;
}

}  // namespace biaod::layout
