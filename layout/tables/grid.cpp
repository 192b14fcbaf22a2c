#include "layout/tables/grid.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "layout/disjoint_sets.hpp"
#include "layout/tables/faces.hpp"
#include "models/median.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kTouch = 0.6;      // rulings this near to each other are joined
constexpr double kSameEdge = 0.35;  // rulings this near to each other bound the same row or column
constexpr double kOpenEnd = 0.8;    // crossing rulings that reach this far past the last edge make an open side
constexpr double kFarEnd = 2;       // the same for the one ruling that ends a table at a page's end
constexpr double kStrokeAtEdge = 1.6;
constexpr double kLongSide = 8;
constexpr double kLostEnd = 2.5;
constexpr double kWidestOpenColumn = 14;
constexpr double kMinCell = 0.7;      // smallest height or width of a row or column
constexpr double kMinTableWidth = 8;  // smaller closed shapes are characters of a title
constexpr double kMinTableHeight = 1.3;
constexpr double kStrokeBeyond = 0.12;  // of the table's width
constexpr double kWholeEdge = 0.8;
constexpr double kUsefulShare = 0.7;  // of one place's edge at least that an edge must cover

// The outer vertical of a column that a page break left without a horizontal on either side of it: it begins and ends
// with the next vertical, or a little within, where a fax lost its ends.
bool side_of_open_column(const Ruling& outer, const Ruling& inner, double char_height) {
    const double within = kLostEnd * char_height;
    return !outer.horizontal && !inner.horizontal && outer.length() > kLongSide * char_height &&
           outer.from - inner.from < within && inner.to - outer.to < within && inner.from - outer.from < char_height &&
           outer.to - inner.to < char_height && std::abs(outer.at - inner.at) < kWidestOpenColumn * char_height;
}

std::vector<std::vector<Ruling>> connected_groups(const std::vector<Ruling>& rulings, double char_height) {
    const double reach = kTouch * char_height;
    DisjointSets sets(rulings.size());
    std::vector<bool> touched(rulings.size());
    for (std::size_t i = 0; i < rulings.size(); ++i)
        for (std::size_t j = 0; j < rulings.size(); ++j)
            if (rulings[i].horizontal && touch(rulings[i], rulings[j], reach)) {
                sets.unite(i, j);
                touched[j] = true;
            }
    for (std::size_t i = 0; i < rulings.size(); ++i)
        for (std::size_t j = 0; j < rulings.size(); ++j)
            if (!touched[i] && touched[j] && side_of_open_column(rulings[i], rulings[j], char_height)) sets.unite(i, j);
    std::vector<std::vector<Ruling>> by_root(rulings.size());
    for (std::size_t i = 0; i < rulings.size(); ++i) by_root[sets.root(i)].push_back(rulings[i]);
    std::erase_if(by_root, [](const auto& group) { return group.size() < 3; });
    return by_root;
}

// Rulings of one direction gathered into edges.
struct Edges {
    std::vector<double> at;
    std::vector<std::vector<Ruling>> pieces;  // those on each edge
};

Edges gather_edges(const std::vector<Ruling>& group, bool horizontal, double char_height) {
    std::vector<Ruling> sorted;
    for (const Ruling& r : group)
        if (r.horizontal == horizontal) sorted.push_back(r);
    std::sort(sorted.begin(), sorted.end(), [](const Ruling& a, const Ruling& b) { return a.at < b.at; });
    Edges edges;
    double weight = 0;
    for (const Ruling& r : sorted) {
        if (edges.at.empty() || r.at - edges.at.back() > kSameEdge * char_height) {
            edges.at.push_back(r.at);
            edges.pieces.push_back({r});
            weight = r.length();
            continue;
        }
        edges.at.back() = (edges.at.back() * weight + r.at * r.length()) / (weight + r.length());
        weight += r.length();
        edges.pieces.back().push_back(r);
    }
    return edges;
}

double covered_share(const std::vector<Ruling>& pieces, double from, double to, double slack) {
    double covered = 0;
    std::vector<std::pair<double, double>> spans;
    for (const Ruling& r : pieces) {
        const double a = std::max(from, r.from - slack), b = std::min(to, r.to + slack);
        if (b > a) spans.emplace_back(a, b);
    }
    std::sort(spans.begin(), spans.end());
    double end = from;
    for (const auto& [a, b] : spans) {
        if (b > end) covered += b - std::max(a, end);
        end = std::max(end, b);
    }
    return covered / (to - from);
}

// Closes the two sides that `along` edges bound, where `across` rulings reach past the outermost edge. Returns whether
// the near and the far side were open.
std::pair<bool, bool> close_sides(Edges& along, const Edges& across, double char_height) {
    double low = 1e18, high = -1e18;
    int reach_low = 0, reach_high = 0, count = 0;
    for (const auto& pieces : across.pieces)
        for (const Ruling& r : pieces) {
            ++count;
            const bool none = along.at.empty();
            // Strokes of writing stand on the first edge, or hang from the last one, and do not go on inside.
            const double end = kOpenEnd * char_height, inside = r.length() < kStrokeAtEdge * char_height ? end : -end;
            const bool before = none || (r.from < along.at.front() - end && r.to > along.at.front() + inside),
                       behind = none || (r.to > along.at.back() + end && r.from < along.at.back() - inside);
            if (before) low = std::min(low, r.from);
            if (behind) high = std::max(high, r.to);
            reach_low += !none && before;
            reach_high += !none && behind;
        }
    // Of an open column that a page break cut only the first or the last ruling may be there, or the one between two
    // rows.
    if (!along.at.empty() && count > 0 && std::max(static_cast<std::size_t>(count), along.at.size()) >= 2)
        for (const auto* outermost : {&across.pieces.front(), &across.pieces.back()})
            for (const Ruling& r : *outermost) {
                if (r.from < along.at.front() - kFarEnd * char_height) reach_low = 2;
                if (r.to > along.at.back() + kFarEnd * char_height) reach_high = 2;
            }
    const bool open_low = reach_low >= 2 || (along.at.empty() && count >= 2);
    const bool open_high = reach_high >= 2 || (along.at.empty() && count >= 2);
    if (open_low) {
        along.at.insert(along.at.begin(), low);
        along.pieces.insert(along.pieces.begin(), std::vector<Ruling>{});
    }
    if (open_high) {
        along.at.push_back(high);
        along.pieces.push_back({});
    }
    return {open_low, open_high};
}

// Takes out a first or last row edge that is but a stroke of writing above or below the table: it is short, and one of
// the table's verticals at most goes on to it.
void drop_strokes_beyond(Edges& rows, const Edges& cols, double char_height) {
    const double left = cols.at.front(), right = cols.at.back(), end = kOpenEnd * char_height;
    if (right <= left) return;
    const auto is_stroke = [&](std::size_t edge, std::size_t next, const auto& goes_on) {
        int verticals = 0;
        for (const auto& pieces : cols.pieces) verticals += std::ranges::any_of(pieces, goes_on);
        return verticals < 2 && covered_share(rows.pieces[edge], left, right, 0) < kStrokeBeyond &&
               covered_share(rows.pieces[next], left, right, 0) > kWholeEdge;
    };
    while (rows.at.size() > 2 &&
           is_stroke(0, 1, [&](const Ruling& r) { return r.from < rows.at[1] - end && r.to > rows.at[1] - end; })) {
        rows.at.erase(rows.at.begin());
        rows.pieces.erase(rows.pieces.begin());
    }
    while (rows.at.size() > 2 && is_stroke(rows.at.size() - 1, rows.at.size() - 2, [&](const Ruling& r) {
               const double last = rows.at[rows.at.size() - 2] + end;
               return r.to > last && r.from < last;
           })) {
        rows.at.pop_back();
        rows.pieces.pop_back();
    }
}

// Takes out edges that separate nothing and rows or columns too thin to hold anything.
class Builder {
  public:
    Builder(const std::vector<Ruling>& group, double char_height) : unit_(char_height) {
        rows_ = gather_edges(group, true, char_height);
        cols_ = gather_edges(group, false, char_height);
        if (!cols_.at.empty()) drop_strokes_beyond(rows_, cols_, unit_);
        // Which sides are open is told by the other direction's rulings as found, so both are asked first.
        const Edges found_rows = rows_, found_cols = cols_;
        const auto [top, bottom] = close_sides(rows_, found_cols, unit_);
        close_sides(cols_, found_rows, unit_);
        grid_.open_top = top;
        grid_.open_bottom = bottom;
        std::vector<double> thickness;
        for (const Ruling& r : group) thickness.push_back(r.thickness);
        grid_.ruling_thickness = models::median(std::move(thickness));
    }

    bool build() {
        if (rows_.at.size() < 2 || cols_.at.size() < 2) return false;
        while (drop_useless_edge(rows_, cols_) || drop_useless_edge(cols_, rows_)) {
        }
        if (rows_.at.size() < 2 || cols_.at.size() < 2) return false;
        grid_.row_edges = rows_.at;
        grid_.col_edges = cols_.at;
        tile();
        return true;
    }

    Grid take() { return std::move(grid_); }

  private:
    double ruled(const Edges& edges, std::size_t edge, double from, double to) const {
        return covered_share(edges.pieces[edge], from, to, 0.15 * unit_);
    }

    bool drop_useless_edge(Edges& along, const Edges& across) const {
        for (std::size_t e = 1; e + 1 < along.at.size(); ++e) {
            bool useful = false;
            for (std::size_t i = 0; i + 1 < across.at.size() && !useful; ++i)
                useful = ruled(along, e, across.at[i], across.at[i + 1]) >= kUsefulShare;
            const bool thin = along.at[e] - along.at[e - 1] < kMinCell * unit_;
            if (useful && !thin) continue;
            if (thin && useful) {  // a double ruling: its pieces support the edge before
                auto& pieces = along.pieces[e - 1];
                pieces.insert(pieces.end(), along.pieces[e].begin(), along.pieces[e].end());
            }
            along.at.erase(along.at.begin() + static_cast<std::ptrdiff_t>(e));
            along.pieces.erase(along.pieces.begin() + static_cast<std::ptrdiff_t>(e));
            return true;
        }
        return false;
    }

    void tile() {
        RuledShares shares{cv::Mat(grid_.rows(), grid_.cols(), CV_64F), cv::Mat(grid_.rows(), grid_.cols(), CV_64F)};
        for (int r = 0; r < grid_.rows(); ++r)
            for (int c = 0; c < grid_.cols(); ++c) {
                const auto row = static_cast<std::size_t>(r), col = static_cast<std::size_t>(c);
                shares.above.at<double>(r, c) = ruled(rows_, row, cols_.at[col], cols_.at[col + 1]);
                shares.left.at<double>(r, c) = ruled(cols_, col, rows_.at[row], rows_.at[row + 1]);
            }
        grid_.cells = rectangular_faces(grid_, shares);
    }

    double unit_;
    Edges rows_, cols_;
    Grid grid_;
};

}  // namespace

cv::Rect2d Grid::rect(const GridCell& cell) const {
    const auto edge = [](const std::vector<double>& edges, int i) { return edges[static_cast<std::size_t>(i)]; };
    return {cv::Point2d(edge(col_edges, cell.col), edge(row_edges, cell.row)),
            cv::Point2d(edge(col_edges, cell.col + cell.col_span), edge(row_edges, cell.row + cell.row_span))};
}

cv::Rect Grid::inner_rect(const GridCell& cell) const {
    const cv::Rect2d outer = rect(cell);
    const double inset = ruling_thickness / 2 + 1;
    return cv::Rect(cv::Point(cvCeil(outer.x + inset), cvCeil(outer.y + inset)),
                    cv::Point(cvFloor(outer.br().x - inset), cvFloor(outer.br().y - inset)));
}

cv::Rect2d Grid::bounds() const {
    return {cv::Point2d(col_edges.front(), row_edges.front()), cv::Point2d(col_edges.back(), row_edges.back())};
}

std::vector<Grid> find_grids(const std::vector<Ruling>& rulings, double char_height) {
    std::vector<Grid> grids;
    for (const auto& group : connected_groups(rulings, char_height)) {
        Builder builder(group, char_height);
        if (!builder.build()) continue;
        Grid grid = builder.take();
        const cv::Rect2d bounds = grid.bounds();
        if (bounds.width >= kMinTableWidth * char_height && bounds.height >= kMinTableHeight * char_height)
            grids.push_back(std::move(grid));
    }
    // What closes up inside a cell of a larger table is writing or a picture.
    std::vector<cv::Rect2d> all;
    for (const Grid& grid : grids) all.push_back(grid.bounds());
    std::erase_if(grids, [&](const Grid& inner) {
        const cv::Rect2d a = inner.bounds();
        return std::any_of(all.begin(), all.end(),
                           [&](const cv::Rect2d& b) { return a.area() < b.area() && (a & b).area() > 0.8 * a.area(); });
    });
    std::sort(grids.begin(), grids.end(),
              [](const Grid& a, const Grid& b) { return a.row_edges.front() < b.row_edges.front(); });
    return grids;
}

}  // namespace biaod::layout
