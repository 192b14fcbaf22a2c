#include "layout/rulings/creases.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "layout/cleaning/levels.hpp"
#include "layout/ink_profile.hpp"
#include "layout/rulings/page_rulings.hpp"

namespace biaod::layout {
namespace {

constexpr double kPale = 0.25;      // of the usual contrast
constexpr double kPrint = 0.5;      // of it: what is printed across a crease
constexpr double kFew = 0.15;       // of the rulings' length
constexpr double kInked = 0.4;      // of a ruling's length that dots of it cover at least
constexpr double kOfEdge = 0.5;     // of a ruling's length
constexpr double kOffEdge = 0.12;   // character heights that it leans or bends by
constexpr double kBeyond = 1;       // character heights beyond all other rulings
constexpr double kDrift = 1;        // character heights that pieces of a crease lie off each other
constexpr double kLeastUsual = 60;  // grey levels: among pale rulings a crease can't be told

// Whether most of a ruling is an edge of a background, which was lifted: nothing of it is dark.
bool is_edge(const Ruling& r, const cv::Mat& edges, double char_height) {
    if (edges.empty()) return false;
    const cv::Mat stroke = edges(stroke_of(r, kOffEdge * char_height) & cv::Rect({0, 0}, edges.size()));
    const cv::Mat way = r.horizontal ? inked_columns(stroke) : inked_rows(stroke);
    return !way.empty() && cv::countNonZero(way) > kOfEdge * static_cast<double>(way.total());
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

}  // namespace

cv::Mat erase_creases(std::vector<Ruling>& rulings, const cv::Mat& edges, double char_height, cv::Mat& gray) {
    if (rulings.empty() || is_bilevel(gray)) return {};
    constexpr double kOfNoStroke = 255;
    std::vector<double> contrasts;
    std::vector<std::pair<double, double>> by_contrast;  // with lengths
    double all = 0;
    for (const Ruling& r : rulings) {
        contrasts.push_back(is_edge(r, edges, char_height) ? kOfNoStroke : contrast_of(r, gray));
        if (contrasts.back() == kOfNoStroke) continue;
        by_contrast.emplace_back(contrasts.back(), r.length());
        all += r.length();
    }
    std::ranges::sort(by_contrast);
    double lower = 0, usual = 0;
    for (const auto& [contrast, length] : by_contrast) {
        usual = contrast;
        if ((lower += length) > all / 2) break;
    }
    if (usual < kLeastUsual) return {};
    std::vector<Ruling> pale;
    double length = 0;
    cv::Rect others;
    for (std::size_t i = 0; i < rulings.size(); ++i) {
        if (contrasts[i] >= kPale * usual) {
            others |= stroke_of(rulings[i]);
            continue;
        }
        pale.push_back(rulings[i]);
        length += rulings[i].length();
    }
    if (length > kFew * all) return {};
    const double beyond = kBeyond * char_height;
    const auto is_loose = [&](const Ruling& r) {
        const double first = r.horizontal ? others.x : others.y, last = r.horizontal ? others.br().x : others.br().y;
        if (r.from < first - beyond || r.to > last + beyond) return true;
        const auto at_ruling = [&](double end) {
            return anchored(r, end, rulings, beyond) || std::min(end - first, last - end) < beyond;
        };
        return !at_ruling(r.from) || !at_ruling(r.to);
    };
    std::vector<Ruling> loose, creases;
    std::ranges::copy_if(pale, std::back_inserter(loose), is_loose);
    std::ranges::copy_if(pale, std::back_inserter(creases), [&](const Ruling& r) {
        return std::ranges::any_of(loose, [&](const Ruling& other) {
            return other.horizontal == r.horizontal && std::abs(other.at - r.at) < kDrift * char_height;
        });
    });
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
