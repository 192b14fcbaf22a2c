#include "layout/rulings/ruling_traces.hpp"

#include <algorithm>

#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

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

void append_traces(const Runs& runs, bool horizontal, double min_length, double step, std::vector<RulingTrace>& out) {
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
    for (const auto& sampled : columns) {
        RulingTrace trace{horizontal, {}};
        for (const Column& c : sampled) {
            // A column that holds two strokes of the piece says nothing about either.
            if (c.count == 0 || c.bottom - c.top + 1 > 2 * c.count) continue;
            const cv::Point2d at(c.at, c.sum / c.count);
            trace.points.push_back(horizontal ? at : cv::Point2d(at.y, at.x));
        }
        if (trace.points.size() >= 4) out.push_back(std::move(trace));
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
