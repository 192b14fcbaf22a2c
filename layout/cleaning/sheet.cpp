#include "layout/cleaning/sheet.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <vector>

#include "layout/kernel.hpp"
#include "models/median.hpp"

namespace biaod::layout {
namespace {

constexpr double kOuter = 0.2;   // of the picture, where an edge may be
constexpr double kLean = 0.105;  // tangent of 6 degrees
constexpr int kBeside = 3;       // px from an edge to where the levels on either side are taken,
constexpr int kCurl = 6;         // px that an edge may lie off a straight line
constexpr int kPaperReach = 9;   // px from an edge, where there is paper beside any ruling
constexpr int kAlong = 9;        // means of so many along it: the grain of a desk is gone
constexpr double kStep = 0.1;    // of the level inside
constexpr double kAtOnce = 0.6;  // of a step, within two px
constexpr int kEvery = 4;        // px along an edge between two votes
constexpr double kVotes = 0.8;   // of an edge's length
constexpr double kAlike = 0.95;  // of the paper's level
constexpr double kPaper = 0.2;   // of what lies beyond may be as light as that

// A line across a picture: its rows in the first and in the last column.
struct Edge {
    int from, to;

    double row(int x, int columns) const { return from + static_cast<double>(to - from) * x / (columns - 1); }
};

// The mean levels of small parts of a row.
cv::Mat levels_of(const cv::Mat& picture) {
    cv::Mat levels;
    cv::blur(picture, levels, {kAlong, 1});
    return levels;
}

// How much lighter the outer rows become on the way into the picture, at once: a shadow becomes so bit by bit. 0 where
// they hardly do; CV_8UC1.
cv::Mat steps(const cv::Mat& levels) {
    const int rows = static_cast<int>(kOuter * levels.rows);
    cv::Mat out = cv::Mat::zeros(rows, levels.cols, CV_8UC1);
    if (rows <= kBeside) return out;
    for (int y = 1; y < rows; ++y) {
        const auto* outside = levels.ptr<std::uint8_t>(std::max(0, y - kBeside));
        const auto* before = levels.ptr<std::uint8_t>(y - 1);
        const auto* after = levels.ptr<std::uint8_t>(y + 1);
        const auto* inside = levels.ptr<std::uint8_t>(y + kBeside);
        for (int x = 0; x < levels.cols; ++x) {
            const int step = inside[x] - outside[x];
            if (step > kStep * inside[x] && after[x] - before[x] > kAtOnce * step)
                out.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(step);
        }
    }
    cv::dilate(out, out, box_kernel(1, 3));
    return out;
}

// Of the lines with enough votes, that along which the grey steps most.
std::optional<Edge> most_voted(const cv::Mat& votes) {
    const int lean = static_cast<int>(kLean * votes.cols);
    int most = 0;
    std::optional<Edge> best;
    for (int from = 0; from < votes.rows; ++from)
        for (int to = std::max(0, from - lean); to < std::min(votes.rows, from + lean + 1); ++to) {
            const Edge edge{from, to};
            int count = 0, sum = 0;
            for (int x = 0; x < votes.cols; x += kEvery) {
                const int step = votes.at<std::uint8_t>(cvRound(edge.row(x, votes.cols)), x);
                count += step > 0;
                sum += step;
            }
            if (sum <= most || count * kEvery < kVotes * votes.cols) continue;
            most = sum;
            best = edge;
        }
    return best;
}

// The edge's row in each column: a sheet may be curled.
std::vector<int> course(const Edge& edge, const cv::Mat& votes) {
    std::vector<int> rows;
    for (int x = 0; x < votes.cols; ++x) {
        const int middle = cvRound(edge.row(x, votes.cols));
        const int from = std::max(0, middle - kCurl), to = std::min(votes.rows, middle + kCurl + 1);
        int first = middle, last = middle;  // of those where it steps most: an edge has some
        for (int y = from; y < to; ++y) {
            const int step = votes.at<std::uint8_t>(y, x), most = votes.at<std::uint8_t>(first, x);
            if (step > most) first = y;
            if (step >= most) last = y;
        }
        rows.push_back((first + last + 1) / 2);
    }
    std::vector<int> smooth;
    for (std::ptrdiff_t x = 0; x < std::ssize(rows); ++x) {
        smooth.push_back(models::median(std::vector(rows.begin() + std::max<std::ptrdiff_t>(0, x - kAlong),
                                                    rows.begin() + std::min(std::ssize(rows), x + kAlong + 1))));
    }
    return smooth;
}

// What lies above the edge; empty where too much of it, or a line along the edge, is as light as the paper below.
cv::Mat beyond(const std::vector<int>& edge, const cv::Mat& levels) {
    cv::Mat mask = cv::Mat::zeros(levels.size(), CV_8UC1);
    std::vector<int> all(static_cast<std::size_t>(levels.rows)), alike(all);  // by how far from the edge
    for (int x = 0; x < levels.cols; ++x) {
        const int end = edge[static_cast<std::size_t>(x)];
        double paper = 0;
        cv::minMaxLoc(levels.col(x).rowRange(end + kBeside, std::min(end + kPaperReach, levels.rows)), nullptr, &paper);
        mask.col(x).rowRange(0, end).setTo(255);
        for (int y = 0; y <= end - kBeside; ++y) {
            const auto away = static_cast<std::size_t>(end - y);
            ++all[away];
            alike[away] += levels.at<std::uint8_t>(y, x) > kAlike * paper;
        }
    }
    for (std::size_t away = 0; away < all.size(); ++away)
        if (2 * all[away] > levels.cols && 2 * alike[away] > all[away]) return {};
    const auto sum = [](const std::vector<int>& counts) { return std::accumulate(counts.begin(), counts.end(), 0); };
    return sum(alike) > kPaper * sum(all) ? cv::Mat() : mask;
}

}  // namespace

std::vector<cv::Mat> beyond_sheet(const cv::Mat& picture) {
    std::vector<cv::Mat> out;
    for (int turn = 0; turn < 4; ++turn) {
        cv::Mat turned;
        // Each side is the upper one in turn.
        if (turn == 0) turned = picture;
        if (turn == 1) cv::rotate(picture, turned, cv::ROTATE_90_CLOCKWISE);
        if (turn == 2) cv::rotate(picture, turned, cv::ROTATE_180);
        if (turn == 3) cv::rotate(picture, turned, cv::ROTATE_90_COUNTERCLOCKWISE);
        const cv::Mat levels = levels_of(turned);
        const cv::Mat votes = steps(levels);
        const auto edge = most_voted(votes);
        if (!edge) continue;
        cv::Mat mask = beyond(course(*edge, votes), levels);
        if (mask.empty()) continue;
        if (turn == 1) cv::rotate(mask, mask, cv::ROTATE_90_COUNTERCLOCKWISE);
        if (turn == 2) cv::rotate(mask, mask, cv::ROTATE_180);
        if (turn == 3) cv::rotate(mask, mask, cv::ROTATE_90_CLOCKWISE);
        out.push_back(mask);
    }
    return out;
}

}  // namespace biaod::layout
