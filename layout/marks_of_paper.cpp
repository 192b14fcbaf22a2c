#include "layout/marks_of_paper.hpp"

#include <algorithm>

namespace biaod::layout {
namespace {

constexpr double kSureLine = 6;          // in character heights: longer than any mark on paper
constexpr double kLongestRest = 4;       // in character heights, of a seal
constexpr double kOfSeal = 0.75;         // of its ink
constexpr double kLowestLine = 0.5;      // in character heights
constexpr double kNarrowestLine = 0.15;  // in character heights; a 1 is wider
constexpr double kLowestWriting = 0.7;   // in character heights
constexpr double kTallestWriting = 1.4;  // in character heights
constexpr double kTallestOnClip = 2;     // in character heights: higher are its wires

// Whether the line stands beside the first table and is as high as writing.
bool may_go_on_beside_table(const TextLine& line, const PageLayout& page) {
    if (page.tables.empty()) return false;
    const TableLayout& table = page.tables.front();
    const cv::Rect2d at = table.grid.bounds();
    const double height = line.box.height / table.char_height;
    return height > kLowestWriting && height < kTallestWriting && line.box.br().x < at.x && line.box.y > at.y &&
           line.box.br().y < at.br().y;
}

// What fading left of a seal: lower than writing, small and below a stroke of it, or most of its ink is. The strokes of
// a red one hold what is printed below them, too.
bool is_rest_of_seal(const cv::Rect& line, const PageLayout& page, bool gray_seal) {
    if (page.seals.empty() || line.height > kLowestWriting * page.char_height ||
        line.width > kLongestRest * page.char_height)
        return false;
    const cv::Mat strokes = page.seals(line), ink = page.text_ink(line);
    if (line.width <= page.char_height && 2 * cv::countNonZero(strokes) > line.area()) return true;
    return gray_seal && cv::countNonZero(ink & strokes) > kOfSeal * cv::countNonZero(ink);
}

}  // namespace

void drop_marks_of_paper(PageLayout& page, bool gray_seals, const std::vector<cv::Rect>& clips) {
    double left = page.gray.cols, right = 0;
    const auto widen = [&](double from, double to) {
        left = std::min(left, from);
        right = std::max(right, to);
    };
    for (const TextLine& line : page.lines)
        if (line.box.width > kSureLine * page.char_height) widen(line.box.x, line.box.br().x);
    for (const TableLayout& table : page.tables) widen(table.grid.col_edges.front(), table.grid.col_edges.back());
    std::erase_if(page.lines, [&](const TextLine& line) {
        return line.box.height < kLowestLine * page.char_height || line.box.width < kNarrowestLine * page.char_height ||
               is_rest_of_seal(line.box, page, gray_seals);
    });
    for (TextLine& line : page.lines) {
        const auto is_of_clip = [&](const cv::Rect& clip) { return (clip & line.box) == line.box; };
        line.on_clip = std::ranges::any_of(clips, is_of_clip);
    }
    std::erase_if(page.lines, [&](const TextLine& line) {
        return line.on_clip && line.box.height > kTallestOnClip * page.char_height;
    });
    if (left >= right) return;
    const auto before = [&](const TextLine& line) { return line.box.br().x < left - page.char_height; };
    for (TextLine& line : page.lines) line.in_margin = before(line) && may_go_on_beside_table(line, page);
    std::erase_if(page.lines, [&](const TextLine& line) {
        const bool beyond = before(line) || line.box.x > right + page.char_height;
        return beyond && !line.in_margin;
    });
}

}  // namespace biaod::layout
