// How the rulings of one direction are bent.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/ruling_traces.hpp"

namespace biaod::layout {

// The displacement across its rulings that makes them level: a polynomial of degree 3 along and 1 across, and for a
// sheet that lies in waves cubic B-splines along, each times a polynomial of degree 3 across. Fitted by ridge least
// squares with one unknown level for each trace; outlying traces are dropped and the fit repeated.
class Bend {
  public:
    // Of `traces`, px of a page of `size`, those of one direction tell. Too few leave the page as it is. A few short
    // ones tell of a lean alone, and of one that is not small. Waves are taken only where they explain much of what a
    // polynomial leaves.
    static Bend fit(const std::vector<RulingTrace>& traces, bool horizontal, cv::Size size, bool waves);

    // px at a place along and across the traces, each -1..1 over the page.
    double at(double along, double across) const;

    bool has_waves() const;

    // Whether half of the traces or more are clearly bent still.
    bool leaves_waves() const;

  private:
    std::vector<double> terms_;     // none: as it is
    double first_ = -1, last_ = 1;  // across, where traces tell of waves
    double left_ = 0;               // px that the middle one of the traces is bent still
};

}  // namespace biaod::layout
