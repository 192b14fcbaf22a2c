#include "layout/rulings/fill_edges.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <optional>
#include <vector>

#include "layout/ink_profile.hpp"
#include "layout/rulings/rulings.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kStroke = 2;    // of writing is no longer
constexpr double kTip = 0.3;     // from an end to what passes it
constexpr double kAmid = 0.4;    // an end that is so far from all rulings across is amid a cell
constexpr double kMostly = 0.6;  // of the distance of the table's sides
constexpr double kOnLine = 0.3;  // from a ruling
constexpr double kBeside = 0.2;  // of an edge, which is ragged
constexpr double kGap = 1;       // that print left within a ruling, or an edge at its ends
constexpr double kLongEdge = 4;  // no piece of a ragged one
constexpr double kInked = 0.5;   // of a ruling's length
constexpr double kFellow = 0.5;  // of the shorter one's length two edges run along each other

struct Lines {
    std::vector<Ruling> rulings, edges, leading;  // leading: parts of a ruling's way without ink
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

// Tells rulings, which hold ink along half of their way, from edges.
Lines told_apart(const std::vector<Ruling>& lines, const cv::Mat& ink, const cv::Mat& edges, double char_height) {
    Lines out;
    for (const Ruling& line : lines) {
        const std::vector<Ruling> inked = parts_of(line, ink, kGap * char_height);
        std::ranges::copy_if(inked, std::back_inserter(out.rulings),
                             [&](const Ruling& r) { return r.length() > kStroke * char_height; });
        const auto add = [](double sum, const Ruling& part) { return sum + part.inked; };
        if (std::accumulate(inked.begin(), inked.end(), 0.0, add) <= kInked * line.length()) {
            out.edges.push_back(line);
            continue;
        }
        Ruling between = line;
        for (std::size_t i = 0; i <= inked.size(); ++i) {
            between.to = i < inked.size() ? inked[i].from : line.to;
            for (const Ruling& edge : parts_of(between, edges, line.length()))
                if (edge.length() > kGap * char_height) out.leading.push_back(edge);
            if (i < inked.size()) between.from = inked[i].to;
        }
    }
    return out;
}

// The rulings on either side of a place that a table has around it.
struct Enclosure {
    Ruling before, behind;
};

class Edges {
  public:
    Edges(const Lines& lines, double char_height) : lines_(lines), unit_(char_height) {}

    bool is_loose(const Ruling& edge) const { return ends_amid_cell(edge) || is_of_stroke(edge); }

    // Whether what leads up to a ruling begins, or ends, at nothing.
    bool leads_from_nowhere(const Ruling& edge) const {
        const auto at_something = [&](double end) {
            const auto goes_on = [&](const Ruling& r) {
                return is_on_line(r, edge) && std::min(std::abs(r.from - end), std::abs(r.to - end)) < kGap * unit_;
            };
            const auto is_met = [&](const Ruling& r) {
                return r.length() > kLongEdge * unit_ && passes(r, edge, end, kGap * unit_);
            };
            return std::ranges::any_of(lines_.rulings, goes_on) || std::ranges::any_of(lines_.edges, is_met) ||
                   anchored(edge, end, lines_.rulings, kGap * unit_);
        };
        return !at_something(edge.from) || !at_something(edge.to);
    }

  private:
    bool is_on_line(const Ruling& r, const Ruling& edge) const {
        return r.horizontal == edge.horizontal && std::abs(r.at - edge.at) < kOnLine * unit_;
    }

    // The nearest rulings across that pass the edge's line before and behind `end`, if one along the edge joins them.
    std::optional<Enclosure> around(const Ruling& edge, double end) const {
        const Ruling *before = nullptr, *behind = nullptr;
        for (const Ruling& r : lines_.rulings) {
            if (!passes(r, edge, r.at, kTip * unit_)) continue;
            if (r.at <= end && (before == nullptr || r.at > before->at)) before = &r;
            if (r.at > end && (behind == nullptr || r.at < behind->at)) behind = &r;
        }
        if (before == nullptr || behind == nullptr) return std::nullopt;
        const auto joins = [&](const Ruling& r) {
            return touch(r, *before, kTip * unit_) && touch(r, *behind, kTip * unit_);
        };
        if (std::ranges::none_of(lines_.rulings, joins)) return std::nullopt;
        return Enclosure{*before, *behind};
    }

    // From where to where the rulings along the edge go that are joined to the one `across`.
    cv::Vec2d extent_at(const Ruling& across) const {
        cv::Vec2d extent(across.at, across.at);
        for (const Ruling& r : lines_.rulings)
            if (touch(r, across, kTip * unit_)) extent = {std::min(extent[0], r.from), std::max(extent[1], r.to)};
        return extent;
    }

    bool ends_amid_cell(const Ruling& edge) const {
        for (const double end : {edge.from, edge.to}) {
            const auto cell = around(edge, end);
            if (!cell || std::min(end - cell->before.at, cell->behind.at - end) < kAmid * unit_) continue;
            const cv::Vec2d table = extent_at(cell->before);
            if (edge.length() < kMostly * (table[1] - table[0])) return true;
        }
        return false;
    }

    // The nearest rulings along the edge, on either side of it.
    std::optional<Enclosure> beside(const Ruling& edge) const {
        const Ruling *before = nullptr, *behind = nullptr;
        for (const Ruling& r : lines_.rulings) {
            if (r.horizontal != edge.horizontal || shared(r, edge) < kFellow * edge.length()) continue;
            if (r.at < edge.at && (before == nullptr || r.at > before->at)) before = &r;
            if (r.at > edge.at && (behind == nullptr || r.at < behind->at)) behind = &r;
        }
        if (before == nullptr || behind == nullptr) return std::nullopt;
        return Enclosure{*before, *behind};
    }

    static double shared(const Ruling& a, const Ruling& b) { return std::min(a.to, b.to) - std::max(a.from, b.from); }

    // Whether it is one of the two edges of a stroke.
    bool is_of_stroke(const Ruling& edge) const {
        const auto row = beside(edge);
        if (!row) return false;
        const double from = std::max(row->before.from, row->behind.from), to = std::min(row->before.to, row->behind.to);
        if (edge.length() > kMostly * (to - from)) return false;
        return std::ranges::any_of(lines_.edges, [&](const Ruling& other) {
            return other.horizontal == edge.horizontal && std::abs(other.at - edge.at) > kOnLine * unit_ &&
                   other.at > row->before.at + kOnLine * unit_ && other.at < row->behind.at - kOnLine * unit_ &&
                   shared(edge, other) > kFellow * std::min(edge.length(), other.length());
        });
    }

    const Lines& lines_;
    double unit_;
};

}  // namespace

void drop_loose_edges(const Ink& ink, double char_height, cv::Mat& edges) {
    const cv::Mat all = ink.faint | edges;
    const std::vector<Ruling> found = find_rulings(find_ruling_runs(all, char_height), ink.text, char_height);
    if (found.size() > kMostRulings) return;
    const Lines lines = told_apart(found, ink.faint, edges, char_height);
    const Edges judge(lines, char_height);
    const auto erase = [&](const Ruling& edge) {
        edges(stroke_of(edge, kBeside * char_height) & cv::Rect({0, 0}, edges.size())).setTo(0);
    };
    for (const Ruling& edge : lines.edges)
        if (judge.is_loose(edge)) erase(edge);
    for (const Ruling& edge : lines.leading)
        if (judge.leads_from_nowhere(edge)) erase(edge);
}

}  // namespace biaod::layout
