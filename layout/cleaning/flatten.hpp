// Takes skew, perspective and gentle curl out of a page in one resampling.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/ruling_traces.hpp"

namespace biaod::layout {

// A smooth displacement that makes each trace level (horizontal) or plumb (vertical).
//
// Model: y' = y + P(x, y), x' = x + Q(x, y), P and Q polynomials of degree 3 along the trace and 1 across it, fitted by
// ridge least squares with one unknown level for each trace; outlying traces are dropped and the fit repeated. A few
// short traces tell of a lean alone, and of one that is not small.
class Flattening {
  public:
    // `size` of the page, px. Too few traces leave the page as it is.
    static Flattening fit(const std::vector<RulingTrace>& traces, cv::Size size);

    // Where a point of the page comes to lie, px.
    cv::Point2d forward(cv::Point2d p) const;

    // The point that comes to lie at p (fixed-point iteration).
    cv::Point2d backward(cv::Point2d p) const;

    double largest_displacement() const;  // px, over the page

  private:
    static constexpr int kTerms = 6;
    double terms_y_[kTerms] = {};
    double terms_x_[kTerms] = {};
    cv::Size size_;
};

// Nodes every `step` px: the upright page's point for each point of the flattened page, after the skew of
// `skew_degrees` about the page's middle was undone. CV_32FC2.
cv::Mat coarse_map(const Flattening& flattening, double skew_degrees, cv::Size size, int step);

// Resamples `upright` by a coarse map (bilinear between the nodes, linear in the picture, white outside).
cv::Mat resample(const cv::Mat& upright, const cv::Mat& map, int step);

}  // namespace biaod::layout
