#include "layout/rulings/pale_lines.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "layout/cleaning/blocks.hpp"
#include "layout/kernel.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

constexpr double kStep = 0.2;    // character heights seen at a time: the grain of paper is gone
constexpr double kLeast = 5;     // character heights of a line
constexpr int kPaper = 4;        // px from a line to the paper on either side
constexpr int kContrast = 14;    // grey levels between the two, at least,
constexpr int kPale = 80;        // and at most: more is ink
constexpr int kCrossing = 5;     // steps from one that is seen to the next, over a line across,
constexpr int kAcross = 5;       // which is so many grey levels darker than paper and leaves so many of this one
constexpr double kDrift = 0.01;  // of its length that a line may go up or down by
constexpr int kThickest = 3;     // px, with what it strays by

// The picture, which becomes that of `step` px along its columns to a point, with x and y swapped.
cv::Mat steps_of(const cv::Mat& upright, int step) {
    return transposed(means_of_blocks(upright.rowRange(0, upright.rows / step * step), {1, step}));
}

// Where the rows are darker than those on either side: 255. A line across hides some of that.
cv::Mat darker_steps(const cv::Mat& steps) {
    cv::Mat darker = cv::Mat::zeros(steps.size(), CV_8UC1);
    if (steps.rows <= 2 * kPaper) return darker;
    const cv::Mat above = steps.rowRange(0, steps.rows - 2 * kPaper), below = steps.rowRange(2 * kPaper, steps.rows);
    cv::Mat paper, depth, lighter, between;
    cv::min(above, below, paper);
    cv::max(above, below, lighter);
    cv::subtract(paper, steps.rowRange(kPaper, steps.rows - kPaper), depth);
    const cv::Mat seen = (depth >= kContrast) & (depth <= kPale);
    cv::morphologyEx(seen, between, cv::MORPH_CLOSE, box_kernel(kCrossing, 1));
    cv::Mat(seen | (between & (depth >= kAcross) & (lighter < 255 - kAcross)))
        .copyTo(darker.rowRange(kPaper, steps.rows - kPaper));
    return darker;
}

bool draw_lines(const cv::Mat& gray, double unit, bool upright, cv::Mat& ink) {
    const int step = std::max(4, cvRound(kStep * unit));
    if ((upright ? gray.rows : gray.cols) < step) return false;
    const cv::Mat darker = darker_steps(steps_of(upright ? gray : transposed(gray), step));
    const Runs runs = find_runs(darker);
    const Pieces pieces = connect(runs);
    bool any = false;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const cv::Rect& box = pieces.all[static_cast<std::size_t>(pieces.of_run[i])].box;
        if (box.width * step < kLeast * unit || box.height > kThickest + kDrift * step * box.width) continue;
        const cv::Range along(runs[i].from * step, runs[i].to * step), across(runs[i].y, runs[i].y + 1);
        cv::Mat line = upright ? ink(along, across) : ink(across, along);
        any = any || cv::countNonZero(line) < along.size();
        line.setTo(255);
    }
    return any;
}

}  // namespace

bool draw_pale_lines(const cv::Mat& gray, double char_height, cv::Mat& ink) {
    const bool level = draw_lines(gray, char_height, false, ink);
    return draw_lines(gray, char_height, true, ink) || level;
}

}  // namespace biaod::layout
