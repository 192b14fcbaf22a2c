#include "layout/sheet_margins.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kOuterShare = 0.12;   // of the sheet's height
constexpr double kMarginShare = 0.08;  // of it
constexpr double kEdgeShare = 0.025;

// As far from the nearer end of the sheet, as a share of its height; below 0 on the desk.
double from_end(double y, double height, const DeskStrips& desk) {
    return std::min(y - desk.above, height - desk.below - y) / (height - desk.above - desk.below);
}

}  // namespace

bool in_outer_part(double y, double height, const DeskStrips& desk) { return from_end(y, height, desk) < kOuterShare; }

bool in_margin_of_sheet(double y, double height, const DeskStrips& desk) {
    return from_end(y, height, desk) < kMarginShare;
}

bool at_edge_of_sheet(double y, double height, const DeskStrips& desk) {
    return from_end(y, height, desk) < kEdgeShare;
}

int writing_in(const cv::Mat& text, const cv::Rect& where, const DeskStrips& desk, double unit) {
    const double sheet = text.rows - desk.above - desk.below;
    const auto row = [&](double share) { return cvRound(desk.above + share * sheet); };
    const auto part = [&](double from, double to) {
        const cv::Rect rows(cv::Point(0, row(from)), cv::Point(text.cols, row(to)));
        return text(where & rows & cv::Rect({0, 0}, text.size()));
    };
    int count = 0;
    if (const cv::Mat body = part(kOuterShare, 1 - kOuterShare); !body.empty()) count += cv::countNonZero(body);
    for (const cv::Mat& outer : {part(kMarginShare, kOuterShare), part(1 - kOuterShare, 1 - kMarginShare)})
        if (!outer.empty() && cv::boundingRect(outer).width > kWidestPageNumber * unit)
            count += cv::countNonZero(outer);
    return count;
}

}  // namespace biaod::layout
