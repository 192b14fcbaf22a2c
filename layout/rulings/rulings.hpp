// Straight rulings of a page: where they are, joined over gaps.
#pragma once

#include <opencv2/core.hpp>
#include <utility>
#include <vector>

#include "layout/runs.hpp"

namespace biaod::layout {

// A horizontal or vertical ruling; px of the picture it was found in.
struct Ruling {
    bool horizontal = true;
    double at = 0;         // y of a horizontal, x of a vertical ruling (middle of the stroke)
    double from = 0;       // x or y where it starts
    double to = 0;         // and ends
    double thickness = 1;  // px
    double inked = 0;      // px of its length that ink covers; the rest are gaps that were bridged
    double length() const { return to - from; }
};

// More rulings than pages with tables have: a hatched picture.
inline constexpr std::size_t kMostRulings = 2000;

// What it covers, and so many px beside it.
cv::Rect stroke_of(const Ruling& r, double beside = 0);

// Makes `piece` a part of `mate`, which is on the same line and begins before it; the longer one tells more of where.
void append_piece(Ruling& mate, const Ruling& piece);

// Whether the two lie across each other and cross or nearly touch, within `reach` px; or `r` and one of `all`.
bool touch(const Ruling& a, const Ruling& b, double reach);
bool touches_any(const Ruling& r, const std::vector<Ruling>& all, double reach);

// Whether `other` lies across `r` and passes its point `end` (px along it), within `reach` px; or one of `all` does.
bool passes(const Ruling& other, const Ruling& r, double end, double reach);
bool anchored(const Ruling& r, double end, const std::vector<Ruling>& all, double reach);

// Those of the page turned over its diagonal: horizontals become verticals, and the other way round.
void turn_over_diagonal(std::vector<Ruling>& rulings);

// Shares of the ruling's length that have ink beside them, from `from` to `to` px off its stroke: above or left of it,
// and below or right of it.
std::pair<double, double> ink_beside(const Ruling& r, const cv::Mat& ink, double from, double to);

// What of a page's ink runs far enough along one direction to be a piece of a ruling.
struct RulingRuns {
    Runs horizontal;
    Runs vertical;  // with the axes swapped: a run's `y` is a column of the page
};

// Runs of ink longer than a stroke of writing (1.1 of `char_height`, px) along each direction, small gaps bridged.
RulingRuns find_ruling_runs(const cv::Mat& ink, double char_height);

// Straight rulings of a level page. `char_height` (px) is the unit of every tolerance: pieces on one line within 0.25
// of it and with a gap below 1.2 of it are joined; a double ruling is left as two. Long pieces are joined over 4 of it
// where another ruling of the table runs along the gap and none across ends it: there a ruling did not print.
// Strokes of writing are taken out (ruling_strokes.hpp); `ink` is the page's.
std::vector<Ruling> find_rulings(const RulingRuns& runs, const cv::Mat& ink, double char_height);

}  // namespace biaod::layout
