// Takes skew, perspective and gentle curl out of a page in one resampling.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/cleaning/bend.hpp"
#include "layout/rulings/ruling_traces.hpp"

namespace biaod::layout {

// A smooth displacement that makes each trace level (horizontal) or plumb (vertical).
class Flattening {
  public:
    // `size` of the page, px. Too few traces leave the page as it is. `waves`: it may lie in waves.
    static Flattening fit(const std::vector<RulingTrace>& traces, cv::Size size, bool waves = false);

    // Where a point of the page comes to lie, px.
    cv::Point2d forward(cv::Point2d p) const;

    // The point that comes to lie at p (fixed-point iteration).
    cv::Point2d backward(cv::Point2d p) const;

    double largest_displacement() const;  // px, over the page

    // Whether waves were taken out; whether half of the traces of a direction or more are bent still.
    bool has_waves() const { return rows_.has_waves() || columns_.has_waves(); }
    bool leaves_waves() const { return rows_.leaves_waves() || columns_.leaves_waves(); }

  private:
    Bend rows_, columns_;
    cv::Size size_;
};

// Nodes every `step` px: the upright page's point for each point of the flattened page, after the skew of
// `skew_degrees` about the page's middle was undone. CV_32FC2.
cv::Mat coarse_map(const Flattening& flattening, double skew_degrees, cv::Size size, int step);

}  // namespace biaod::layout
