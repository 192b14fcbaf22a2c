#include "layout/rulings/bridged_rows.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "layout/rulings/crumbs.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

// In character heights.
constexpr double kLong = 8;          // a table's horizontal
constexpr double kAtRow = 0.5;       // from it
constexpr double kHighest = 4;       // row: higher ones may be headings between two tables
constexpr double kSameEnd = 0.8;     // of two horizontals
constexpr double kBesideStroke = 2;  // px

// Between two horizontals.
struct Row {
    double top = 0, bottom = 0;  // their middles,
    double from = 0, to = 0;     // and beside their strokes
    double left = 0, right = 0;
};

bool crosses(const Ruling& horizontal, const Ruling& vertical, double unit) {
    return horizontal.horizontal && horizontal.length() > kLong * unit && horizontal.from < vertical.at &&
           horizontal.to > vertical.at;
}

// The row beyond the horizontal at which the vertical ends, above it or below.
std::optional<Row> next_row(const Ruling& vertical, bool below, const std::vector<Ruling>& rulings, double unit) {
    const double end = below ? vertical.to : vertical.from;
    const auto ends_here = [&](const Ruling& r) {
        return crosses(r, vertical, unit) && std::abs(r.at - end) < kAtRow * unit;
    };
    const auto edge = std::ranges::find_if(rulings, ends_here);
    if (edge == rulings.end()) return std::nullopt;
    const Ruling* next = nullptr;
    for (const Ruling& r : rulings) {
        const double beyond = below ? r.at - edge->at : edge->at - r.at;
        if (!crosses(r, vertical, unit) || beyond < kAtRow * unit || beyond > kHighest * unit) continue;
        if (next == nullptr || std::abs(r.at - edge->at) < std::abs(next->at - edge->at)) next = &r;
    }
    if (next == nullptr || std::abs(next->from - edge->from) > kSameEnd * unit ||
        std::abs(next->to - edge->to) > kSameEnd * unit)
        return std::nullopt;
    const Ruling &upper = edge->at < next->at ? *edge : *next, &lower = edge->at < next->at ? *next : *edge;
    return Row{upper.at,
               lower.at,
               upper.at + upper.thickness / 2 + kBesideStroke,
               lower.at - lower.thickness / 2 - kBesideStroke,
               edge->from,
               edge->to};
}

bool holds_vertical(const Row& row, const std::vector<Ruling>& rulings, double unit) {
    return std::ranges::any_of(rulings, [&](const Ruling& r) {
        return !r.horizontal && r.from < row.bottom - kAtRow * unit && r.to > row.top + kAtRow * unit &&
               r.at > row.left - kSameEnd * unit && r.at < row.right + kSameEnd * unit;
    });
}

}  // namespace

void bridge_rows(std::vector<Ruling>& rulings, const cv::Mat& faint, double char_height) {
    std::optional<cv::Mat> turned;
    for (std::size_t i = 0; i < rulings.size(); ++i)
        for (const bool below : {false, true}) {
            if (rulings[i].horizontal) continue;
            const auto row = next_row(rulings[i], below, rulings, char_height);
            if (!row || holds_vertical(*row, rulings, char_height)) continue;
            if (!turned) turned = transposed(faint);
            turn_over_diagonal(rulings);
            const bool led = Crumbs(rulings, *turned, char_height).run_through(rulings[i].at, row->from, row->to);
            turn_over_diagonal(rulings);
            if (led) (below ? rulings[i].to : rulings[i].from) = below ? row->bottom : row->top;
        }
}

}  // namespace biaod::layout
