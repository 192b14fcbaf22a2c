#include "layout/rulings/ruling_traces.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

constexpr double kPiece = 0.3;          // of the least length
constexpr double kGap = 1;              // in steps, between pieces of one ruling
constexpr double kSameLine = 0.06;      // in steps: more is another ruling's
constexpr double kLongTwin = 0.5;       // of the page's width
constexpr double kTwinDistance = 0.15;  // of its height

// What a piece's runs cover of one column.
struct Column {
    int at = 0;
    int count = 0, top = 0, bottom = 0;
    double sum = 0;

    void add(int y) {
        if (count++ == 0) top = y;
        bottom = y;
        sum += y;
    }
};

// Points along a ruling or a piece of one, x along it, and from where to where it reaches.
struct Course {
    double from = 0, to = 0;
    std::vector<cv::Point2d> points;
};

// The courses of the pieces of at least `min_length` px, in the order in which they begin.
std::vector<Course> courses_of_pieces(const Runs& runs, double min_length, double step) {
    const Pieces pieces = connect(runs);
    std::vector<std::vector<Column>> columns(pieces.all.size());
    for (std::size_t i = 0; i < pieces.all.size(); ++i) {
        const cv::Rect& box = pieces.all[i].box;
        if (box.width < min_length || box.height > 0.2 * box.width) continue;
        for (double x = box.x + step / 2; x < box.br().x; x += step) columns[i].push_back({static_cast<int>(x)});
    }
    for (std::size_t i = 0; i < runs.size(); ++i) {
        auto& sampled = columns[static_cast<std::size_t>(pieces.of_run[i])];
        auto column = std::lower_bound(sampled.begin(), sampled.end(), runs[i].from,
                                       [](const Column& c, int x) { return c.at < x; });
        for (; column != sampled.end() && column->at < runs[i].to; ++column) column->add(runs[i].y);
    }
    std::vector<Course> courses;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const cv::Rect& box = pieces.all[i].box;
        Course course{static_cast<double>(box.x), static_cast<double>(box.br().x), {}};
        // A column that holds two strokes of the piece says nothing about either.
        for (const Column& c : columns[i])
            if (c.count > 0 && c.bottom - c.top + 1 <= 2 * c.count) course.points.emplace_back(c.at, c.sum / c.count);
        if (!course.points.empty()) courses.push_back(std::move(course));
    }
    std::ranges::sort(courses, {}, &Course::from);
    return courses;
}

// Pieces that follow each other on one line are of one ruling: alone, those of a double ruling, or of one with gaps,
// are too short to tell how it leans.
std::vector<Course> joined(const std::vector<Course>& pieces, double step) {
    std::vector<Course> out;
    std::multimap<double, std::size_t> ending_at;  // places across of the last points of `out`
    for (const Course& piece : pieces) {
        const double across = piece.points.front().y;
        auto mate = ending_at.end();
        for (auto it = ending_at.lower_bound(across - kSameLine * step);
             it != ending_at.end() && it->first < across + kSameLine * step; ++it) {
            const double gap = piece.from - out[it->second].to;
            const bool nearer =
                mate == ending_at.end() || std::abs(it->first - across) < std::abs(mate->first - across);
            if (gap > 0 && gap < kGap * step && nearer) mate = it;
        }
        std::size_t at = out.size();
        if (mate == ending_at.end()) {
            out.push_back(piece);
        } else {
            at = mate->second;
            out[at].points.insert(out[at].points.end(), piece.points.begin(), piece.points.end());
            out[at].to = piece.to;
            ending_at.erase(mate);
        }
        ending_at.emplace(piece.points.back().y, at);
    }
    return out;
}

void append_traces(const Runs& runs, bool horizontal, double min_length, double step, std::vector<RulingTrace>& out) {
    for (const Course& course : joined(courses_of_pieces(runs, kPiece * min_length, step), step)) {
        if (course.points.size() < 4 || course.to - course.from < min_length) continue;
        RulingTrace trace{horizontal, {}};
        for (const cv::Point2d at : course.points) trace.points.push_back(horizontal ? at : cv::Point2d(at.y, at.x));
        out.push_back(std::move(trace));
    }
}

}  // namespace

std::vector<RulingTrace> trace_rulings(const RulingRuns& runs, double min_length, double step) {
    std::vector<RulingTrace> traces;
    append_traces(runs.horizontal, true, min_length, step, traces);
    append_traces(runs.vertical, false, min_length, step, traces);
    return traces;
}

bool run_along(const RulingTrace& a, const RulingTrace& b, cv::Size size) {
    const auto near = [&](cv::Point2d p, cv::Point2d q) {
        return std::abs(a.horizontal ? p.x - q.x : p.y - q.y) < kTouch * size.width;
    };
    return a.horizontal == b.horizontal && near(a.points.front(), b.points.front()) &&
           near(a.points.back(), b.points.back());
}

bool are_twins(const RulingTrace& a, const RulingTrace& b, cv::Size size) {
    if (!a.horizontal || !run_along(a, b, size)) return false;
    return a.points.back().x - a.points.front().x > kLongTwin * size.width &&
           std::abs(a.points.front().y - b.points.front().y) < kTwinDistance * size.height;
}

}  // namespace biaod::layout
