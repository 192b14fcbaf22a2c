#include "layout/rulings/sheet_lines.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace biaod::layout {
namespace {

constexpr double kNearlyAll = 0.85;          // of the picture's height or width
constexpr double kOutermost = 0.04;          // of the picture: no printer prints there
constexpr std::ptrdiff_t kMostMet = 2;       // rulings that meet an edge of the sheet: its other edges
constexpr double kMeets = 0.5;               // character heights
constexpr double kAtEnd = 1;                 // character heights from the picture's end
constexpr double kGap = 0.15;                // of the picture, between two pieces,
constexpr double kDrift = 0.5;               // character heights that one lies off the other
constexpr double kCovered = 0.6;             // of the picture by the pieces
constexpr double kLong = 8;                  // character heights
constexpr std::ptrdiff_t kMostFolds = 3;     // a letter has two
constexpr std::ptrdiff_t kFewestOthers = 3;  // long rulings that end within the picture

constexpr double kOfClip = 1.5;     // character heights from the picture's end
constexpr double kClipLength = 14;  // the same
constexpr double kClipWidth = 3.5;  // the same, of a large one
constexpr double kBeyondWires = 1;  // the same, to the curves that join them
constexpr std::size_t kFewestWires = 2;
constexpr std::size_t kMostBesideClip = 1;
constexpr double kCurve = 1.2;  // character heights from a wire's end: a curve joins it to others

class SheetLines {
  public:
    SheetLines(const std::vector<Ruling>& rulings, bool horizontal, cv::Size size, double unit)
        : rulings_(rulings),
          horizontal_(horizontal),
          extent_(horizontal ? size.width : size.height),
          across_(horizontal ? size.height : size.width),
          unit_(unit) {
        for (std::size_t i = 0; i < rulings.size(); ++i)
            if (rulings[i].horizontal == horizontal) own_.push_back(i);
        std::ranges::sort(own_, {}, [&](std::size_t i) { return rulings[i].from; });
    }

    // Indices of the rulings that are of the sheet. Where few others end within the picture it may be a part of a page.
    std::set<std::size_t> find() const {
        std::set<std::size_t> found;
        if (ending_within(horizontal_, extent_) < kFewestOthers) return found;
        for (const std::size_t i : own_)
            if (is_edge(rulings_[i])) found.insert(i);
        std::vector<std::vector<std::size_t>> folds;
        for (const std::size_t i : own_)
            if (rulings_[i].from < kAtEnd * unit_)
                if (auto pieces = pieces_from(i); is_across(pieces)) folds.push_back(std::move(pieces));
        if (std::ssize(folds) > kMostFolds) return found;
        for (const auto& fold : folds)
            for (const std::size_t i : fold)
                if (!is_of_table(rulings_[i])) found.insert(i);
        return found;
    }

    // The wires of the clips above and below the sheet, of uprights.
    std::vector<std::set<std::size_t>> find_clips() const {
        std::vector<std::set<std::size_t>> clips;
        if (ending_within(true, across_) + ending_within(false, extent_) < kFewestOthers) return clips;
        for (const bool first : {false, true})
            if (auto clip = clip_at(first); !clip.empty()) clips.push_back(std::move(clip));
        return clips;
    }

  private:
    // The wires of a paper clip on the picture's `first` edge, or its last: short lines from there, close to each
    // other, that meet none across but at their end, as the clip's curve. Of a table that the edge cuts others end
    // there, too.
    std::set<std::size_t> clip_at(bool first) const {
        std::vector<std::size_t> wires, ending;
        for (const std::size_t i : own_) {
            const Ruling& r = rulings_[i];
            if ((first ? r.from : extent_ - r.to) >= kOfClip * unit_) continue;
            ending.push_back(i);
            if (r.length() < kClipLength * unit_ && !is_met_before(r, first ? r.to : r.from)) wires.push_back(i);
        }
        std::ranges::sort(wires, {}, [&](std::size_t i) { return rulings_[i].at; });
        for (std::size_t begin = 0; begin < wires.size(); ++begin) {
            std::set<std::size_t> clip;
            for (std::size_t k = begin; k < wires.size(); ++k)
                if (rulings_[wires[k]].at - rulings_[wires[begin]].at < kClipWidth * unit_) clip.insert(wires[k]);
            if (clip.size() >= kFewestWires && ending.size() - clip.size() <= kMostBesideClip) return clip;
        }
        return {};
    }

    // Whether one across meets it farther than a character's height or so from its `end`.
    bool is_met_before(const Ruling& r, double end) const {
        return std::ranges::any_of(rulings_, [&](const Ruling& other) {
            return touch(r, other, kMeets * unit_) && std::abs(other.at - end) > kCurve * unit_;
        });
    }

    std::ptrdiff_t met_by(const Ruling& r) const {
        return std::ranges::count_if(rulings_, [&](const Ruling& other) { return touch(r, other, kMeets * unit_); });
    }

    // An edge of the sheet, or the gutter of an open booklet.
    bool is_edge(const Ruling& r) const {
        if (r.length() < kNearlyAll * extent_) return false;
        const std::ptrdiff_t met = met_by(r);
        const bool outermost = std::min(r.at, across_ - r.at) < kOutermost * across_;
        return outermost ? met <= kMostMet : met == 0 && !r.horizontal;
    }

    // Whether it ends at rulings across: a fold goes on.
    bool is_of_table(const Ruling& r) const {
        const double reach = kMeets * unit_;
        return anchored(r, r.from, rulings_, reach) && anchored(r, r.to, rulings_, reach);
    }

    // The piece, and those that go on from it, the nearest first.
    std::vector<std::size_t> pieces_from(std::size_t first) const {
        std::vector<std::size_t> pieces{first};
        for (const std::size_t i : own_) {
            const Ruling &last = rulings_[pieces.back()], &next = rulings_[i];
            if (next.from > last.to && next.from - last.to < kGap * extent_ &&
                std::abs(next.at - last.at) < kDrift * unit_)
                pieces.push_back(i);
        }
        return pieces;
    }

    bool is_across(const std::vector<std::size_t>& pieces) const {
        double covered = 0;
        for (const std::size_t i : pieces) covered += rulings_[i].length();
        return rulings_[pieces.back()].to > extent_ - kAtEnd * unit_ && covered > kCovered * extent_;
    }

    // How many long rulings of a direction, in which the picture is `extent` px, end within it.
    std::ptrdiff_t ending_within(bool horizontal, double extent) const {
        return std::ranges::count_if(rulings_, [&](const Ruling& r) {
            return r.horizontal == horizontal && r.length() > kLong * unit_ && r.from > kAtEnd * unit_ &&
                   r.to < extent - kAtEnd * unit_;
        });
    }

    const std::vector<Ruling>& rulings_;
    bool horizontal_;
    double extent_, across_, unit_;
    std::vector<std::size_t> own_;  // by where they begin
};

}  // namespace

std::vector<cv::Rect> drop_sheet_lines(std::vector<Ruling>& rulings, cv::Size size, double char_height) {
    std::set<std::size_t> found;
    std::vector<cv::Rect> clips;
    for (const bool horizontal : {true, false}) {
        const SheetLines lines(rulings, horizontal, size, char_height);
        found.merge(lines.find());
        if (horizontal) continue;
        for (const std::set<std::size_t>& wires : lines.find_clips()) {
            cv::Rect clip;
            for (const std::size_t i : wires) clip |= stroke_of(rulings[i], kBeyondWires * char_height);
            clips.push_back(clip & cv::Rect({0, 0}, size));
            found.insert(wires.begin(), wires.end());
        }
    }
    std::size_t i = 0;
    std::erase_if(rulings, [&](const Ruling&) { return found.contains(i++); });
    return clips;
}

}  // namespace biaod::layout
