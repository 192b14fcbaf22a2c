#include "layout/rulings/dithers.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "layout/kernel.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kWindow = 3.5;
constexpr double kWidestGap = 0.35;
constexpr double kDense = 0.4;     // of the window's columns hold ink
constexpr double kShortest = 2.2;  // longer than a stroke of writing with a ruling at either end
constexpr double kBeside = 0.12;   // of its columns may hold ink beside the row: rulings cross it
constexpr double kClear = 0.2;     // to either side
constexpr int kOffTheRow = 1;      // px: crumbs lie on two or three rows of pixels
constexpr int kThickestCrumb = 3;  // px
constexpr int kLongestCrumb = 30;  // px
constexpr int kFewestCrumbs = 2;   // on a row

cv::Mat share_of_columns(const cv::Mat& marked, int window) {
    cv::Mat out;
    cv::boxFilter(marked, out, CV_8U, {window, 1}, {-1, -1}, true, cv::BORDER_CONSTANT);
    return out;
}

// Where nearly nothing stands above and below, from the row on for `clear` px.
cv::Mat clear_on_both_sides(const cv::Mat& ink, int window, int clear) {
    cv::Mat near;
    cv::dilate(ink, near, box_kernel(1, clear));
    const cv::Mat white = share_of_columns(near, window) < 255 * kBeside;
    const int off = kOffTheRow + 1 + clear / 2;
    cv::Mat out = cv::Mat::zeros(ink.size(), CV_8UC1);
    if (ink.rows > 2 * off)
        cv::bitwise_and(white.rowRange(0, ink.rows - 2 * off), white.rowRange(2 * off, ink.rows),
                        out.rowRange(off, ink.rows - off));
    return out;
}

// The rows of crumbs in `ink`, gaps filled.
cv::Mat find_dithered(const cv::Mat& ink, double unit) {
    const int window = odd(kWindow * unit);
    const cv::Mat gap = box_kernel(odd(kWidestGap * unit), 1);
    const cv::Mat white = clear_on_both_sides(ink, window, odd(kClear * unit));
    cv::Mat row, near_dense, unbroken, closed;
    cv::dilate(ink, row, box_kernel(1, 2 * kOffTheRow + 1));
    // The window of a row's end is half empty.
    cv::dilate((share_of_columns(row, window) > 255 * kDense) & white, near_dense, box_kernel(window, 1));
    cv::morphologyEx(row, unbroken, cv::MORPH_CLOSE, gap);
    cv::morphologyEx(unbroken & white, unbroken, cv::MORPH_OPEN, box_kernel(odd(kShortest * unit), 1));
    cv::morphologyEx(ink, closed, cv::MORPH_CLOSE, gap);
    return closed & unbroken & near_dense;
}

// The bands of rows that several crumbs lie on, with `margin` rows more on either side.
std::vector<cv::Range> bands_of_crumbs(const Pieces& pieces, bool upright, int rows, int margin) {
    std::vector<int> crumbs(static_cast<std::size_t>(rows) + 1, 0);
    for (const Piece& piece : pieces.all) {
        const auto [thick, length] = std::minmax(piece.box.width, piece.box.height);
        if (thick <= kThickestCrumb && length <= kLongestCrumb)
            ++crumbs[static_cast<std::size_t>(upright ? piece.box.x : piece.box.y)];
    }
    std::vector<cv::Range> bands;
    for (int y = 0; y < rows; ++y) {
        const auto here = static_cast<std::size_t>(y);
        if (crumbs[here] + crumbs[here + 1] < kFewestCrumbs) continue;
        const cv::Range band(std::max(0, y - margin), std::min(rows, y + 2 + margin));
        if (!bands.empty() && band.start <= bands.back().end)
            bands.back().end = band.end;
        else
            bands.push_back(band);
    }
    return bands;
}

}  // namespace

bool draw_dithers_through(cv::Mat& ink, const Pieces& pieces, double char_height) {
    const int margin = odd(kClear * char_height) + 2 * (kOffTheRow + 1);  // rows that bear on a row
    const auto level = bands_of_crumbs(pieces, false, ink.rows, margin);
    const auto upright = bands_of_crumbs(pieces, true, ink.cols, margin);
    std::vector<cv::Mat> rows, columns;
    for (const cv::Range& band : level) rows.push_back(find_dithered(ink.rowRange(band).clone(), char_height));
    for (const cv::Range& band : upright) columns.emplace_back(find_dithered(ink.colRange(band).t(), char_height).t());
    bool drew = false;
    const auto draw = [&](cv::Mat band, const cv::Mat& dithered) {
        if (cv::countNonZero(dithered > band) == 0) return;
        band |= dithered;
        drew = true;
    };
    for (std::size_t i = 0; i < level.size(); ++i) draw(ink.rowRange(level[i]), rows[i]);
    for (std::size_t i = 0; i < upright.size(); ++i) draw(ink.colRange(upright[i]), columns[i]);
    return drew;
}

}  // namespace biaod::layout
