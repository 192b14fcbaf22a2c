// The courses of rulings on a page that is not flat yet.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// The course of a ruling that may be bent, for flattening: points along its middle, in order.
struct RulingTrace {
    bool horizontal = true;
    std::vector<cv::Point2d> points;
};

// Traces of the rulings at least `min_length` px long, with a point about every `step` px. Pieces in one line
// are one ruling where less than a step is missing between them.
std::vector<RulingTrace> trace_rulings(const RulingRuns& runs, double min_length, double step);

// Fewer tell nothing of how a page is bent.
inline constexpr int kMinTraces = 3;

// Rulings that end this near to each other meet; of the page's width.
inline constexpr double kTouch = 0.01;

// Whether two of one direction begin and end beside each other on a page of `size`.
bool run_along(const RulingTrace& a, const RulingTrace& b, cv::Size size);

// Two long rulings close to each other, as above and below the only row of a table; a sheet's edges are far apart.
bool are_twins(const RulingTrace& a, const RulingTrace& b, cv::Size size);

}  // namespace biaod::layout
