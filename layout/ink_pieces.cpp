#include "layout/ink_pieces.hpp"

#include <algorithm>

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kNoise = 0.07;
constexpr double kDot = 0.22;         // a smaller piece is a mark, a part of a character or a speck
constexpr double kStroke = 0.35;      // the longer side of what is not
constexpr double kMarkReach = 0.8;    // how far from a character its marks stand
constexpr int kCoarse = 4;            // px
constexpr double kWritingSize = 1.7;  // a connected piece of writing is hardly larger
constexpr double kThin = 0.2;
constexpr double kHeading = 2.6;         // is hardly larger, either,
constexpr double kLeastOfHeading = 0.6;  // a piece of it,
constexpr double kFused = 10;            // of several characters that touch;
constexpr double kStrokesJoined = 1.6;   // of its height: longer than strokes of them
constexpr double kBold = 0.3;            // of its box is ink, more than of a piece of rulings
constexpr double kBroad = 1.25;          // a frame, of its height
constexpr double kEdge = 0.9;            // of a frame's width or height
constexpr double kBlur = 1;              // px
constexpr double kTall = 0.8;
constexpr double kWiderThanDigit = 0.75;  // of its height
constexpr double kFewWide = 0.1;          // of what is as high as characters: digits that touch

// Which of the pieces are straight at three sides at least, broader than a character and have nothing of their own in
// the middle: cells of a table with double rulings, of which a page's end may have cut one off.
std::vector<bool> find_frames(const Runs& runs, const Pieces& pieces) {
    struct Sides {
        bool level = false, middle = false;
        int left = 0, right = 0;  // rows
    };
    std::vector<Sides> sides(pieces.all.size());
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const auto piece = static_cast<std::size_t>(pieces.of_run[i]);
        const cv::Rect& box = pieces.all[piece].box;
        const int quarter = box.height / 4, down = runs[i].y - box.y, edge = box.width / 8, side = box.width / 4;
        const bool outer = down < quarter || down >= box.height - quarter;
        sides[piece].level |= outer && runs[i].length() > kEdge * box.width;
        sides[piece].middle |= !outer && runs[i].to > box.x + side && runs[i].from < box.br().x - side;
        sides[piece].left += runs[i].from < box.x + edge;
        sides[piece].right += runs[i].to > box.br().x - edge;
    }
    std::vector<bool> frames;
    for (std::size_t i = 0; i < sides.size(); ++i) {
        const auto [level, middle, left, right] = sides[i];
        const cv::Size size = pieces.all[i].box.size();
        frames.push_back(level && !middle && size.width > kBroad * size.height &&
                         std::min(left, right) > kEdge * size.height);
    }
    return frames;
}

// The longest run of each piece.
std::vector<int> longest_runs(const Runs& runs, const Pieces& pieces) {
    std::vector<int> longest(pieces.all.size());
    for (std::size_t i = 0; i < runs.size(); ++i) {
        int& most = longest[static_cast<std::size_t>(pieces.of_run[i])];
        most = std::max(most, runs[i].length());
    }
    return longest;
}

// Whether it is of the characters of a bold heading that touch: dense, and no run goes on over them all.
bool is_of_heading(const Piece& piece, int longest_run, double char_height) {
    const cv::Rect& box = piece.box;
    return std::min(box.width, box.height) > kLeastOfHeading * char_height && box.height < kHeading * char_height &&
           box.width < kFused * char_height && longest_run < kStrokesJoined * box.height &&
           piece.area > kBold * box.area();
}

}  // namespace

InkPieces::InkPieces(const cv::Mat& ink)
    : runs_(find_runs(ink)), pieces_(connect(runs_)), frames_(find_frames(runs_, pieces_)) {}

double InkPieces::char_height(double dpi, const cv::Rect& region) const {
    const double smallest = 5 * dpi / 72, largest = 30 * dpi / 72;
    std::vector<double> heights;
    for (std::size_t i = 0; i < pieces_.all.size(); ++i) {
        const cv::Rect& box = pieces_.all[i].box;
        const double w = box.width, h = box.height;
        if (h < smallest || h > largest || w > 2 * h || w < 0.3 * h || frames_[i]) continue;
        if (region.contains(box.tl())) heights.push_back(h);
    }
    if (heights.size() < 3) return 0;
    // Half of a page's pieces are parts of characters; the upper quartile is a whole one.
    const auto rank = static_cast<std::ptrdiff_t>(0.75 * static_cast<double>(heights.size()));
    std::nth_element(heights.begin(), heights.begin() + rank, heights.end());
    return heights[static_cast<std::size_t>(rank)];
}

bool InkPieces::are_digits(const cv::Rect& region, double char_height) const {
    int tall = 0, wide = 0;
    for (std::size_t i = 0; i < pieces_.all.size(); ++i) {
        const cv::Rect& box = pieces_.all[i].box;
        if (box.height < kTall * char_height || box.height > char_height / kTall || frames_[i]) continue;
        if (!region.contains(box.tl())) continue;
        ++tall;
        wide += box.width > kWiderThanDigit * box.height;
    }
    return wide < kFewWide * tall;
}

template <typename Keep>
void InkPieces::keep_pieces(cv::Mat& ink, Keep keep) const {
    std::vector<bool> kept;
    for (std::size_t i = 0; i < pieces_.all.size(); ++i) kept.push_back(keep(i));
    for (std::size_t i = 0; i < runs_.size(); ++i) {
        if (kept[static_cast<std::size_t>(pieces_.of_run[i])]) continue;
        auto* row = ink.ptr<std::uint8_t>(runs_[i].y);
        std::fill(row + runs_[i].from, row + runs_[i].to, std::uint8_t{0});
    }
}

// Where a dot can be a mark or a part of a character: beside pieces of the size of characters. At a quarter of the
// size.
cv::Mat InkPieces::around_characters(cv::Size size, double char_height) const {
    cv::Mat around = cv::Mat::zeros(size.height / kCoarse + 1, size.width / kCoarse + 1, CV_8UC1);
    const cv::Size2d reach(kMarkReach * char_height, kMarkReach / 2 * char_height);
    for (const Piece& piece : pieces_.all) {
        const int longer = std::max(piece.box.width, piece.box.height);
        if (longer < kStroke * char_height || longer > kWritingSize * char_height) continue;
        const cv::Point from(static_cast<int>((piece.box.x - reach.width) / kCoarse),
                             static_cast<int>((piece.box.y - reach.height) / kCoarse));
        const cv::Point to(static_cast<int>((piece.box.br().x + reach.width) / kCoarse) + 1,
                           static_cast<int>((piece.box.br().y + reach.height) / kCoarse) + 1);
        around(cv::Rect(from, to) & cv::Rect({0, 0}, around.size())).setTo(255);
    }
    return around;
}

void InkPieces::erase_noise(cv::Mat& ink, double char_height) const {
    const double speck = kNoise * char_height, dot = kDot * char_height;
    const cv::Rect interior(2, 2, ink.cols - 4, ink.rows - 4);
    const cv::Mat around = around_characters(ink.size(), char_height);
    keep_pieces(ink, [&](std::size_t i) {
        const cv::Rect& box = pieces_.all[i].box;
        if (box.width < speck && box.height < speck) return false;
        if ((box & interior) != box) return false;
        const cv::Point middle(box.x + box.width / 2, box.y + box.height / 2);
        return box.width > dot || box.height > dot || around.at<std::uint8_t>(middle / kCoarse) != 0;
    });
}

cv::Mat InkPieces::without_writing(const cv::Mat& ink, double char_height) const {
    cv::Mat rest = ink.clone();
    const std::vector<int> longest = longest_runs(runs_, pieces_);
    keep_pieces(rest, [&](std::size_t i) {
        const cv::Rect& box = pieces_.all[i].box;
        const int longer = std::max(box.width, box.height), shorter = std::min(box.width, box.height);
        if (shorter < kThin * char_height + kBlur && longer > 5 * shorter) return true;
        if (longer <= kWritingSize * char_height) return false;
        return frames_[i] || !is_of_heading(pieces_.all[i], longest[i], char_height);
    });
    return rest;
}

}  // namespace biaod::layout
