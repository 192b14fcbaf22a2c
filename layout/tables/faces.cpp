#include "layout/tables/faces.hpp"

#include <algorithm>
#include <optional>

namespace biaod::layout {
namespace {

constexpr double kSeparatorShare = 0.7;
// What speaks for a line, as a share of it that is ruled.
constexpr double kGoesOnTwice = 0.3;  // an edge that goes on at both of its ends
constexpr double kEndsOnIt = 0.1;     // a ruling across that ends on it,
constexpr int kMostEnds = 2;          // of which so many count

// A line inside a face, along the grid: above the places (at, from) to (at, to - 1), or left of (from, at) to
// (to - 1, at).
struct Line {
    bool horizontal = true;
    int at = 0, from = 0, to = 0;
};

class Faces {
  public:
    Faces(const Grid& grid, const RuledShares& shares)
        : grid_(grid),
          shares_(shares),
          walls_{shares.above >= kSeparatorShare, shares.left >= kSeparatorShare},
          face_(grid.rows(), grid.cols(), CV_32S) {
        label();
        while (const auto uneven = find_uneven()) {
            const Line line = best_line(*uneven);
            for (int k = line.from; k < line.to; ++k) wall(line.horizontal, line.at, k) = 255;
            label();
        }
    }

    std::vector<GridCell> cells() const {
        std::vector<GridCell> out;
        for (const cv::Rect& box : boxes_) out.push_back({box.y, box.x, box.height, box.width});
        return out;
    }

  private:
    // Place `along` of the edge `at`, as a place of the grid.
    static cv::Point place(bool horizontal, int at, int along) {
        return horizontal ? cv::Point(along, at) : cv::Point(at, along);
    }
    std::uint8_t& wall(bool horizontal, int at, int along) {
        return walls_[horizontal ? 0 : 1].at<std::uint8_t>(place(horizontal, at, along));
    }
    bool walled(bool horizontal, int at, int along) const {
        return walls_[horizontal ? 0 : 1].at<std::uint8_t>(place(horizontal, at, along)) != 0;
    }
    int face(bool horizontal, int at, int along) const { return face_.at<int>(place(horizontal, at, along)); }

    void label() {
        face_.setTo(-1);
        boxes_.clear();
        areas_.clear();
        for (int row = 0; row < face_.rows; ++row)
            for (int col = 0; col < face_.cols; ++col)
                if (face_.at<int>(row, col) < 0) fill({col, row});
    }

    void fill(cv::Point seed) {
        const int id = static_cast<int>(boxes_.size());
        boxes_.emplace_back(seed, cv::Size(1, 1));
        areas_.push_back(0);
        std::vector<cv::Point> open{seed};
        face_.at<int>(seed) = id;
        while (!open.empty()) {
            const cv::Point at = open.back();
            open.pop_back();
            boxes_.back() |= cv::Rect(at, cv::Size(1, 1));
            ++areas_.back();
            const auto go = [&](cv::Point to, bool apart) {
                if (apart || face_.at<int>(to) >= 0) return;
                face_.at<int>(to) = id;
                open.push_back(to);
            };
            if (at.y > 0) go({at.x, at.y - 1}, walled(true, at.y, at.x));
            if (at.y + 1 < face_.rows) go({at.x, at.y + 1}, walled(true, at.y + 1, at.x));
            if (at.x > 0) go({at.x - 1, at.y}, walled(false, at.x, at.y));
            if (at.x + 1 < face_.cols) go({at.x + 1, at.y}, walled(false, at.x + 1, at.y));
        }
    }

    std::optional<int> find_uneven() const {
        for (std::size_t i = 0; i < boxes_.size(); ++i)
            if (areas_[i] != boxes_[i].area()) return static_cast<int>(i);
        return std::nullopt;
    }

    // Whether the line of edge `at` is an edge between two faces, or a ruling, at the place `along`.
    bool goes_on(bool horizontal, int at, int along) const {
        if (along < 0 || along >= (horizontal ? face_.cols : face_.rows)) return false;
        return walled(horizontal, at, along) || face(horizontal, at, along) != face(horizontal, at - 1, along);
    }

    Line best_line(int id) const {
        Line best;
        double most = -1;
        for (const bool horizontal : {true, false}) {
            const int edges = horizontal ? face_.rows : face_.cols, places = horizontal ? face_.cols : face_.rows;
            for (int at = 1; at < edges; ++at)
                for (int from = 0; from < places; ++from) {
                    const auto inside = [&](int along) {
                        return face(horizontal, at, along) == id && face(horizontal, at - 1, along) == id &&
                               !walled(horizontal, at, along);
                    };
                    if (!inside(from)) continue;
                    Line line{horizontal, at, from, from};
                    while (line.to < places && inside(line.to)) ++line.to;
                    from = line.to;
                    const int ends = goes_on(horizontal, at, line.from - 1) + goes_on(horizontal, at, line.to);
                    const double worth = ruled(line) + (ends == 2 ? kGoesOnTwice : 0) +
                                         kEndsOnIt * std::min(kMostEnds, rulings_to(line));
                    if (ends == 0 || worth <= most) continue;
                    most = worth;
                    best = line;
                }
        }
        return best;
    }

    // Across it, from within the face.
    int rulings_to(const Line& line) const {
        int count = 0;
        for (int k = line.from + 1; k < line.to; ++k)
            count += walled(!line.horizontal, k, line.at) != walled(!line.horizontal, k, line.at - 1);
        return count;
    }

    double ruled(const Line& line) const {
        const auto& edges = line.horizontal ? grid_.col_edges : grid_.row_edges;
        const cv::Mat& shares = line.horizontal ? shares_.above : shares_.left;
        double sum = 0;
        for (int k = line.from; k < line.to; ++k) {
            const auto i = static_cast<std::size_t>(k);
            sum += shares.at<double>(place(line.horizontal, line.at, k)) * (edges[i + 1] - edges[i]);
        }
        return sum / (edges[static_cast<std::size_t>(line.to)] - edges[static_cast<std::size_t>(line.from)]);
    }

    const Grid& grid_;
    const RuledShares& shares_;
    cv::Mat walls_[2];  // above, left
    cv::Mat face_;
    std::vector<cv::Rect> boxes_;
    std::vector<int> areas_;
};

}  // namespace

std::vector<GridCell> rectangular_faces(const Grid& grid, const RuledShares& shares) {
    return Faces(grid, shares).cells();
}

}  // namespace biaod::layout
