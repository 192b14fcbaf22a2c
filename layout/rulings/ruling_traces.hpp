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

}  // namespace biaod::layout
