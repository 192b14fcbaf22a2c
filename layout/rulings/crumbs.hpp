// Crumbs: what a scan left of a thin ruling, where pieces long enough to be found are gone.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

constexpr double kLeastCrumbs = 0.08;  // of a way is inked; or half of that, where no ink is around

// Looks for crumbs of horizontals in `faint` (CV_8UC1, 255 = ink): in the way, in px, from `from` to `to` along the row
// `at`, but for last() and share_of_side() without the ink of the verticals among `rulings`. `char_height` px.
class Crumbs {
  public:
    // Keeps a reference to `rulings`.
    Crumbs(const std::vector<Ruling>& rulings, const cv::Mat& faint, double char_height)
        : rulings_(rulings), faint_(faint), unit_(char_height) {}

    // Whether thin crumbs lie in most parts of the way, or `everywhere` on it, and hardly any ink beside it; a few are
    // enough where there is none for half a character above and below, and half of the way where one is longer than a
    // dash.
    bool lead(double at, double from, double to, bool everywhere) const;

    // Whether thin crumbs that are no strokes lie in each part of the way, on a quarter of it in all, with nothing to
    // one side.
    bool run_through(double at, double from, double to) const;

    // Whether any ink lies in two quarters of the way: a trace, where pieces on both sides tell more.
    bool are_traces(double at, double from, double to) const;

    // Whether there is so much more ink on the way than beside it as specks of the paper are not.
    bool are_more_than_beside(double at, double from, double to) const;

    // How far from `from` the last ink before `to`, which may lie to either side, is.
    double last(double at, double from, double to) const;

    // What share of a vertical at `side` is left above the row or below, where more is; 0 where there is not less ink
    // beside it.
    double share_of_side(double side, double at) const;

  private:
    cv::Mat columns(double from, double to, double top, double bottom) const;
    void take_out_verticals(cv::Mat& columns, double at, double from) const;
    bool are_thin(const cv::Mat& crumbs) const;
    bool is_spread(const cv::Mat& crumbs, bool everywhere) const;

    const std::vector<Ruling>& rulings_;
    const cv::Mat faint_;
    double unit_;
};

}  // namespace biaod::layout
