#include "layout/cleaning/bend.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <optional>
#include <span>
#include <utility>

#include "models/median.hpp"

namespace biaod::layout {
namespace {

constexpr int kRounds = 4;
constexpr double kNoTerm = 1e6;
constexpr double kLeastLength = 0.6, kMuchLength = 1.2;  // of the page's extent along them, of all traces together
constexpr double kApart = 0.3;        // of half of the page: closer ones do not tell how a lean changes across it
constexpr double kLeastLean = 0.003;  // of the extent, over half of it
constexpr double kRidge[] = {1e-3, 1e-2, 3e-2, 1e-3, 1e-2, 3e-2};
constexpr double kRidgeOfWaves = 3e-3;
constexpr std::size_t kCubic = 6;   // terms of the polynomial
constexpr std::size_t kNodes = 18;  // of waves, over the page
constexpr std::size_t kAcross = 4;  // terms of each node: a polynomial across
constexpr std::size_t kMostTerms = kCubic + kAcross * kNodes;
constexpr double kWavy = 3.5;       // px
constexpr double kExplained = 0.6;  // what waves leave at most of what a polynomial does

double cubic_spline(double t) {
    t = std::abs(t);
    if (t >= 2) return 0;
    return t >= 1 ? (2 - t) * (2 - t) * (2 - t) / 6 : 2.0 / 3 - t * t + t * t * t / 2;
}

// u runs along the trace, v across it, both -1..1; `wave_v`: that of waves. No constant and no pure v term: a page is
// neither moved nor scaled, nor, by the ridge, does it gain from waves that are one.
void basis(double u, double v, double wave_v, std::span<double> out) {
    const double cubic[kCubic] = {u, u * u, u * u * u, u * v, u * u * v, u * u * u * v};
    std::copy(std::begin(cubic), std::end(cubic), out.begin());
    for (std::size_t i = kCubic; i < out.size(); ++i) {
        const double node = static_cast<double>((i - kCubic) / kAcross);
        out[i] = cubic_spline((u + 1) / 2 * (kNodes - 1) - node) * std::pow(wave_v, (i - kCubic) % kAcross);
    }
}

double value(const std::vector<double>& terms, double u, double v, double wave_v) {
    double each[kMostTerms];
    basis(u, v, wave_v, {each, terms.size()});
    return std::inner_product(terms.begin(), terms.end(), each, 0.0);
}

// A trace as it is fitted.
struct Line {
    std::vector<cv::Point2d> places;  // along and across, -1..1
    std::vector<double> across;       // px
    double length = 0;                // px
};

Line line_of(const RulingTrace& trace, cv::Size size) {
    Line line;
    for (const cv::Point2d p : trace.points) {
        const cv::Point2d at(2 * p.x / size.width - 1, 2 * p.y / size.height - 1);
        line.places.push_back(trace.horizontal ? at : cv::Point2d(at.y, at.x));
        line.across.push_back(trace.horizontal ? p.y : p.x);
    }
    const cv::Point2d span = trace.points.back() - trace.points.front();
    line.length = trace.horizontal ? span.x : span.y;
    return line;
}

double place_across(const Line& line) { return line.places[line.places.size() / 2].y; }

// How far, px, a line's points lie apart across once they are displaced.
double bend_left(const Line& line, const std::vector<double>& terms) {
    double low = 1e9, high = -1e9;
    for (std::size_t i = 0; i < line.places.size(); ++i) {
        const double level = line.across[i] + value(terms, line.places[i].x, line.places[i].y, line.places[i].y);
        low = std::min(low, level);
        high = std::max(high, level);
    }
    return high - low;
}

// Least squares; each line's level is eliminated by centring its points.
std::optional<std::vector<double>> solved(const std::vector<const Line*>& lines, const std::vector<double>& ridge) {
    const std::size_t terms = ridge.size();
    const int n = static_cast<int>(terms);
    cv::Mat normal = cv::Mat::zeros(n, n, CV_64F), right = cv::Mat::zeros(n, 1, CV_64F);
    double weight = 0;
    for (const Line* line : lines) {
        const int count = static_cast<int>(line->places.size());
        cv::Mat rows(count, n, CV_64F), places(count, 1, CV_64F);
        for (int i = 0; i < count; ++i) {
            const auto at = static_cast<std::size_t>(i);
            const cv::Point2d place = line->places[at];
            basis(place.x, place.y, place.y, {rows.ptr<double>(i), terms});
            places.at<double>(i) = line->across[at];
        }
        for (int k = 0; k < n; ++k) rows.col(k) -= cv::mean(rows.col(k));
        places -= cv::mean(places);
        normal += rows.t() * rows;
        right -= rows.t() * places;
        weight += count;
    }
    for (int k = 0; k < n; ++k) normal.at<double>(k, k) += ridge[static_cast<std::size_t>(k)] * weight * 0.05;
    cv::Mat solution;
    if (!cv::solve(normal, right, solution, cv::DECOMP_CHOLESKY)) return std::nullopt;
    return std::vector<double>(solution.begin<double>(), solution.end<double>());
}

struct Fitted {
    std::vector<double> terms;  // none: it failed
    double left = 0;            // px, of the middle line's bend
};

// Each round goes without the lines that the one before could not explain.
Fitted fitted(const std::vector<Line>& lines, const std::vector<double>& ridge) {
    std::vector<const Line*> used;
    for (const Line& line : lines) used.push_back(&line);
    Fitted fit;
    for (int round = 1;; ++round) {
        auto terms = solved(used, ridge);
        if (!terms) return fit;
        fit.terms = std::move(*terms);
        std::vector<double> left;
        for (const Line& line : lines) left.push_back(bend_left(line, fit.terms));
        fit.left = models::median(left);
        if (round == kRounds) return fit;
        const double bound = std::max(3.0, 3 * fit.left);
        std::vector<const Line*> kept;
        for (std::size_t i = 0; i < lines.size(); ++i)
            if (left[i] <= bound) kept.push_back(&lines[i]);
        if (static_cast<int>(kept.size()) < kMinTraces) return fit;
        used = std::move(kept);
    }
}

}  // namespace

Bend Bend::fit(const std::vector<RulingTrace>& traces, bool horizontal, cv::Size size, bool waves) {
    std::vector<RulingTrace> own;
    std::ranges::copy_if(traces, std::back_inserter(own), [&](const auto& t) { return t.horizontal == horizontal; });
    std::vector<Line> lines;
    double total = 0;
    for (const RulingTrace& trace : own) {
        lines.push_back(line_of(trace, size));
        total += lines.back().length;
    }
    const double extent = horizontal ? size.width : size.height;
    const bool twins = own.size() == 2 && are_twins(own[0], own[1], size);
    if ((static_cast<int>(own.size()) < kMinTraces && !twins) || total < kLeastLength * extent) return {};
    // Two rulings close to each other say nothing of how the bend changes over the page; a few short ones, as between
    // the rows that a heading parts, nothing of a bend.
    const bool few = total < kMuchLength * extent;
    if (twins && few) return {};
    const auto [first, last] = std::ranges::minmax(lines, {}, place_across);
    const bool apart = place_across(last) - place_across(first) > kApart;
    std::vector<double> ridge(std::begin(kRidge), std::end(kRidge));
    for (std::size_t k = 0; k < kCubic; ++k) {
        const bool told = twins ? k < 3 : !few || k == 0 || (k == 3 && apart);
        if (!told) ridge[k] = kNoTerm;
    }
    Fitted best = fitted(lines, ridge);
    if (best.terms.empty()) return {};
    if (few) {
        // What few and short ones tell is not exact: a small lean may as well be theirs.
        const auto leans = [&](const Line& line) {
            return std::abs(best.terms[0] + best.terms[3] * place_across(line)) >= kLeastLean * extent;
        };
        if (std::ranges::none_of(lines, leans)) return {};
    } else if (waves && best.left > kWavy) {
        ridge.resize(kMostTerms, kRidgeOfWaves);
        Fitted wavy = fitted(lines, ridge);
        if (!wavy.terms.empty() && wavy.left < kExplained * best.left) best = std::move(wavy);
    }
    Bend bend;
    bend.terms_ = std::move(best.terms);
    bend.first_ = place_across(first);
    bend.last_ = place_across(last);
    bend.left_ = best.left;
    return bend;
}

double Bend::at(double along, double across) const {
    if (terms_.empty()) return 0;
    return value(terms_, along, across, std::clamp(across, first_, last_));
}

bool Bend::has_waves() const { return terms_.size() > kCubic; }

bool Bend::leaves_waves() const { return left_ > kWavy; }

}  // namespace biaod::layout
