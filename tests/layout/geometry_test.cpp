// Skew, flattening and the way back to the page as delivered.
#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "layout/cleaning/flatten.hpp"
#include "layout/cleaning/resample.hpp"
#include "layout/cleaning/skew.hpp"
#include "layout/cleaning/transform.hpp"

namespace biaod::layout {
namespace {

cv::Mat lines_of_blocks(double degrees) {
    cv::Mat ink = cv::Mat::zeros(1400, 1000, CV_8UC1);
    for (int y = 150; y < 1250; y += 40)
        for (int x = 120; x < 860; x += 26) cv::rectangle(ink, cv::Rect(x, y, 20, 20), 255, cv::FILLED);
    const cv::Mat turn = cv::getRotationMatrix2D({500, 700}, -degrees, 1);
    cv::warpAffine(ink, ink, turn, ink.size());
    return ink > 128;
}

TEST(Skew, IsFoundToTheTwentiethOfADegree) {
    for (const double degrees : {-4.3, -0.7, 0.0, 0.35, 2.1})
        EXPECT_NEAR(estimate_skew(lines_of_blocks(degrees), 6).degrees, degrees, 0.08) << degrees;
}

TEST(Skew, SidewaysWritingIsSeen) {
    const cv::Mat upright = lines_of_blocks(0);
    cv::Mat turned;
    cv::rotate(upright, turned, cv::ROTATE_90_CLOCKWISE);
    EXPECT_FALSE(is_sideways(upright));
    EXPECT_TRUE(is_sideways(turned));
}

std::vector<RulingTrace> bent_rulings(cv::Size size) {
    std::vector<RulingTrace> traces;
    for (int i = 1; i < 12; ++i) {
        RulingTrace h{true, {}}, v{false, {}};
        for (double t = 0.05; t < 0.96; t += 0.02) {
            const double level = i / 12.0;
            h.points.emplace_back(t * size.width, level * size.height + 14 * t * t - 9 * t * level);
            v.points.emplace_back(level * size.width + 8 * t * level, t * size.height);
        }
        traces.push_back(h);
        traces.push_back(v);
    }
    return traces;
}

// How far, px, the points of one ruling lie apart across it on the flattened page.
double largest_bend(const std::vector<RulingTrace>& traces, const Flattening& flattening) {
    double largest = 0;
    for (const RulingTrace& t : traces) {
        double low = 1e9, high = -1e9;
        for (const cv::Point2d p : t.points) {
            const double level = t.horizontal ? flattening.forward(p).y : flattening.forward(p).x;
            low = std::min(low, level);
            high = std::max(high, level);
        }
        largest = std::max(largest, high - low);
    }
    return largest;
}

TEST(Flattening, MakesBentRulingsStraight) {
    const cv::Size size(2400, 3400);
    const auto traces = bent_rulings(size);
    const Flattening flattening = Flattening::fit(traces, size);
    EXPECT_LT(largest_bend(traces, flattening), 1.5);
}

// Horizontals of a table in the lower half of the page, which lies in waves that grow towards its foot.
std::vector<RulingTrace> in_waves(cv::Size size, double height, double length) {
    std::vector<RulingTrace> traces;
    for (int i = 0; i < 8; ++i) {
        RulingTrace trace{true, {}};
        const double level = (0.5 + 0.05 * i) * size.height;
        for (double x = 200; x <= 2200; x += 40)
            trace.points.emplace_back(x, level + height * (0.5 + 0.1 * i) * std::sin(x * 6.2832 / length));
        traces.push_back(trace);
    }
    return traces;
}

// Found on scans of sheets that lay in waves: every table was torn to pieces.
TEST(Flattening, WavesAreTakenOutWhereTheyAreLookedFor) {
    const cv::Size size(2400, 3400);
    const auto traces = in_waves(size, 9, 800);
    const Flattening even = Flattening::fit(traces, size);
    EXPECT_TRUE(even.leaves_waves());
    EXPECT_GT(largest_bend(traces, even), 10);
    const Flattening wavy = Flattening::fit(traces, size, true);
    EXPECT_TRUE(wavy.has_waves());
    EXPECT_FALSE(wavy.leaves_waves());
    EXPECT_LT(largest_bend(traces, wavy), 2);
    // Above the table nothing tells how the waves change.
    const auto rise = [&](double y) { return wavy.forward({600, y}).y - wavy.forward({1000, y}).y; };
    EXPECT_NEAR(rise(300), rise(0.5 * size.height), 1);
    for (double y = 300; y < 3400; y += 500) EXPECT_NEAR(wavy.forward(wavy.backward({700, y})).y, y, 0.05);
    // Its columns do not.
    std::vector<RulingTrace> with_columns = traces;
    for (RulingTrace trace : bent_rulings(size)) {
        if (trace.horizontal) continue;
        for (cv::Point2d& point : trace.points) point.x += std::sin(point.y * 6.2832 / 900);  // hardly
        with_columns.push_back(trace);
    }
    const double across = Flattening::fit(with_columns, size).forward({1200, 2000}).x;
    EXPECT_DOUBLE_EQ(Flattening::fit(with_columns, size, true).forward({1200, 2000}).x, across);
    EXPECT_FALSE(Flattening::fit(bent_rulings(size), size).leaves_waves());
}

// Found on another program's scans of wavy sheets: waves seldom run straight across a sheet.
TEST(Flattening, WavesMayRunAslant) {
    const cv::Size size(2400, 3400);
    std::vector<RulingTrace> traces;
    for (double level = 0.1; level < 0.9; level += 0.03) {
        RulingTrace trace{true, {}};
        for (double x = 200; x <= 2200; x += 40)
            trace.points.emplace_back(x, level * size.height + 12 * std::sin(x * 6.2832 / 900 + 3 * level));
        traces.push_back(trace);
    }
    const Flattening wavy = Flattening::fit(traces, size, true);
    EXPECT_FALSE(wavy.leaves_waves());
    EXPECT_LT(largest_bend(traces, wavy), 2);
}

// What is only rough waves would follow, too.
TEST(Flattening, RoughTracesAreNoWaves) {
    const cv::Size size(2400, 3400);
    auto traces = in_waves(size, 0, 800);
    int i = 0;
    for (RulingTrace& trace : traces)
        for (cv::Point2d& point : trace.points) point.y += (++i * 7) % 5 - 2;
    const Flattening even = Flattening::fit(traces, size), wavy = Flattening::fit(traces, size, true);
    EXPECT_FALSE(wavy.has_waves());
    EXPECT_DOUBLE_EQ(wavy.largest_displacement(), even.largest_displacement());
}

TEST(Flattening, BackwardUndoesForward) {
    const cv::Size size(2400, 3400);
    const Flattening flattening = Flattening::fit(bent_rulings(size), size);
    for (double x = 100; x < 2400; x += 400)
        for (double y = 100; y < 3400; y += 500) {
            const cv::Point2d back = flattening.backward(flattening.forward({x, y}));
            EXPECT_NEAR(back.x, x, 0.05);
            EXPECT_NEAR(back.y, y, 0.05);
        }
}

TEST(Flattening, TooFewRulingsChangeNothing) {
    const auto traces = bent_rulings({2400, 3400});
    const Flattening flattening = Flattening::fit({traces[0]}, {2400, 3400});
    EXPECT_DOUBLE_EQ(flattening.largest_displacement(), 0);
}

// Found on a page whose only table was two rows of the last page's: its columns were too short to leave traces.
TEST(Flattening, RulingsThatBeginAndEndTogetherAreATables) {
    const cv::Size size(2400, 3400);
    std::vector<RulingTrace> traces;
    for (const double level : {200.0, 260.0, 320.0}) {
        RulingTrace trace{true, {}};
        for (double x = 300; x <= 2100; x += 30) trace.points.emplace_back(x, level + 30 * std::pow(x / 2400, 3));
        traces.push_back(trace);
    }
    EXPECT_GT(Flattening::fit(traces, size).largest_displacement(), 3);
    // Of one row, as high as rows are; far apart, they may be a sheet's edges.
    traces.erase(traces.begin());
    const Flattening of_row = Flattening::fit(traces, size);
    EXPECT_GT(of_row.largest_displacement(), 3);
    EXPECT_NEAR(of_row.forward({300, 1500}).y - of_row.forward({2100, 1500}).y,
                of_row.forward({300, 300}).y - of_row.forward({2100, 300}).y, 0.5);
    for (cv::Point2d& p : traces[0].points) p.y += 1500;
    EXPECT_DOUBLE_EQ(Flattening::fit(traces, size).largest_displacement(), 0);
}

// Found on a photographed page of a table without outer verticals, whose headings part the others: it stayed aslant,
// and the ends of its rows were taken for several columns.
TEST(Flattening, FewShortVerticalsTellOfALeanAlone) {
    const cv::Size size(1654, 2339);
    const auto table = [](double lean, int groups) {
        std::vector<RulingTrace> traces;
        for (int group = 0; group < groups; ++group) {
            const double top = 900 + 310 * group;
            for (const double at : {500.0, 780.0, 1060.0}) {
                RulingTrace trace{false, {}};
                for (double y = top; y <= top + 180; y += 20) trace.points.emplace_back(at - lean * (y - 900), y);
                traces.push_back(trace);
            }
            for (const double y : {top, top + 180}) traces.push_back({true, {{200, y}, {1400, y}}});
        }
        return traces;
    };
    const Flattening flattening = Flattening::fit(table(0.02, 3), size);
    const double above = flattening.forward({500, 900}).x;
    EXPECT_NEAR(flattening.forward({500 - 0.02 * 800, 1700}).x, above, 2);
    EXPECT_GT(std::abs(flattening.forward({500, 1700}).x - above), 10) << "it leans";
    EXPECT_DOUBLE_EQ(Flattening::fit(table(0.003, 3), size).largest_displacement(), 0)
        << "as rough as their places are";
    EXPECT_DOUBLE_EQ(Flattening::fit(table(0.02, 2), size).largest_displacement(), 0) << "too few";
}

TEST(Flattening, ResamplingUndoesASkew) {
    cv::Mat picture(800, 1000, CV_8UC1, cv::Scalar(255));
    cv::line(picture, {100, 300}, {900, 300 + static_cast<int>(800 * std::tan(0.0349))}, 0, 3);  // 2 degrees
    const cv::Mat map = coarse_map(Flattening::fit({}, picture.size()), 2, picture.size(), 32);
    const cv::Mat level = resample(picture, map, 32) < 128;
    const cv::Rect box = cv::boundingRect(level);
    EXPECT_GT(box.width, 700);
    EXPECT_LT(box.height, 8);
}

// Waves several times wider than a pixel, light at the edges of the picture.
cv::Mat smooth_picture(cv::Size size, int channels) {
    std::vector<cv::Mat> waves;
    for (int c = 0; c < channels; ++c) {
        cv::Mat wave(size, CV_8UC1);
        for (int y = 0; y < size.height; ++y)
            for (int x = 0; x < size.width; ++x)
                wave.at<std::uint8_t>(y, x) = cv::saturate_cast<std::uint8_t>(
                    128 + 60 * std::sin((x + 9 * c) / 23.0) + 50 * std::cos((y - 14 * c) / 17.0 + x / 90.0));
        waves.push_back(wave);
    }
    cv::Mat picture;
    cv::merge(waves, picture);
    return picture;
}

// `got` is `picture` at the points of `dense`, linear between its points, white outside.
void expect_bilinear(const cv::Mat& got, const cv::Mat& picture, const cv::Mat& dense) {
    cv::Mat expected, difference;
    cv::remap(picture, expected, dense, {}, cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar::all(255));
    ASSERT_EQ(got.size(), expected.size());
    ASSERT_EQ(got.type(), expected.type());
    cv::absdiff(got, expected, difference);
    difference = difference.reshape(1);
    const int channels = picture.channels();
    int outside = 0;
    for (int y = 0; y < got.rows; ++y)
        for (int x = 0; x < got.cols; ++x) {
            const cv::Point2d from = dense.at<cv::Point2f>(y, x);
            const double depth = std::min({from.x, from.y, picture.cols - 1 - from.x, picture.rows - 1 - from.y});
            // cv::remap knows a 32nd of a pixel: at the border, where all is white, that is 8 grey levels.
            const int bound = depth > 0.1 ? 2 : depth < -1.1 ? 0 : 9;
            for (int k = 0; k < channels; ++k) {
                ASSERT_LE(int{difference.at<std::uint8_t>(y, x * channels + k)}, bound) << x << " " << y;
                outside += depth < -1.1 && got.ptr<std::uint8_t>(y)[x * channels + k] == 255;
            }
        }
    EXPECT_GT(outside, 2000 * channels);
}

TEST(Flattening, ResamplingIsWhatADenseMapGives) {
    const cv::Size size(437, 611);  // no multiples of the step
    constexpr int kStep = 32;
    const cv::Mat map = coarse_map(Flattening::fit({}, size), 2, size, kStep);
    // A rotation by 2 degrees about the middle.
    cv::Mat dense(size, CV_32FC2);
    const double c = std::cos(2 * CV_PI / 180), s = std::sin(2 * CV_PI / 180);
    const cv::Point2d middle(size.width / 2.0, size.height / 2.0);
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x) {
            const cv::Point2d p = cv::Point2d(x, y) - middle;
            dense.at<cv::Point2f>(y, x) = cv::Point2d(c * p.x - s * p.y + middle.x, s * p.x + c * p.y + middle.y);
        }
    for (const int channels : {1, 3}) {
        const cv::Mat picture = smooth_picture(size, channels);
        const cv::Mat level = resample(picture, map, kStep);
        expect_bilinear(level, picture, dense);
        if (channels == 3) continue;
        // In runs and pixel by pixel alike.
        cv::Mat three, level_of_three;
        cv::merge(std::vector<cv::Mat>(3, picture), three);
        cv::extractChannel(resample(three, map, kStep), level_of_three, 1);
        EXPECT_EQ(cv::norm(level, level_of_three, cv::NORM_INF), 0);
    }
}

RulingTrace straight(bool horizontal, double at, double from, double to) {
    RulingTrace trace{horizontal, {}};
    for (double t = from; t <= to; t += 20) trace.points.emplace_back(horizontal ? t : at, horizontal ? at : t);
    return trace;
}

TEST(Flattening, TheEdgeOfAPhotographedSheetDoesNotBendThePage) {
    const cv::Size size(2400, 3400);
    std::vector<RulingTrace> traces;
    for (double y = 1200; y <= 2200; y += 200) traces.push_back(straight(true, y, 500, 1900));
    for (double x = 500; x <= 1900; x += 350) traces.push_back(straight(false, x, 1200, 2200));
    // The sheet's left and right edges: long, bent, and away from the table.
    std::vector<RulingTrace> edges = {{false, {}}, {false, {}}};
    for (double y = 50; y < 3350; y += 20) {
        const double bulge = 60 * (y / 3400) * (y / 3400);
        edges[0].points.emplace_back(90 + bulge, y);
        edges[1].points.emplace_back(2330 + bulge, y);
    }
    std::vector<RulingTrace> with_edges = traces;
    with_edges.insert(with_edges.end(), edges.begin(), edges.end());
    EXPECT_LT(Flattening::fit(with_edges, size).largest_displacement(), 0.5);

    // The same curves as rulings of the table do bend it.
    for (RulingTrace& edge : edges)
        for (cv::Point2d& p : edge.points) p.x = 1200 + (p.x - 1200) * 0.5;
    traces.insert(traces.end(), edges.begin(), edges.end());
    EXPECT_GT(Flattening::fit(traces, size).largest_displacement(), 2);
}

TEST(PageTransform, QuarterTurnsGoThereAndBack) {
    const cv::Size delivered(1000, 1400);
    const models::Box box{30, 50, 120, 80};
    for (int turns = 0; turns < 4; ++turns) {
        const PageTransform transform(delivered, turns, {144, 100});
        const models::Box back = transform.to_delivered(transform.to_clean(box));
        EXPECT_NEAR(back.x0, box.x0, 1e-9) << turns;
        EXPECT_NEAR(back.y0, box.y0, 1e-9) << turns;
        EXPECT_NEAR(back.x1, box.x1, 1e-9) << turns;
        EXPECT_NEAR(back.y1, box.y1, 1e-9) << turns;
    }
}

TEST(PageTransform, AClockwiseTurnPutsTheTopLeftToTheTopRight) {
    // Delivered 1000 wide and 1400 high, turned clockwise to be upright: 1400 wide and 1000 high.
    const PageTransform transform({1000, 1400}, 1, {72, 72});
    const cv::Rect2d clean = transform.to_clean({0, 0, 10, 20});
    EXPECT_DOUBLE_EQ(clean.x, 1380);
    EXPECT_DOUBLE_EQ(clean.y, 0);
}

}  // namespace
}  // namespace biaod::layout
