#include "layout/cleaning/fills.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "layout/cleaning/blocks.hpp"
#include "layout/cleaning/levels.hpp"
#include "layout/kernel.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

constexpr int kLeastSide = 32;      // px: no table is smaller
constexpr int kScale = 4;           // fills are looked for in a picture so many times smaller
constexpr double kThickest = 0.8;   // character heights; rulings and strokes of titles are thinner, fills thicker
constexpr double kPaperReach = 12;  // character heights around a place in which paper is to be seen
constexpr double kLeastStep = 0.1;  // of the paper's level, to a fill: less can't be told from a shadow
constexpr double kDarkerThanPaper = 1 - kLeastStep;
constexpr double kNearlyPaper = 0.97;
constexpr double kLeastArea = 2;       // in squares of a character's height: a cell, not the ground of one character
constexpr double kDarkest = 0.35;      // of the paper; darker is a black border or a picture
constexpr double kWhite = 0.9;         // of a fill's level: what its grain hardly falls below
constexpr double kOfContrast = 0.15;   // between ink and a fill, or so much where print is pale: its rulings are paler
constexpr double kLeastContrast = 40;  // grey levels between ink and a fill; no more is made of less
constexpr double kOfFill = 0.8;        // of its level: darker at its edge is a ruling
constexpr double kLevelReach = 3;      // character heights around a place that its fill's level is taken from
constexpr int kRounds = 3;             // fills of other shades that adjoin
constexpr int kOutlineAt = 2;          // small px around fills
constexpr double kSharpOutline = 0.5;  // of the difference between a fill's level and the paper's
constexpr double kSharpShare = 0.25;   // of a fill's outline
constexpr int kEdgePixels = 1;         // as wide as a hairline
constexpr int kEdgeReach = 2;          // px to either side in which a fill's level becomes the paper's
constexpr double kSharpEdge = 0.7;     // of the difference of the two
constexpr double kStepBefore = 0.35;   // of that, in the picture before any fill was lifted

// The level of the paper around each place, for an uneven light. `blocks` are the lightest points; `char_height` in
// blocks.
cv::Mat paper_level(const cv::Mat& blocks, double char_height) {
    constexpr int kCoarser = 4;
    cv::Mat paper = means_of_blocks(blocks, {kCoarser, kCoarser});
    const int reach = std::max(3, static_cast<int>(kPaperReach * char_height / kCoarser) | 1);
    cv::dilate(paper, paper, box_kernel(reach));
    cv::blur(paper, paper, {reach, reach});
    return enlarged(paper, kCoarser, blocks.size());
}

// The level of a fill around each of its places (`inside`, 255 = fill): a shadow has no level of its own.
// Writing in it, which is darker than the mean, does not count.
cv::Mat local_levels(const cv::Mat& small, const cv::Mat& inside, double char_height) {
    const int window = static_cast<int>(kLevelReach * char_height / kScale) | 1;
    cv::Mat values, levels;
    small.convertTo(values, CV_32F);
    cv::max(values, mean_within(values, inside, window), values);
    mean_within(values, inside, window).convertTo(levels, CV_8U);
    levels.setTo(0, inside == 0);
    return levels;
}

struct Fill {
    std::vector<int> histogram = std::vector<int>(256);
    double paper = 0;
    double area = 0;
    int level = 0;
    bool lifted = false, at_edge = false;  // of the picture: what the paper lies on

    // `least_area` of a fill, in small pixels.
    void measure(double least_area) {
        // The level about which most of the area lies: the fill's own, for writing covers less.
        const auto mass = [&](int middle) {
            int sum = 0;
            for (int i = std::max(0, middle - 4); i <= std::min(255, middle + 4); ++i)
                sum += histogram[static_cast<std::size_t>(i)];
            return sum;
        };
        int most = 0;
        for (int i = 0; i < 256; ++i)
            if (const int m = mass(i); m > most) {
                most = m;
                level = i;
            }
        const double mean_paper = paper / area;
        lifted = area > least_area && level < kDarkerThanPaper * mean_paper && level > kDarkest * mean_paper;
    }
};

// How much the grey changes within a few points around each.
cv::Mat steps_of(const cv::Mat& gray) {
    cv::Mat smooth, lightest, darkest;
    cv::blur(gray, smooth, {3, 3});
    cv::dilate(smooth, lightest, box_kernel(2 * kEdgeReach + 1));
    cv::erode(smooth, darkest, box_kernel(2 * kEdgeReach + 1));
    return lightest - darkest;
}

// The edge of fills towards paper, where the grey changes at once: a shadow has none. It must have changed before any
// fill was lifted, too, if less: `first_steps` is empty in the first round, and keeps that round's changes. `level` of
// the fills, 0 beside them, and `paper` are small.
void mark_edges(const cv::Mat& gray, const cv::Mat& level, const cv::Mat& paper, cv::Mat& first_steps, cv::Mat& edges) {
    cv::Mat halfway, least, whole;
    cv::addWeighted(level, 0.5, paper, 0.5, 0, halfway);
    cv::subtract(paper, level, least);
    halfway.setTo(0, (level == 0) | (least < kLeastStep * paper));
    least *= kSharpEdge;
    cv::resize(halfway, whole, gray.size(), 0, 0, cv::INTER_NEAREST);
    cv::Mat filled = gray < whole, inner;
    cv::morphologyEx(filled, filled, cv::MORPH_CLOSE, box_kernel(3));
    cv::erode(filled, inner, box_kernel(2 * kEdgePixels + 1));
    cv::resize(least, whole, gray.size(), 0, 0, cv::INTER_NEAREST);
    const cv::Mat steps = steps_of(gray);
    if (first_steps.empty()) first_steps = steps;
    edges |= filled & ~inner & (steps >= whole) & (first_steps >= kStepBefore * whole);
}

// Takes out the shadows among the fills. Fills that lie close together are judged as one: along a part of their outline
// at least, most of the difference between their level and the paper's lies within a few points; that of a shadow lies
// nowhere so. `of_fill` tells the piece of `mask` that each of its runs belongs to; all pictures are small.
void drop_shadows(const cv::Mat& small, const cv::Mat& mask, const Runs& runs, const std::vector<int>& of_fill,
                  std::vector<Fill>& fills) {
    cv::Mat near, inner, inside, outside;
    cv::dilate(mask, near, box_kernel(2 * kOutlineAt + 1));
    cv::erode(near, inner, box_kernel(3));
    small.copyTo(inside, mask);
    cv::dilate(inside, inside, box_kernel(2 * kOutlineAt + 3));
    cv::dilate(small, outside, box_kernel(2 * kOutlineAt + 3));
    struct Cluster {
        double area = 0, level = 0, paper = 0;
        int outline = 0, sharp = 0;
    };
    const Runs wide = find_runs(near);
    const Pieces pieces = connect(wide);
    std::vector<Cluster> clusters(pieces.all.size());
    cv::Mat cluster_at(small.size(), CV_32SC1, cv::Scalar(0));
    for (std::size_t i = 0; i < wide.size(); ++i)
        cluster_at.row(wide[i].y).colRange(wide[i].from, wide[i].to).setTo(pieces.of_run[i]);
    std::vector<int> cluster_of(fills.size());
    for (std::size_t i = 0; i < runs.size(); ++i)
        cluster_of[static_cast<std::size_t>(of_fill[i])] = cluster_at.at<int>(runs[i].y, runs[i].from);
    for (std::size_t i = 0; i < fills.size(); ++i) {
        if (!fills[i].lifted) continue;
        Cluster& cluster = clusters[static_cast<std::size_t>(cluster_of[i])];
        cluster.area += fills[i].area;
        cluster.level += fills[i].area * fills[i].level;
        cluster.paper += fills[i].paper;
    }
    for (std::size_t i = 0; i < wide.size(); ++i) {
        Cluster& cluster = clusters[static_cast<std::size_t>(pieces.of_run[i])];
        if (cluster.area == 0) continue;
        const double least = kSharpOutline * (cluster.paper - cluster.level) / cluster.area;
        for (int x = wide[i].from; x < wide[i].to; ++x) {
            if (inner.at<std::uint8_t>(wide[i].y, x) != 0) continue;
            ++cluster.outline;
            const int step = outside.at<std::uint8_t>(wide[i].y, x) - inside.at<std::uint8_t>(wide[i].y, x);
            cluster.sharp += step >= least;
        }
    }
    for (std::size_t i = 0; i < fills.size(); ++i) {
        const Cluster& cluster = clusters[static_cast<std::size_t>(cluster_of[i])];
        if (cluster.sharp < kSharpShare * cluster.outline) fills[i].lifted = false;
    }
}

// Lifts what it finds; whether there was anything.
bool lift_once(cv::Mat& gray, double char_height, bool scanned, double black, cv::Mat& first_steps, cv::Mat& edges) {
    cv::Mat small = lightest_of_blocks(gray, kScale);
    const cv::Mat paper = paper_level(small, char_height / kScale), means = lightest_means(gray, kScale);
    // A block at the edge of a fill may hold the ruling between it and paper: there the lightest point counts.
    cv::Mat inner, mask;
    cv::erode(means < paper * kDarkerThanPaper, inner, box_kernel(3));
    means.copyTo(small, inner);
    const cv::Mat darker = small < paper * kDarkerThanPaper;
    const int thick = std::max(3, static_cast<int>(kThickest * char_height / kScale));
    // An opening that keeps the place, also where `thick` is even.
    const int back = thick - 1 - thick / 2;
    cv::erode(darker, mask, box_kernel(thick));
    cv::dilate(mask, mask, box_kernel(thick), {back, back});
    const Runs runs = find_runs(mask);
    const Pieces pieces = connect(runs);
    std::vector<Fill> fills(pieces.all.size());
    for (std::size_t i = 0; i < runs.size(); ++i) {
        Fill& fill = fills[static_cast<std::size_t>(pieces.of_run[i])];
        for (int x = runs[i].from; x < runs[i].to; ++x) {
            ++fill.histogram[small.at<std::uint8_t>(runs[i].y, x)];
            fill.paper += paper.at<std::uint8_t>(runs[i].y, x);
        }
        fill.area += runs[i].length();
        fill.at_edge = fill.at_edge || runs[i].from == 0 || runs[i].to == small.cols || runs[i].y == 0 ||
                       runs[i].y == small.rows - 1;
    }
    for (Fill& fill : fills) fill.measure(kLeastArea * (char_height / kScale) * (char_height / kScale));
    if (scanned) drop_shadows(small, mask, runs, pieces.of_run, fills);
    cv::Mat lifted = cv::Mat::zeros(small.size(), CV_8UC1), around_paper = lifted.clone();
    bool any = false;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const Fill& fill = fills[static_cast<std::size_t>(pieces.of_run[i])];
        if (!fill.lifted) continue;
        any = true;
        lifted.row(runs[i].y).colRange(runs[i].from, runs[i].to).setTo(255);
        if (fill.at_edge) around_paper.row(runs[i].y).colRange(runs[i].from, runs[i].to).setTo(255);
    }
    if (!any) return false;
    // What is left in the middle of fills, as between the rulings of a corner, would stand out as ink.
    cv::Mat closed;
    cv::morphologyEx(lifted, closed, cv::MORPH_CLOSE, box_kernel(2 * thick + 1));
    cv::bitwise_and(closed, darker, closed);
    cv::bitwise_or(lifted, closed, lifted);
    // So would a patch of a pale fill that its grain made lighter than the rest.
    cv::morphologyEx(lifted, closed, cv::MORPH_CLOSE, box_kernel(4 * thick + 1));
    closed &= small < paper * kNearlyPaper;
    cv::bitwise_or(lifted, closed, closed);
    cv::erode(closed, closed, box_kernel(thick));
    cv::dilate(closed, closed, box_kernel(thick), {back, back});
    cv::bitwise_or(lifted, closed, lifted);
    const cv::Mat levels = local_levels(small, lifted, char_height);
    cv::Mat with_edges;
    cv::dilate(levels, with_edges, box_kernel(3));
    cv::Mat of_cells = with_edges.clone();
    cv::dilate(around_paper, around_paper, box_kernel(2 * thick + 1));
    of_cells.setTo(0, around_paper);
    mark_edges(gray, of_cells, paper, first_steps, edges);
    for (int y = 0; y < gray.rows; ++y) {
        auto* row = gray.ptr<std::uint8_t>(y);
        const int place = std::min(y / kScale, levels.rows - 1);
        const auto *inside = levels.ptr<std::uint8_t>(place), *level = with_edges.ptr<std::uint8_t>(place);
        const auto* around = paper.ptr<std::uint8_t>(place);
        for (int x = 0; x < gray.cols; ++x) {
            const int k = std::min(x / kScale, levels.cols - 1);
            // Around a fill, what is darker is the ruling between it and paper.
            if (level[k] == 0 || (inside[k] == 0 && row[x] < kOfFill * level[k])) continue;
            // As light as the paper around it: lighter, it would make that stand out as ink.
            const double to = around[k],
                         white = std::max(kWhite * level[k], level[k] - kOfContrast * (level[k] - black));
            const double scale = std::max(0.0, to - black) / std::max(kLeastContrast, white - black);
            row[x] = cv::saturate_cast<std::uint8_t>(to - std::max(0.0, white - row[x]) * scale);
        }
    }
    return true;
}

}  // namespace

cv::Mat lift_fills(cv::Mat& gray, double char_height, bool scanned) {
    if (std::min(gray.rows, gray.cols) < kLeastSide) return {};
    const double black = Levels(gray).darkest();
    cv::Mat edges = cv::Mat::zeros(gray.size(), CV_8UC1);
    int round = 0;
    cv::Mat first_steps;
    while (round < kRounds && lift_once(gray, char_height, scanned, black, first_steps, edges)) ++round;
    return round > 0 ? edges : cv::Mat();
}

}  // namespace biaod::layout
