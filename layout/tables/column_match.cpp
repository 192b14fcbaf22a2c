#include "layout/tables/column_match.hpp"

#include <algorithm>
#include <cmath>

namespace biaod::layout {
namespace {

constexpr double kWidthTolerance = 0.03;
constexpr double kLooseWidthTolerance = 0.10;
constexpr int kEdgesForLooseWidth = 3;
constexpr double kSameEdge = 0.45;     // in character heights
constexpr double kDrift = 0.03;        // of the narrower column beside an edge, from the edge before it;
constexpr double kDriftBehind = 0.02;  // or of the one column that parts the two on either page, if that is more
constexpr double kOfColumn = 0.33;     // of the narrower column, in all
constexpr double kCommonEdges = 0.6;
constexpr int kEdgesForTilt = 4;
constexpr double kMostTilt = 1.15;
constexpr double kSameTilted = 0.2;  // in character heights

// The narrower of the columns on both sides of an edge.
double column_beside(const std::vector<double>& edges, std::size_t i) {
    const double before = i > 0 ? edges[i] - edges[i - 1] : 1,
                 behind = i + 1 < edges.size() ? edges[i + 1] - edges[i] : 1;
    return std::min(before, behind);
}

}  // namespace

std::vector<double> column_shares(const std::vector<double>& edges) {
    std::vector<double> shares;
    const double from = edges.front(), width = edges.back() - from;
    for (const double edge : edges) shares.push_back((edge - from) / width);
    return shares;
}

namespace {

std::optional<ColumnMatch> match_places(const std::vector<double>& first, const std::vector<double>& second,
                                        double width_ratio, double char_share) {
    ColumnMatch match;
    int common = -1;             // the last edge of both that is one,
    double drift = 0, last = 0;  // how far apart it is, and where in `first`
    const auto are_one = [&](std::size_t i, std::size_t j) {
        const double apart = second[j] - first[i];
        if (std::abs(apart) <= kSameEdge * char_share) return true;
        // A photograph's far side is smaller than its near side: the shares drift, a little from column to column.
        const double column = std::min(column_beside(first, i), column_beside(second, j));
        const bool one_column =
            common >= 0 && (match.first_index.back() == common || match.second_index.back() == common);
        const double most = std::max(kDrift * column, one_column ? kDriftBehind * (first[i] - last) : 0);
        return std::abs(apart - drift) <= most && std::abs(apart) <= kOfColumn * column;
    };
    for (std::size_t i = 0, j = 0; i < first.size() || j < second.size();) {
        const int here = static_cast<int>(match.edges.size());
        if (i < first.size() && j < second.size() && are_one(i, j)) {
            common = here;
            drift = second[j] - first[i];
            last = first[i];
            match.edges.push_back((first[i] + second[j]) / 2);
            match.first_index.push_back(here);
            match.second_index.push_back(here);
            ++i;
            ++j;
        } else if (j >= second.size() || (i < first.size() && first[i] < second[j])) {
            match.edges.push_back(first[i++]);
            match.first_index.push_back(here);
        } else {
            match.edges.push_back(second[j++]);
            match.second_index.push_back(here);
        }
    }
    const std::size_t fewer = std::min(first.size(), second.size());
    const std::size_t all_common = match.common();
    if (all_common < 2) return std::nullopt;
    const double inner = static_cast<double>(fewer) - 2;
    if (static_cast<double>(all_common) - 2 < kCommonEdges * inner) return std::nullopt;
    const bool sure = static_cast<int>(all_common) - 2 >= kEdgesForLooseWidth;
    if (std::abs(width_ratio - 1) > (sure ? kLooseWidthTolerance : kWidthTolerance)) return std::nullopt;
    return match;
}

// As a page tilted about its upright axis is seen: 0 and 1 stay.
std::vector<double> tilted(const std::vector<double>& edges, double tilt) {
    std::vector<double> out;
    for (const double y : edges) out.push_back(y / (y + tilt * (1 - y)));
    return out;
}

// How far apart the inner edges of the one with fewer columns are from those of the other at the most, if each has one
// of its own.
std::optional<double> farthest(const std::vector<double>& fewer, const std::vector<double>& more, double reach) {
    double most = 0;
    std::size_t next = 1;
    for (std::size_t i = 1; i + 1 < fewer.size(); ++i) {
        while (next + 1 < more.size() && more[next] < fewer[i] - reach) ++next;
        if (next + 1 >= more.size() || more[next] > fewer[i] + reach) return std::nullopt;
        most = std::max(most, std::abs(more[next++] - fewer[i]));
    }
    return most;
}

// The tilt of the second page against the first in which all edges of the one are edges of the other, and these are not
// few.
std::optional<double> tilt_between(const std::vector<double>& first, const std::vector<double>& second,
                                   double char_share) {
    if (static_cast<int>(std::min(first.size(), second.size())) - 2 < kEdgesForTilt) return std::nullopt;
    std::optional<double> best;
    double least = kSameTilted * char_share;
    for (std::size_t i = 1; i + 1 < first.size(); ++i)
        for (std::size_t j = 1; j + 1 < second.size(); ++j) {
            const double x = first[i], y = second[j], tilt = y * (1 - x) / (x * (1 - y));
            if (tilt > kMostTilt || tilt < 1 / kMostTilt) continue;
            const std::vector<double> other = tilted(second, tilt);
            const bool fewer = first.size() < second.size();
            const auto apart = farthest(fewer ? first : other, fewer ? other : first, kSameTilted * char_share);
            if (!apart || *apart > least) continue;
            least = *apart;
            best = tilt;
        }
    return best;
}

}  // namespace

std::optional<ColumnMatch> match_columns(const std::vector<double>& first, const std::vector<double>& second,
                                         double width_ratio, double char_share) {
    if (auto match = match_places(first, second, width_ratio, char_share)) return match;
    const auto tilt = tilt_between(first, second, char_share);
    if (!tilt) return std::nullopt;
    return match_places(first, tilted(second, *tilt), width_ratio, char_share);
}

}  // namespace biaod::layout
