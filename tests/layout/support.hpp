// Builders for layout tests.
#pragma once

#include <gtest/gtest.h>

#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "layout/files/document.hpp"
#include "layout/page_text.hpp"
#include "layout/tables/grid.hpp"
#include "models/record.hpp"

namespace biaod::tests {

// Fails unless each place of the grid belongs to exactly one cell.
template <typename Cell>
void expect_tiling(const std::vector<Cell>& cells, int rows, int cols) {
    std::vector<int> owners(static_cast<std::size_t>(rows * cols), 0);
    for (const Cell& c : cells)
        for (int r = c.row; r < c.row + c.row_span; ++r)
            for (int k = c.col; k < c.col + c.col_span; ++k) {
                ASSERT_LT(r, rows);
                ASSERT_LT(k, cols);
                ++owners[static_cast<std::size_t>(r * cols + k)];
            }
    for (const int count : owners) EXPECT_EQ(count, 1);
}

// A cell of a fragment on a page; its box is (10·col, 10·row).
layout::FragmentCell fragment_cell(int page, int row, int col, int row_span, int col_span, const std::string& text,
                                   bool full = false);

// A fragment whose columns have the given edges.
layout::TableFragment fragment(int page, int rows, std::vector<double> edges, std::vector<layout::FragmentCell> cells);

// The columns of a label that spans rows, a row's label and two figures.
inline const std::vector<double> kEdges = {0, 60, 200, 240, 280};

// All of these but the first.
std::vector<layout::FragmentCell> row(int page, int r, const std::string& label, const std::string& a,
                                      const std::string& b, bool full = false);

layout::TableFragment with_rows(int page, const std::vector<layout::FragmentCell>& spans,
                                const std::vector<std::vector<layout::FragmentCell>>& rows);

// The tables of fragments that are all joinable, or none, to the next; each a tiling.
std::vector<models::Table> stitch(const std::vector<layout::TableFragment>& fragments, bool joinable = true);

constexpr double kScanDpi = 200;

// A page of A4 as a scanner delivers it, white.
layout::PageContent blank_scan();

constexpr int kWrittenHeight = 28;  // px

// Shapes as high and as dense as characters, whose strokes do not stand in a row as those of a dotted ruling.
void write(cv::Mat& picture, cv::Point at, int characters, int height = kWrittenHeight);

// The page (CV_8UC1) with a round seal of a grey `level` on it: a ring and a star, 41 mm across at 200 dpi.
cv::Mat with_gray_seal(const cv::Mat& page, cv::Point centre, int level);

const models::Cell* cell_at(const models::Table& table, int row, int col);

}  // namespace biaod::tests
