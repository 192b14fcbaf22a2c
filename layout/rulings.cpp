#include "layout/rulings.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kJoinGap = 1.2;      // in character heights
constexpr double kSameLine = 0.25;    // in character heights
constexpr double kLong = 3.5;         // in character heights; longer than any stroke of writing
constexpr double kUndoubted = 8;      // in character heights
constexpr double kRow = 1.1;          // in character heights; no row is lower
constexpr double kAnchorReach = 0.5;  // in character heights
constexpr double kBesideFrom = 0.06;  // in character heights: where writing stands beside one of its own strokes
constexpr double kBesideTo = 0.22;
constexpr double kArc = 0.12;           // in character heights
constexpr double kMaxThickness = 0.45;  // in character heights; thicker is a filled area or bold text

cv::Mat horizontal_runs(const cv::Mat& ink, int min_run, int max_gap) {
    cv::Mat out = cv::Mat::zeros(ink.size(), CV_8UC1);
    for (int y = 0; y < ink.rows; ++y) {
        const auto* in = ink.ptr<std::uint8_t>(y);
        auto* to = out.ptr<std::uint8_t>(y);
        int start = -1, last = -1;
        auto close_run = [&] {
            if (start >= 0 && last - start + 1 >= min_run) std::fill(to + start, to + last + 1, std::uint8_t{255});
            start = -1;
        };
        for (int x = 0; x < ink.cols; ++x) {
            if (in[x] == 0) continue;
            if (start >= 0 && x - last - 1 > max_gap) close_run();
            if (start < 0) start = x;
            last = x;
        }
        close_run();
    }
    return out;
}

struct Component {
    cv::Rect box;
    int area = 0;
};

std::vector<Component> components_of(const cv::Mat& mask, cv::Mat& labels) {
    cv::Mat stats, centroids;
    const int count = cv::connectedComponentsWithStats(mask, labels, stats, centroids, 8, CV_32S);
    std::vector<Component> out;
    out.reserve(static_cast<std::size_t>(count));
    for (int i = 1; i < count; ++i) {
        const int* s = stats.ptr<int>(i);
        out.push_back({cv::Rect(s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT]),
                       s[cv::CC_STAT_AREA]});
    }
    return out;
}

// Rulings found in a mask of horizontal runs; the caller swaps the axes for vertical ones.
void collect_rulings(const cv::Mat& mask, double char_height, bool horizontal, std::vector<Ruling>& out) {
    cv::Mat labels;
    for (const Component& c : components_of(mask, labels)) {
        const double thickness = static_cast<double>(c.area) / c.box.width;
        if (thickness > kMaxThickness * char_height) continue;
        // An arc (a seal's ring) or a slope that flattening left no page with.
        if (c.box.height > 2 * thickness + kArc * char_height + 0.01 * c.box.width) continue;
        out.push_back({horizontal, c.box.y + (c.box.height - 1) / 2.0, static_cast<double>(c.box.x),
                       static_cast<double>(c.box.x + c.box.width), thickness, static_cast<double>(c.box.width)});
    }
}

std::vector<Ruling> join_pieces(std::vector<Ruling> pieces, double char_height) {
    std::sort(pieces.begin(), pieces.end(), [](const Ruling& a, const Ruling& b) { return a.from < b.from; });
    std::vector<Ruling> joined;
    for (const Ruling& piece : pieces) {
        Ruling* mate = nullptr;
        double nearest = 0;
        for (Ruling& other : joined) {
            const double offset = std::abs(other.at - piece.at);
            if (offset > kSameLine * char_height || piece.from - other.to > kJoinGap * char_height) continue;
            // Two strokes of a double ruling run beside each other; pieces of one ruling follow each other.
            const double overlap = std::min(other.to, piece.to) - piece.from;
            const double shorter = std::min(other.length(), piece.length());
            if (overlap > 0.5 * shorter && offset > 1.5 * std::max(other.thickness, piece.thickness)) continue;
            if (mate == nullptr || offset < nearest) {
                mate = &other;
                nearest = offset;
            }
        }
        if (mate == nullptr) {
            joined.push_back(piece);
            continue;
        }
        const double w1 = mate->length(), w2 = piece.length();
        mate->at = (mate->at * w1 + piece.at * w2) / (w1 + w2);
        mate->thickness = (mate->thickness * w1 + piece.thickness * w2) / (w1 + w2);
        mate->inked += std::max(0.0, piece.to - std::max(piece.from, mate->to));
        mate->to = std::max(mate->to, piece.to);
    }
    return joined;
}

// Whether a ruling across `r` passes its point `end`.
bool anchored(const Ruling& r, double end, const std::vector<Ruling>& all, double reach) {
    return std::any_of(all.begin(), all.end(), [&](const Ruling& other) {
        return other.horizontal != r.horizontal && std::abs(other.at - end) < reach && other.from - reach < r.at &&
               other.to + reach > r.at;
    });
}

// Share of the ruling's length with ink beside it, on the low (above, left) and the high side.
std::pair<double, double> company(const Ruling& r, const cv::Mat& ink, double char_height) {
    double share[2] = {0, 0};
    const int n = std::max(1, static_cast<int>(r.length()));
    for (const int side : {-1, 1}) {
        const double near = r.at + side * (r.thickness / 2 + kBesideFrom * char_height + 1);
        const double far = r.at + side * (r.thickness / 2 + kBesideTo * char_height + 1);
        const int low = cvRound(std::min(near, far)), high = cvRound(std::max(near, far));
        cv::Rect strip(cv::Point(static_cast<int>(r.from), low), cv::Point(static_cast<int>(r.to), high + 1));
        if (!r.horizontal) strip = {strip.y, strip.x, strip.height, strip.width};
        strip &= cv::Rect({0, 0}, ink.size());
        if (strip.empty()) continue;
        cv::Mat any;
        cv::reduce(ink(strip), any, r.horizontal ? 0 : 1, cv::REDUCE_MAX);
        share[side > 0] = static_cast<double>(cv::countNonZero(any)) / n;
    }
    return {share[0], share[1]};
}

bool is_writing(const Ruling& r, const cv::Mat& ink, bool anchored_twice, double char_height) {
    const auto [low, high] = company(r, ink, char_height);
    const double most = std::max(low, high), least = std::min(low, high);
    const double solid = r.inked / r.length();
    if (anchored_twice) return least > 0.3 || (solid < 0.7 && most > 0.3);
    return least > 0.3 || (solid < 0.85 && most > 0.3) || most > 0.5;
}

// A piece of a vertical ruling that a page's end cut off: it hangs from a ruling, is solid and stands alone.
bool hangs_free(const Ruling& r, const std::vector<Ruling>& all, const cv::Mat& ink, double char_height) {
    if (r.horizontal || r.length() < kRow * char_height || r.inked < 0.95 * r.length()) return false;
    const double reach = 0.2 * char_height;
    if (!anchored(r, r.from, all, reach) && !anchored(r, r.to, all, reach)) return false;
    const auto [low, high] = company(r, ink, char_height);
    return std::max(low, high) < 0.1;
}

// The ink that is not a long, solid ruling: the second stroke of a double ruling is no writing beside the first.
cv::Mat without_long_rulings(const std::vector<Ruling>& rulings, const cv::Mat& ink, double char_height) {
    cv::Mat rest = ink.clone();
    for (const Ruling& r : rulings) {
        if (r.length() < kUndoubted * char_height || r.inked < 0.9 * r.length()) continue;
        const int low = cvFloor(r.at - r.thickness / 2 - 1), high = cvCeil(r.at + r.thickness / 2 + 1);
        cv::Rect stroke(cv::Point(cvFloor(r.from), low), cv::Point(cvCeil(r.to), high + 1));
        if (!r.horizontal) stroke = {stroke.y, stroke.x, stroke.height, stroke.width};
        rest(stroke & cv::Rect({0, 0}, rest.size())).setTo(0);
    }
    return rest;
}

void drop_strokes(std::vector<Ruling>& rulings, const cv::Mat& all_ink, double char_height) {
    const double reach = kAnchorReach * char_height;
    const cv::Mat ink = without_long_rulings(rulings, all_ink, char_height);
    for (bool dropped = true; dropped;) {
        std::vector<Ruling> kept;
        for (const Ruling& r : rulings) {
            const bool anchored_twice = anchored(r, r.from, rulings, reach) && anchored(r, r.to, rulings, reach);
            if (!anchored_twice && r.length() < kLong * char_height && !hangs_free(r, rulings, ink, char_height))
                continue;
            if (!is_writing(r, ink, anchored_twice, char_height)) kept.push_back(r);
        }
        dropped = kept.size() < rulings.size();
        rulings = std::move(kept);
    }
}

}  // namespace

RulingMasks find_ruling_masks(const cv::Mat& ink, int min_run, int max_gap) {
    cv::Mat turned, vertical;
    cv::transpose(ink, turned);
    cv::transpose(horizontal_runs(turned, min_run, max_gap), vertical);
    return {horizontal_runs(ink, min_run, max_gap), vertical};
}

std::vector<RulingTrace> trace_rulings(const RulingMasks& masks, double min_length, double step) {
    std::vector<RulingTrace> traces;
    for (const bool horizontal : {true, false}) {
        cv::Mat mask = masks.horizontal, labels;
        if (!horizontal) cv::transpose(masks.vertical, mask);
        const auto components = components_of(mask, labels);
        for (std::size_t i = 0; i < components.size(); ++i) {
            const cv::Rect box = components[i].box;
            if (box.width < min_length || box.height > 0.2 * box.width) continue;
            RulingTrace trace{horizontal, {}};
            const int id = static_cast<int>(i) + 1;
            for (double x = box.x + step / 2; x < box.br().x; x += step) {
                const int column = static_cast<int>(x);
                double sum = 0;
                int count = 0, top = -1, bottom = -1;
                for (int y = box.y; y < box.br().y; ++y) {
                    if (labels.at<int>(y, column) != id) continue;
                    sum += y;
                    ++count;
                    if (top < 0) top = y;
                    bottom = y;
                }
                // A column that holds two strokes of the component says nothing about either.
                if (count == 0 || bottom - top + 1 > 2 * count) continue;
                const cv::Point2d at(column, sum / count);
                trace.points.push_back(horizontal ? at : cv::Point2d(at.y, at.x));
            }
            if (trace.points.size() >= 4) traces.push_back(std::move(trace));
        }
    }
    return traces;
}

std::vector<Ruling> find_rulings(const RulingMasks& masks, const cv::Mat& ink, double char_height) {
    std::vector<Ruling> horizontal, vertical;
    collect_rulings(masks.horizontal, char_height, true, horizontal);
    cv::Mat turned;
    cv::transpose(masks.vertical, turned);
    collect_rulings(turned, char_height, false, vertical);
    std::vector<Ruling> all = join_pieces(std::move(horizontal), char_height);
    const std::vector<Ruling> others = join_pieces(std::move(vertical), char_height);
    all.insert(all.end(), others.begin(), others.end());
    drop_strokes(all, ink, char_height);
    return all;
}

}  // namespace biaod::layout
