#include "layout/rulings/ruling_traces.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

constexpr double kPiece = 0.3;      // of the least length
constexpr double kGap = 1;          // in steps, between pieces of one ruling
constexpr double kSameLine = 0.12;  // in steps

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

// The courses of the pieces of at least `min_length` px, in the order in which they begin: x runs along them.
std::vector<std::vector<cv::Point2d>> courses_of_pieces(const Runs& runs, double min_length, double step) {
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
    std::vector<std::vector<cv::Point2d>> courses;
    for (const auto& sampled : columns) {
        std::vector<cv::Point2d> points;
        // A column that holds two strokes of the piece says nothing about either.
        for (const Column& c : sampled)
            if (c.count > 0 && c.bottom - c.top + 1 <= 2 * c.count) points.emplace_back(c.at, c.sum / c.count);
        if (!points.empty()) courses.push_back(std::move(points));
    }
    std::ranges::sort(courses, {}, [](const auto& points) { return points.front().x; });
    return courses;
}

// Pieces that follow each other on one line are of one ruling: alone, those of a double ruling, or of one with gaps,
// are too short to tell how it leans.
std::vector<std::vector<cv::Point2d>> joined(const std::vector<std::vector<cv::Point2d>>& pieces, double step) {
    std::vector<std::vector<cv::Point2d>> out;
    std::multimap<double, std::size_t> ending_at;  // places across of the last points of `out`
    for (const auto& piece : pieces) {
        const cv::Point2d first = piece.front();
        auto mate = ending_at.end();
        for (auto it = ending_at.lower_bound(first.y - kSameLine * step);
             it != ending_at.end() && it->first < first.y + kSameLine * step; ++it) {
            const double gap = first.x - out[it->second].back().x - step;  // a piece reaches beyond its points
            const bool nearer =
                mate == ending_at.end() || std::abs(it->first - first.y) < std::abs(mate->first - first.y);
            if (gap > -step && gap < kGap * step && nearer) mate = it;
        }
        std::size_t at = out.size();
        if (mate == ending_at.end()) {
            out.push_back(piece);
        } else {
            at = mate->second;
            out[at].insert(out[at].end(), piece.begin(), piece.end());
            ending_at.erase(mate);
        }
        ending_at.emplace(piece.back().y, at);
    }
    return out;
}

void append_traces(const Runs& runs, bool horizontal, double min_length, double step, std::vector<RulingTrace>& out) {
    for (const auto& course : joined(courses_of_pieces(runs, kPiece * min_length, step), step)) {
        if (course.size() < 4 || course.back().x - course.front().x + step < min_length) continue;
        RulingTrace trace{horizontal, {}};
        for (const cv::Point2d at : course) trace.points.push_back(horizontal ? at : cv::Point2d(at.y, at.x));
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

}  // namespace biaod::layout
