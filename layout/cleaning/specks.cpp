#include "layout/cleaning/specks.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

namespace biaod::layout {
namespace {

constexpr double kLargest = 0.14;                 // character heights; at least three points
constexpr int kCoarse = 4;                        // px
constexpr double kApart = 0.6;                    // character heights from any other ink: there is no mark
constexpr double kStrewn = 0.03;                  // to a square of a character's height
constexpr double kUsual = 0.97;                   // of the specks on blank paper are not larger
constexpr double kLowest = 0.45, kTallest = 1.3;  // character heights, of a digit
constexpr double kFoot = 0.28;                    // character heights above or below a digit's foot
constexpr double kBeside = 0.5;                   // character heights from a point to the digits on either side
constexpr double kGap = 0.2;                      // character heights that a point parts them by
constexpr double kNextInRow = 0.5;                // character heights
constexpr int kOffTheRow = 1;                     // px
constexpr int kOthersInRow = 2;
// Of what is left of a vertical:
constexpr double kWidest = 4;           // character heights, of digits that touch
constexpr int kThinnestCrumb = 3;       // px thick, or
constexpr double kThinCrumb = 0.1;      // character heights
constexpr double kLongestCrumb = 0.55;  // character heights
constexpr double kBesideSide = 0.45;    // character heights
constexpr double kSameColumn = 3;       // px apart
constexpr std::size_t kFewestCrumbs = 4;
constexpr double kFromWriting = 0.15;  // character heights: strokes of one digit, or a point behind it, are nearer

int longer_side(const cv::Rect& box) { return std::max(box.width, box.height); }

// Places of the page, at a part of its size.
class Places {
  public:
    explicit Places(cv::Size size)
        : marked_(cv::Mat::zeros(size.height / kCoarse + 1, size.width / kCoarse + 1, CV_8UC1)) {}

    void mark(cv::Point2d from, cv::Point2d to) {
        const cv::Rect place(cv::Point(cvFloor(from.x / kCoarse), cvFloor(from.y / kCoarse)),
                             cv::Point(cvFloor(to.x / kCoarse) + 1, cvFloor(to.y / kCoarse) + 1));
        marked_(place & cv::Rect({0, 0}, marked_.size())).setTo(255);
    }

    bool holds(const cv::Rect& box) const { return marked_.at<std::uint8_t>((box.tl() + box.br()) / 2 / kCoarse) != 0; }

  private:
    cv::Mat marked_;
};

// Whether a dot stands as a decimal point does: at the feet of two digits that it parts.
bool may_be_point(const cv::Rect& dot, const std::vector<cv::Rect>& digits, double char_height) {
    double before = kBeside * char_height, behind = before;  // the distances to the nearest
    for (const cv::Rect& digit : digits) {
        if (std::abs(dot.br().y - digit.br().y) > kFoot * char_height) continue;
        const int left = dot.x - digit.br().x, right = digit.x - dot.br().x;
        if (left >= -1) before = std::min<double>(before, left);
        if (right >= -1) behind = std::min<double>(behind, right);
    }
    const double most = kBeside * char_height;
    return before < most && behind < most && before + dot.width + behind >= kGap * char_height;
}

// Finds the dots that stand in a row or column with others.
class Rows {
  public:
    Rows(const std::vector<cv::Rect>& dots, double reach) : reach_(reach) {
        for (const cv::Rect& dot : dots) cells_[cell_of(dot)].push_back(dot);
    }

    bool have(const cv::Rect& dot) const {
        int level = 0, upright = 0;
        const auto [x, y] = cell_of(dot);
        for (int dy = -1; dy <= 1; ++dy)
            for (int dx = -1; dx <= 1; ++dx) {
                const auto found = cells_.find({x + dx, y + dy});
                if (found == cells_.end()) continue;
                for (const cv::Rect& other : found->second) {
                    if (other == dot) continue;
                    const cv::Point apart = other.tl() - dot.tl();
                    level += std::abs(apart.y) <= kOffTheRow && std::abs(apart.x) < reach_;
                    upright += std::abs(apart.x) <= kOffTheRow && std::abs(apart.y) < reach_;
                }
            }
        return level >= kOthersInRow || upright >= kOthersInRow;
    }

  private:
    std::pair<int, int> cell_of(const cv::Rect& dot) const {
        return {static_cast<int>(dot.x / reach_), static_cast<int>(dot.y / reach_)};
    }

    double reach_;
    std::map<std::pair<int, int>, std::vector<cv::Rect>> cells_;
};

double middle_of(const cv::Rect& box) { return box.x + box.width / 2.0; }

// Of the boxes the most whose middles lie on one column, and that column.
std::pair<std::vector<cv::Rect>, cv::Range> on_one_column(std::vector<cv::Rect> boxes) {
    std::ranges::sort(boxes, {}, middle_of);
    std::pair<std::size_t, std::size_t> most{0, 0};
    for (std::size_t first = 0, end = 0; first < boxes.size(); ++first) {
        while (end < boxes.size() && middle_of(boxes[end]) - middle_of(boxes[first]) <= kSameColumn) ++end;
        if (end - first > most.second - most.first) most = {first, end};
    }
    const auto begin = boxes.begin();
    boxes = {begin + static_cast<std::ptrdiff_t>(most.first), begin + static_cast<std::ptrdiff_t>(most.second)};
    cv::Range column(0, 0);
    for (const cv::Rect& box : boxes)
        column = column.empty() ? cv::Range(box.x, box.br().x)
                                : cv::Range(std::min(column.start, box.x), std::max(column.end, box.br().x));
    return {std::move(boxes), column};
}

}  // namespace

std::vector<cv::Rect> find_side_crumbs(const Pieces& pieces, const cv::Rect2d& table, double char_height) {
    const int thinnest = std::max(kThinnestCrumb, static_cast<int>(kThinCrumb * char_height));
    std::vector<cv::Rect> beside[2], writing, crumbs;
    for (const Piece& piece : pieces.all) {
        const cv::Rect& box = piece.box;
        if (box.y < table.y || box.br().y > table.br().y) continue;
        if (box.height > kTallest * char_height || box.width > kWidest * char_height) continue;  // a ruling
        const double middle = middle_of(box);
        const bool thin = box.width <= thinnest, low = box.height <= kLongestCrumb * char_height;
        if (!thin) writing.push_back(box);
        if (thin && low && std::abs(middle - table.x) < kBesideSide * char_height) beside[0].push_back(box);
        if (thin && low && std::abs(middle - table.br().x) < kBesideSide * char_height) beside[1].push_back(box);
    }
    const int apart = cvRound(kFromWriting * char_height);
    for (const bool right : {false, true}) {
        auto [boxes, column] = on_one_column(std::move(beside[right]));
        const auto reaches_column = [&, column = column](const cv::Rect& box) {
            return right ? box.br().x > column.start - apart && box.x < column.end + char_height
                         : box.x < column.end + apart && box.br().x > column.start - char_height;
        };
        if (boxes.size() < kFewestCrumbs || std::ranges::any_of(writing, reaches_column)) continue;
        crumbs.insert(crumbs.end(), boxes.begin(), boxes.end());
    }
    return crumbs;
}

std::vector<cv::Rect> find_specks(const Pieces& pieces, cv::Size size, double char_height) {
    const double largest = std::max(3.0, kLargest * char_height);
    std::vector<cv::Rect> dots, digits;
    Places near(size);
    for (const Piece& piece : pieces.all) {
        const cv::Rect& box = piece.box;
        if (longer_side(box) <= largest) {
            dots.push_back(box);
            continue;
        }
        const cv::Point2d margin(kApart * char_height, kApart * char_height);
        near.mark(cv::Point2d(box.tl()) - margin, cv::Point2d(box.br()) + margin);
        if (box.height > kLowest * char_height && box.height < kTallest * char_height) digits.push_back(box);
    }
    std::vector<int> sides;  // of dots that stand alone
    for (const cv::Rect& dot : dots)
        if (!near.holds(dot)) sides.push_back(longer_side(dot));
    if (static_cast<double>(sides.size()) < kStrewn * size.area() / (char_height * char_height)) return {};
    const auto usual = sides.begin() + static_cast<std::ptrdiff_t>(kUsual * static_cast<double>(sides.size() - 1));
    std::nth_element(sides.begin(), usual, sides.end());
    const Rows rows(dots, kNextInRow * char_height);
    std::erase_if(dots, [&](const cv::Rect& dot) {
        return longer_side(dot) > *usual || rows.have(dot) ||
               (near.holds(dot) && may_be_point(dot, digits, char_height));
    });
    return dots;
}

}  // namespace biaod::layout
