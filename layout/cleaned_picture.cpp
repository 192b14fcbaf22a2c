#include "layout/cleaned_picture.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "layout/cleaning/black_areas.hpp"
#include "layout/cleaning/border.hpp"
#include "layout/cleaning/fills.hpp"
#include "layout/cleaning/flatten.hpp"
#include "layout/cleaning/gray_seals.hpp"
#include "layout/cleaning/ink.hpp"
#include "layout/cleaning/resample.hpp"
#include "layout/cleaning/screens.hpp"
#include "layout/cleaning/skew.hpp"
#include "layout/cleaning/streaks.hpp"
#include "layout/cleaning/watermarks.hpp"
#include "layout/kernel.hpp"
#include "layout/rulings/dots.hpp"
#include "layout/rulings/ruling_traces.hpp"
#include "layout/rulings/rulings.hpp"

namespace biaod::layout {
namespace {

constexpr double kMaxSkew = 6;         // degrees
constexpr double kIgnoredSkew = 0.03;  // degrees; less than a pixel over a table
constexpr double kIgnoredBend = 1.5;   // px
constexpr double kFineDpi = 250;
constexpr double kSteepRun = 0.4;  // in character heights: of a ruling on the slope of a wave
constexpr int kManyPieces = 8;
constexpr double kShortPiece = 0.2;          // of the picture's width: what flats of waves leave of a ruling
constexpr int kInked = 160;                  // grey level of ink that was turned level
constexpr int kHalfInked = 200;              // the same of a hairline at half of the resolution
constexpr double kDefaultCharPoints = 10.5;  // 五号

cv::Mat turned(const cv::Mat& picture, int quarter_turns) {
    cv::Mat out = picture;
    if (quarter_turns == 1) cv::rotate(picture, out, cv::ROTATE_90_CLOCKWISE);
    if (quarter_turns == 2) cv::rotate(picture, out, cv::ROTATE_180);
    if (quarter_turns == 3) cv::rotate(picture, out, cv::ROTATE_90_COUNTERCLOCKWISE);
    return out;
}

int quarter_turns_of(const PageContent& content, const cv::Mat& gray) {
    int votes[4] = {};
    for (const LayerWord& word : content.words) ++votes[word.rotation / 90];
    if (!content.words.empty()) {
        const int most = static_cast<int>(std::max_element(votes, votes + 4) - votes);
        return (4 - most) % 4;
    }
    // Half of the resolution tells as well.
    cv::Mat half;
    cv::resize(gray, half, {}, 0.5, 0.5, cv::INTER_AREA);
    Ink ink = find_ink(half);
    const double char_height = usual_char_height(content.dpi) / 2;
    const RulingRuns rulings = find_ruling_runs(ink.faint, 1.6 * char_height);
    const cv::Rect page({0, 0}, half.size());
    for (const Run& r : rulings.horizontal) ink.text(cv::Rect(r.from - 1, r.y - 1, r.length() + 2, 3) & page).setTo(0);
    for (const Run& r : rulings.vertical) ink.text(cv::Rect(r.y - 1, r.from - 1, 3, r.length() + 2) & page).setTo(0);
    return is_sideways(ink.text) ? 3 : 0;
}

// The courses of the rulings, found where the page is turned level. `faint` is the page's faint ink, `scale` times the
// page's size; px of the page. `shortest`: of the runs that a ruling is made of, in character heights.
std::vector<RulingTrace> level_traces(const cv::Mat& faint, double scale, double skew_degrees, double dpi,
                                      double shortest) {
    const double unit = scale * usual_char_height(dpi);
    cv::Mat level;
    cv::bitwise_not(faint, level);
    if (skew_degrees != 0) {
        const auto flat = Flattening::fit({}, level.size());
        level =
            resample(level, coarse_map(flat, skew_degrees, level.size(), PageTransform::kStep), PageTransform::kStep);
    }
    cv::Mat ink = level < (scale < 1 ? kHalfInked : kInked);
    draw_dots_through(ink, unit);
    auto traces = trace_rulings(find_ruling_runs(ink, shortest * unit), 5 * unit, unit);
    for (RulingTrace& trace : traces)
        for (cv::Point2d& point : trace.points) point = (point + cv::Point2d(0.5, 0.5)) / scale - cv::Point2d(0.5, 0.5);
    return traces;
}

// Whether many level traces are short: on the slopes of waves hairlines leave none.
bool are_pieces(const std::vector<RulingTrace>& traces, int width) {
    int count = 0;
    double length = 0;
    for (const RulingTrace& trace : traces)
        if (trace.horizontal) ++count, length += trace.points.back().x - trace.points.front().x;
    return count >= kManyPieces && length < kShortPiece * width * count;
}

// Undoes skew and bend; sets the map where the picture was resampled.
cv::Mat straightened(const cv::Mat& upright, double dpi, double& skew_deg, cv::Mat& map) {
    Ink ink = find_ink(upright);
    // Half of the resolution tells as well where it is fine enough for hairlines.
    const double scale = dpi >= kFineDpi ? 0.5 : 1;
    if (scale < 1)
        for (cv::Mat* of : {&ink.text, &ink.faint}) cv::resize(*of, *of, {}, scale, scale, cv::INTER_AREA);
    Skew skew = estimate_skew(ink.text, kMaxSkew);
    if (std::abs(skew.degrees) < kIgnoredSkew) skew.degrees = 0;
    skew_deg = -skew.degrees;
    const auto traces = [&](double shortest) { return level_traces(ink.faint, scale, skew.degrees, dpi, shortest); };
    const std::vector<RulingTrace> found = traces(1);
    Flattening flattening = Flattening::fit(found, upright.size());
    if (flattening.leaves_waves() || are_pieces(found, upright.cols))
        if (auto wavy = Flattening::fit(traces(kSteepRun), upright.size(), true); wavy.has_waves())
            flattening = std::move(wavy);
    const bool bent = flattening.largest_displacement() > kIgnoredBend;
    if (!bent) flattening = Flattening::fit({}, upright.size());
    if (!bent && skew.degrees == 0) return upright;
    map = coarse_map(flattening, skew.degrees, upright.size(), PageTransform::kStep);
    return resample(upright, map, PageTransform::kStep);
}

// The edges of the areas (255), where rulings run.
cv::Mat outline_of(const cv::Mat& areas) {
    cv::Mat outline;
    cv::morphologyEx(areas, outline, cv::MORPH_GRADIENT, box_kernel(3));
    return outline;
}

// To a mask that may be empty.
void add(const cv::Mat& more, cv::Mat& mask) { mask = mask.empty() ? more : cv::Mat(mask | more); }

}  // namespace

double usual_char_height(double dpi) { return kDefaultCharPoints * dpi / 72; }

CleanedPicture clean_picture(PageContent& content, int quarter_turns) {
    CleanedPicture out;
    const double char_height = usual_char_height(content.dpi);
    // A digital page has no seal to fade, and its red letterhead must be seen.
    const cv::Mat red = content.scanned ? red_areas(content.picture) : cv::Mat();
    cv::Mat plain = without_seals(content.picture, red), seals = red;
    if (content.scanned && red.empty()) {
        seals = gray_seals(plain, content.dpi);
        plain = without_seals(plain, seals);
    }
    if (quarter_turns < 0) quarter_turns = quarter_turns_of(content, plain);
    out.rotation = 90 * quarter_turns;
    out.transform = PageTransform(content.picture.size(), quarter_turns, content.density());

    cv::Mat gray = turned(plain, quarter_turns);
    if (gray.data == content.picture.data) gray = gray.clone();
    plain.release();
    if (red.empty()) content.picture.release();
    if (!seals.empty()) seals = turned(seals, quarter_turns);
    cv::Mat black;
    if (content.scanned) {
        out.desk = erase_border(gray, char_height);
        black = turn_black_areas(gray, char_height);
        out.streaks = erase_streaks(gray, char_height);
        erase_screens(gray, char_height);
        out.halftones = erase_halftones(gray, char_height);
    }
    cv::Mat letters = erase_watermarks(gray, char_height);
    out.fill_edges = std::move(out.halftones.edges);
    if (out.fill_edges.empty()) out.fill_edges = lift_fills(gray, char_height, content.scanned);
    out.watermark = !letters.empty();
    if (out.watermark) {
        if (const cv::Mat on_fills = erase_watermarks(gray, char_height); !on_fills.empty()) letters |= on_fills;
        if (!out.fill_edges.empty()) out.fill_edges.setTo(0, letters);
    }
    if (!black.empty()) {
        add(outline_of(black), out.fill_edges);
        add(black, out.streaks);
    }
    cv::Mat map;
    if (content.scanned) gray = straightened(even_background(gray), content.dpi, out.skew_deg, map);
    out.transform.set_map(map);
    out.gray = gray;

    const auto straight = [&](const cv::Mat& upright) {
        return map.empty() ? upright : resample(upright, map, PageTransform::kStep);
    };
    const auto level = [&](cv::Mat& marks) {
        if (!marks.empty() && !map.empty()) marks = straight(255 - marks) < kHalfInked;
    };
    level(out.fill_edges);
    level(out.halftones.ground);
    level(out.halftones.ink);
    // Beyond the picture's edge a straightened page is white.
    const auto level_cover = [&](const cv::Mat& cover) {
        return cover.empty() ? cv::Mat() : cv::Mat(straight(cover == 0) < 128);
    };
    out.seals = level_cover(seals);
    out.streaks = level_cover(out.streaks);
    if (!red.empty()) out.coloured = straight(turned(content.picture, quarter_turns));
    content.picture.release();
    return out;
}

}  // namespace biaod::layout
