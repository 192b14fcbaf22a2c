#include "layout/rulings/fill_edges.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <vector>

#include "layout/ink_profile.hpp"
#include "layout/rulings/rulings.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

// In character heights.
constexpr double kStroke = 2;    // of writing is no longer
constexpr double kTip = 0.3;     // from an end to what passes it
constexpr double kBeside = 0.2;  // of an edge, which is ragged
constexpr double kGap = 1;       // within a ruling that print left
constexpr double kInked = 0.5;   // of a ruling's length

struct Lines {
    std::vector<Ruling> rulings, edges;
};

// The parts of the line's way along which `mask` holds something, over gaps of up to `most` px.
std::vector<Ruling> parts_of(const Ruling& line, const cv::Mat& mask, double most) {
    const cv::Rect box = stroke_of(line) & cv::Rect({0, 0}, mask.size());
    const cv::Mat way = line.horizontal ? inked_columns(mask(box)) : inked_rows(mask(box));
    std::vector<Ruling> parts;
    if (way.empty()) return parts;
    const int first = line.horizontal ? box.x : box.y;
    for (const Run& run : find_runs(way.reshape(1, 1))) {
        if (parts.empty() || first + run.from - parts.back().to > most) {
            parts.push_back(line);
            parts.back().from = first + run.from;
            parts.back().inked = 0;
        }
        parts.back().to = first + run.to;
        parts.back().inked += run.length();
    }
    return parts;
}

// Tells rulings, which hold ink along half of their way, from edges. A part of a ruling's way without ink is one, too.
Lines told_apart(const std::vector<Ruling>& lines, const cv::Mat& ink, const cv::Mat& edges, double char_height) {
    Lines out;
    for (const Ruling& line : lines) {
        const std::vector<Ruling> inked = parts_of(line, ink, kGap * char_height);
        const auto add = [](double sum, const Ruling& part) { return sum + part.inked; };
        if (std::accumulate(inked.begin(), inked.end(), 0.0, add) <= kInked * line.length()) {
            out.edges.push_back(line);
            continue;
        }
        Ruling between = line;
        for (std::size_t i = 0; i <= inked.size(); ++i) {
            between.to = i < inked.size() ? inked[i].from : line.to;
            for (const Ruling& edge : parts_of(between, edges, line.length()))
                if (edge.length() > kGap * char_height) out.edges.push_back(edge);
            if (i == inked.size()) break;
            if (inked[i].length() > kStroke * char_height) out.rulings.push_back(inked[i]);
            between.from = inked[i].to;
        }
    }
    return out;
}

// Whether rulings pass on either side of the edge's end, some way off.
bool is_enclosed(const Ruling& edge, double end, const std::vector<Ruling>& rulings, double reach) {
    bool before = false, behind = false;
    for (const Ruling& r : rulings) {
        if (!passes(r, edge, r.at, reach)) continue;
        before = before || r.at < end - reach;
        behind = behind || r.at > end + reach;
    }
    return before && behind;
}

// Whether it ends within a cell, or lies within a table where none of its rulings goes on.
bool is_loose(const Ruling& edge, const std::vector<Ruling>& rulings, double reach) {
    std::vector<Ruling> on_line;
    std::ranges::copy_if(rulings, std::back_inserter(on_line), [&](const Ruling& r) {
        return r.horizontal == edge.horizontal && std::abs(r.at - edge.at) < reach;
    });
    for (const double end : {edge.from, edge.to}) {
        if (!is_enclosed(edge, end, rulings, reach)) continue;
        const auto meets = [&](const Ruling& r) {
            return std::min(std::abs(r.from - end), std::abs(r.to - end)) < reach;
        };
        if (on_line.empty() || !(std::ranges::any_of(on_line, meets) || anchored(edge, end, rulings, reach)))
            return true;
    }
    return false;
}

}  // namespace

void drop_loose_edges(const Ink& ink, double char_height, cv::Mat& edges) {
    const cv::Mat all = ink.faint | edges;
    const std::vector<Ruling> found = find_rulings(find_ruling_runs(all, char_height), ink.text, char_height);
    if (found.size() > kMostRulings) return;
    const Lines lines = told_apart(found, ink.faint, edges, char_height);
    for (const Ruling& edge : lines.edges) {
        if (!is_loose(edge, lines.rulings, kTip * char_height)) continue;
        edges(stroke_of(edge, kBeside * char_height) & cv::Rect({0, 0}, edges.size())).setTo(0);
    }
}

}  // namespace biaod::layout
