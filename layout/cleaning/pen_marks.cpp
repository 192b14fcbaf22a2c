#include "layout/cleaning/pen_marks.hpp"

#include <algorithm>
#include <vector>

#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

// In character heights.
constexpr double kSmallest = 0.5, kLargest = 3;  // of a tick, either way
constexpr double kGap = 0.1;                     // between it and the writing
constexpr double kWidestDigit = 0.75;            // a Chinese character is wider

// Of a tick's box.
constexpr double kThin = 0.3;       // of its area is ink
constexpr double kFootFrom = 0.08;  // of its width from the left, where it is lowest
constexpr double kFootTo = 0.6;
constexpr double kHead = 0.75;       // of its width, where it is highest
constexpr double kArmBelow = 0.25;   // of its height from the top: its left arm begins below, and
constexpr double kArmAbove = 0.12;   // of its height above its foot
constexpr double kOpenAbove = 0.45;  // of its width: nothing stands above its left arm

double middle(const Run& run) { return (run.from + run.to) / 2.0; }

// `piece` is the one of that index in the picture that `runs` are of.
bool is_tick(const Runs& runs, const std::vector<int>& of_run, int index, const Piece& piece, double char_height) {
    const cv::Rect& box = piece.box;
    const auto [smaller, larger] = std::minmax(box.width, box.height);
    if (smaller < kSmallest * char_height || larger > kLargest * char_height || piece.area > kThin * box.area())
        return false;
    double head = 0, foot = 0, leftmost = box.br().x, arm = 0;
    bool open = true;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (of_run[i] != index) continue;
        const Run& run = runs[i];
        const double height = static_cast<double>(run.y - box.y) / box.height;
        if (run.y == box.y) head = middle(run);
        if (run.y == box.br().y - 1) foot = middle(run);
        if (run.from < leftmost) {
            leftmost = run.from;
            arm = height;
        }
        open = open && (height > kArmBelow || run.from > box.x + kOpenAbove * box.width);
    }
    const double at_head = (head - box.x) / box.width, at_foot = (foot - box.x) / box.width;
    return open && at_head > kHead && at_foot > kFootFrom && at_foot < kFootTo && arm > kArmBelow &&
           arm < 1 - kArmAbove;
}

}  // namespace

cv::Rect without_tick(const cv::Mat& ink, const cv::Rect& line, double char_height) {
    const cv::Rect inside = line & cv::Rect({0, 0}, ink.size());
    if (inside.width < kSmallest * char_height) return line;
    const Runs runs = find_runs(ink(inside));
    const Pieces pieces = connect(runs);
    const auto last = std::ranges::max_element(pieces.all, {}, [](const Piece& piece) { return piece.box.br().x; });
    if (last == pieces.all.end()) return line;
    const int index = static_cast<int>(last - pieces.all.begin());
    if (!is_tick(runs, pieces.of_run, index, *last, char_height)) return line;
    const int end = last->box.x - cvCeil(kGap * char_height);
    cv::Rect rest;
    for (const Piece& piece : pieces.all) {
        if (&piece == &*last) continue;
        if (piece.box.br().x > end || piece.box.width > kWidestDigit * char_height) return line;
        rest |= piece.box;
    }
    return rest.empty() ? line : rest + inside.tl();
}

}  // namespace biaod::layout
