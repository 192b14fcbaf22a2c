// A form's table as it is printed: its labels and values as cells of a grid, with their spans.
//
// For sheets and pages that show a form; recognition does not use it (it aligns labels, never indices).
#pragma once

#include <string>
#include <vector>

#include "models/form_definition.hpp"

namespace biaod::models {

enum class LayoutKind { heading, corner, column_label, row_label, value };

struct LayoutCell {
    LayoutKind kind = LayoutKind::value;
    int row = 0, col = 0, row_span = 1, col_span = 1;
    std::string text;  // of a label, as the form prints it
    int slot = -1;     // of a value: index into FormDefinition::slots
};

struct TableLayout {
    int rows = 0, cols = 0;
    std::vector<LayoutCell> cells;  // tile the grid
};

// The columns of the grid that the table needs.
int least_columns(const FormTable& table);

// Over `cols` grid columns (least_columns() or more): tables of different shapes can stand below each other on one
// sheet.
TableLayout layout_table(const FormDefinition& form, int table, int cols);

// The nodes of a label tree: `leaves` neighbours under one label of `depth`, from `first` on.
struct LabelSpan {
    int first = 0, leaves = 1, depth = 0;
    bool is_leaf = false;
    std::string text;
};
std::vector<LabelSpan> label_spans(const std::vector<AxisLeaf>& axis);

// How many labels stand above one another at most.
int depth_of(const std::vector<AxisLeaf>& axis);

}  // namespace biaod::models
