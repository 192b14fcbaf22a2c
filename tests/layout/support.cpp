#include "tests/layout/support.hpp"

#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "layout/tables/stitch.hpp"

namespace biaod::tests {

layout::FragmentCell fragment_cell(int page, int row, int col, int row_span, int col_span, const std::string& text,
                                   bool full) {
    layout::FragmentCell c;
    c.cell.row = row;
    c.cell.col = col;
    c.cell.row_span = row_span;
    c.cell.col_span = col_span;
    c.cell.text = text;
    c.cell.confidence = 1;
    c.cell.boxes = {{page, {10.0 * col, 10.0 * row, 10.0 * (col + col_span), 10.0 * (row + row_span)}}};
    c.last_line_full = full;
    return c;
}

layout::TableFragment fragment(int page, int rows, std::vector<double> edges, std::vector<layout::FragmentCell> cells) {
    layout::TableFragment f;
    f.page = page;
    f.rows = rows;
    f.at = {edges.front(), 0, edges.back() - edges.front(), 20.0 * rows};
    f.col_edges = std::move(edges);
    f.char_height = 10;
    f.cells = std::move(cells);
    return f;
}

std::vector<layout::FragmentCell> row(int page, int r, const std::string& label, const std::string& a,
                                      const std::string& b, bool full) {
    return {fragment_cell(page, r, 1, 1, 1, label, full), fragment_cell(page, r, 2, 1, 1, a),
            fragment_cell(page, r, 3, 1, 1, b)};
}

layout::TableFragment with_rows(int page, const std::vector<layout::FragmentCell>& spans,
                                const std::vector<std::vector<layout::FragmentCell>>& rows) {
    std::vector<layout::FragmentCell> cells = spans;
    for (const auto& r : rows) cells.insert(cells.end(), r.begin(), r.end());
    return fragment(page, static_cast<int>(rows.size()), kEdges, cells);
}

std::vector<models::Table> stitch(const std::vector<layout::TableFragment>& fragments, bool joinable) {
    std::vector<std::size_t> table_of;
    auto tables = layout::stitch_tables(fragments, std::vector<bool>(fragments.size(), joinable), table_of);
    for (const models::Table& t : tables) expect_tiling(t.cells, t.rows, t.cols);
    return tables;
}

layout::PageContent blank_scan() {
    layout::PageContent page;
    page.picture = cv::Mat(2339, 1654, CV_8UC1, cv::Scalar(255));
    page.dpi = kScanDpi;
    page.width_pt = page.picture.cols * 72 / kScanDpi;
    page.height_pt = page.picture.rows * 72 / kScanDpi;
    page.scanned = true;
    return page;
}

void write(cv::Mat& picture, cv::Point at, int characters, int height) {
    for (int i = 0; i < characters; ++i) {
        const cv::Rect box(at.x + i * (height + 4), at.y, height, height);
        cv::ellipse(picture, {box.x + height / 2, box.y + height / 2}, {height / 2, height / 2}, 0, 0, 360, 0, 3);
        cv::line(picture, box.tl() + cv::Point(4, 4), box.br() - cv::Point(4, 4), 0, 3);
    }
}

cv::Mat with_gray_seal(const cv::Mat& page, cv::Point centre, int level) {
    cv::Mat seal(page.size(), CV_8UC1, cv::Scalar(255)), out;
    cv::circle(seal, centre, 160, level, 8, cv::LINE_AA);
    std::vector<cv::Point> star;
    for (int i = 0; i < 10; ++i) {
        const double angle = std::numbers::pi * (0.2 * i - 0.5), r = i % 2 == 0 ? 55 : 22;
        star.emplace_back(cvRound(centre.x + r * std::cos(angle)), cvRound(centre.y + r * std::sin(angle)));
    }
    cv::fillPoly(seal, std::vector{star}, cv::Scalar(level));
    cv::min(page, seal, out);
    return out;
}

const models::Cell* cell_at(const models::Table& table, int row, int col) {
    for (const models::Cell& c : table.cells)
        if (c.row <= row && row < c.row + c.row_span && c.col <= col && col < c.col + c.col_span) return &c;
    return nullptr;
}

}  // namespace biaod::tests
