#include "layout/rulings/ruling_traces.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {
namespace {

constexpr int kUnit = 40;

struct Page {
    cv::Mat ink = cv::Mat::zeros(600, 900, CV_8UC1);

    void line(int x0, int y0, int x1, int y1) { cv::line(ink, {x0, y0}, {x1, y1}, 255, 3); }
};

TEST(RulingTraces, TheyFollowABentRuling) {
    Page page;
    for (int x = 100; x < 800; ++x)
        page.line(x, 300 + (x - 450) * (x - 450) / 20000, x + 1, 300 + (x - 450) * (x - 450) / 20000);
    const auto traces = trace_rulings(find_ruling_runs(page.ink, kUnit), 200, 20);
    ASSERT_EQ(traces.size(), 1u);
    EXPECT_TRUE(traces[0].horizontal);
    for (const cv::Point2d p : traces[0].points) EXPECT_NEAR(p.y, 300 + (p.x - 450) * (p.x - 450) / 20000, 2);
}

// Found on a scan with double rulings, which part at each crossing: the verticals leaned, and none was long enough.
TEST(RulingTraces, PiecesOfOneRulingHaveOneTrace) {
    const auto traces = [](int gap, int offset, int length = 80) {
        Page page;
        for (int i = 0; i < 5; ++i) {
            const int top = 50 + i * (length + gap), left = 300 + i * (1 + offset);
            for (const int x : {left, left + 9}) page.line(x, top, x, top + length - 1);
        }
        return trace_rulings(find_ruling_runs(page.ink, kUnit), 5 * kUnit, kUnit);
    };
    const std::vector<RulingTrace> leaning = traces(12, 0);
    ASSERT_EQ(leaning.size(), 2u) << "both strokes";
    for (const RulingTrace& trace : leaning) EXPECT_NEAR(trace.points.back().x - trace.points.front().x, 4, 0.6);
    EXPECT_TRUE(traces(60, 0).empty()) << "apart";
    EXPECT_TRUE(traces(12, 7).empty()) << "not in line";
    EXPECT_TRUE(traces(12, 0, 50).empty()) << "as short as strokes";
    Page leaning_on;  // one begins where the other ends, but for the way
    for (const int y : {200, 209}) leaning_on.line(100, y, 800, y + 9);
    EXPECT_EQ(trace_rulings(find_ruling_runs(leaning_on.ink, kUnit), 5 * kUnit, kUnit).size(), 2u);
}

}  // namespace
}  // namespace biaod::layout
