#include "layout/runs.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <opencv2/core/hal/intrin.hpp>

#include "layout/disjoint_sets.hpp"

namespace biaod::layout {
namespace {

constexpr int kBlock = 16;  // bytes of a register
constexpr int kTile = 256;

// Four times, the first half of the rows is interleaved with the second: then they are columns.
void transpose_block(const cv::Mat& in, cv::Mat& out, int x, int y) {
    std::array<cv::v_uint8x16, kBlock> rows, woven;
    for (int i = 0; i < kBlock; ++i) rows[static_cast<std::size_t>(i)] = cv::v_load(in.ptr<std::uint8_t>(y + i) + x);
    for (int bit = 1; bit < kBlock; bit *= 2) {
        for (std::size_t i = 0; i < kBlock / 2; ++i)
            cv::v_zip(rows[i], rows[i + kBlock / 2], woven[2 * i], woven[2 * i + 1]);
        rows.swap(woven);
    }
    for (int i = 0; i < kBlock; ++i) cv::v_store(out.ptr<std::uint8_t>(x + i) + y, rows[static_cast<std::size_t>(i)]);
}

void transpose_tile(const cv::Mat& in, cv::Mat out) {
    const int rows = in.rows / kBlock * kBlock, columns = in.cols / kBlock * kBlock;  // in whole blocks
    for (int x = 0; x < columns; x += kBlock)
        for (int y = 0; y < rows; y += kBlock) transpose_block(in, out, x, y);
    for (int y = 0; y < in.rows; ++y)
        for (int x = y < rows ? columns : 0; x < in.cols; ++x) out.at<std::uint8_t>(x, y) = in.at<std::uint8_t>(y, x);
}

// Adds the runs of `ink`, whose first row is the picture's row `first`.
void add_runs(const cv::Mat& ink, int first, Runs& runs) {
    const auto columns = static_cast<std::size_t>(ink.cols);
    for (int y = 0; y < ink.rows; ++y) {
        const auto* row = ink.ptr<std::uint8_t>(y);
        const std::uint8_t* end = row + columns;
        for (const std::uint8_t* at = row; at < end;) {
            const auto* from =
                static_cast<const std::uint8_t*>(std::memchr(at, 255, static_cast<std::size_t>(end - at)));
            if (from == nullptr) break;
            const auto* to =
                static_cast<const std::uint8_t*>(std::memchr(from, 0, static_cast<std::size_t>(end - from)));
            at = to == nullptr ? end : to;
            runs.push_back({first + y, static_cast<int>(from - row), static_cast<int>(at - row)});
        }
    }
}

void transpose_into(const cv::Mat& ink, cv::Mat& out) {
    const cv::Rect whole({0, 0}, ink.size());
    for (int y = 0; y < ink.rows; y += kTile)
        for (int x = 0; x < ink.cols; x += kTile) {
            const cv::Rect tile = cv::Rect(x, y, kTile, kTile) & whole;
            transpose_tile(ink(tile), out(cv::Rect(tile.y, tile.x, tile.height, tile.width)));
        }
}

}  // namespace

Runs find_runs(const cv::Mat& ink) {
    Runs runs;
    add_runs(ink, 0, runs);
    return runs;
}

Runs find_column_runs(const cv::Mat& ink) {
    Runs runs;
    cv::Mat rows(std::min(kTile, ink.cols), ink.rows, CV_8UC1);  // of so many columns at a time
    for (int x = 0; x < ink.cols; x += kTile) {
        const cv::Mat columns = ink.colRange(x, std::min(x + kTile, ink.cols));
        cv::Mat part = rows.rowRange(0, columns.cols);
        transpose_into(columns, part);
        add_runs(part, x, runs);
    }
    return runs;
}

cv::Mat transposed(const cv::Mat& ink) {
    cv::Mat out(ink.cols, ink.rows, CV_8UC1);
    transpose_into(ink, out);
    return out;
}

Pieces connect(const Runs& runs) {
    DisjointSets sets(runs.size());
    std::size_t above = 0;  // the first run of the row above that may still touch
    for (std::size_t i = 0; i < runs.size(); ++i) {
        while (above < i &&
               (runs[above].y < runs[i].y - 1 || (runs[above].y < runs[i].y && runs[above].to < runs[i].from)))
            ++above;
        for (std::size_t k = above; k < i && runs[k].y < runs[i].y && runs[k].from <= runs[i].to; ++k) sets.unite(k, i);
    }
    Pieces pieces;
    pieces.of_run.resize(runs.size());
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const Run& run = runs[i];
        const cv::Rect box(run.from, run.y, run.length(), 1);
        const std::size_t root = sets.root(i);
        if (root == i) {
            pieces.of_run[i] = static_cast<int>(pieces.all.size());
            pieces.all.push_back({box, run.length()});
            continue;
        }
        pieces.of_run[i] = pieces.of_run[root];
        Piece& piece = pieces.all[static_cast<std::size_t>(pieces.of_run[i])];
        piece.box |= box;
        piece.area += run.length();
    }
    return pieces;
}

cv::Mat draw_piece(const Runs& runs, const Pieces& pieces, std::size_t piece, cv::Size size) {
    cv::Mat out = cv::Mat::zeros(size, CV_8UC1);
    for (std::size_t i = 0; i < runs.size(); ++i)
        if (static_cast<std::size_t>(pieces.of_run[i]) == piece)
            out.row(runs[i].y).colRange(runs[i].from, runs[i].to).setTo(255);
    return out;
}

cv::Mat pieces_where(const cv::Mat& ink, const std::function<bool(const Piece&)>& holds) {
    cv::Mat out = cv::Mat::zeros(ink.size(), CV_8UC1);
    const Runs runs = find_runs(ink);
    const Pieces pieces = connect(runs);
    std::vector<bool> kept;
    for (const Piece& piece : pieces.all) kept.push_back(holds(piece));
    for (std::size_t i = 0; i < runs.size(); ++i)
        if (kept[static_cast<std::size_t>(pieces.of_run[i])])
            out.row(runs[i].y).colRange(runs[i].from, runs[i].to).setTo(255);
    return out;
}

}  // namespace biaod::layout
