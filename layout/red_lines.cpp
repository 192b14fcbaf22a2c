#include "layout/red_lines.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "layout/cleaning/ink.hpp"
#include "layout/ink_pieces.hpp"
#include "layout/kernel.hpp"
#include "layout/text_lines.hpp"

namespace biaod::layout {
namespace {

// In character heights of the page's body text.
constexpr double kSealSize = 5;   // a connected red piece as large as this both ways is a seal's ring
constexpr double kLineWidth = 6;  // a red line is at least this wide
constexpr double kTallest = 4.5;
constexpr double kSmallestSeal = 7;
constexpr double kLargestSeal = 16;
constexpr double kRound = 1.35;   // the longer side to the shorter one
constexpr double kThinInk = 1.2;  // without ink within a seal
constexpr int kScale = 8;         // px
constexpr double kAcross = 0.35;  // of rulings and writing that part a seal's ring

// Round as a seal is, of an office's size: wherever its ink is thin or what it was pressed on parts it.
bool is_seal(cv::Size size, double unit) {
    const int shorter = std::min(size.width, size.height), longer = std::max(size.width, size.height);
    return shorter > kSmallestSeal * unit && longer < kLargestSeal * unit && longer < kRound * shorter;
}

void erase_seals(cv::Mat& red, double unit) {
    const cv::Rect picture({0, 0}, red.size());
    cv::Mat closed, small, near;
    cv::resize(red, small, {}, 1.0 / kScale, 1.0 / kScale, cv::INTER_AREA);
    // Not closed: where the gap is aslant, a closing leaves it.
    const int margin = std::max(1, cvRound(kThinInk / 2 * unit / kScale));
    cv::dilate(small > 0, near, box_kernel(2 * margin + 1));
    for (const Piece& piece : connect(find_runs(near)).all) {
        const cv::Point inner(margin, margin);
        const cv::Rect box((piece.box.tl() + inner) * kScale, (piece.box.br() - inner) * kScale);
        if (is_seal(box.size(), unit)) red(box & picture).setTo(0);
    }
    const int size = std::max(3, static_cast<int>(kAcross * unit));
    cv::morphologyEx(red, closed, cv::MORPH_CLOSE, box_kernel(size));
    for (const Piece& piece : connect(find_runs(closed)).all)
        if (piece.box.width > kSealSize * unit && piece.box.height > kSealSize * unit) red(piece.box).setTo(0);
}

}  // namespace

void add_red_lines(const cv::Mat& picture, PageLayout& page) {
    if (page.char_height <= 0) return;
    cv::Mat red = red_mask(picture);
    erase_seals(red, page.char_height);
    const InkPieces pieces(red);
    pieces.erase_noise(red, page.char_height);
    std::vector<TextLine> lines;
    // The letterhead is set larger than the body.
    for (const cv::Rect& box : find_text_lines(red, cv::Rect({0, 0}, red.size()), 2 * page.char_height)) {
        if (box.width < kLineWidth * page.char_height || box.height > kTallest * page.char_height ||
            box.height < 0.7 * page.char_height)
            continue;
        if (box.width < 2 * box.height) continue;
        const bool over_table = std::any_of(page.tables.begin(), page.tables.end(), [&](const TableLayout& table) {
            return (table.grid.bounds() & cv::Rect2d(box)).area() > 0;
        });
        if (over_table) continue;  // what is left of a seal
        lines.push_back({box, {}, true, {}});
    }
    if (lines.empty()) return;
    page.red_gray = even_background(to_gray(picture));
    page.lines.insert(page.lines.end(), lines.begin(), lines.end());
    sort_reading_order(page.lines);
}

}  // namespace biaod::layout
