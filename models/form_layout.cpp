#include "models/form_layout.hpp"

#include <algorithm>

namespace biaod::models {
namespace {

constexpr double values_share = 0.6;  // of the columns that are left over: the other part is for the row labels

struct Shape {
    int stub = 0, columns = 0;  // levels of row labels, value columns
};

Shape shape_of(const FormTable& table) {
    Shape out;
    for (const FormBlock& block : table.blocks) {
        out.stub = std::max(out.stub, depth_of(block.rows));
        out.columns = std::max(out.columns, static_cast<int>(block.columns.size()));
    }
    return out;
}

bool same_path(const AxisLeaf& a, const AxisLeaf& b, std::size_t depth) {
    for (std::size_t d = 0; d <= depth; ++d) {
        if (a.path[d].texts != b.path[d].texts) return false;
    }
    return true;
}

class Layouter {
  public:
    Layouter(const FormTable& table, int first_slot, int cols) : table_(table), slot_(first_slot) {
        const Shape shape = shape_of(table);
        out_.cols = cols;
        values_ = cols;
        levels_ = shape.stub;
        if (levels_ > 0) {
            const int room = cols - levels_;
            const auto wish = static_cast<int>(room * values_share / shape.columns + 0.5);
            values_ = std::clamp(wish, 1, room / shape.columns) * shape.columns;
        }
        stub_ = cols - values_;
    }

    TableLayout layout() {
        for (const FormBlock& block : table_.blocks) add_block(block);
        return std::move(out_);
    }

  private:
    void add(LayoutKind kind, int row, int row_span, int col, int end_col, std::string text, int slot = -1) {
        out_.cells.push_back({kind, row, col, row_span, end_col - col, std::move(text), slot});
        out_.rows = std::max(out_.rows, row + row_span);
    }

    // The grid column where a block's column begins.
    int column_at(const FormBlock& block, int index) const {
        return stub_ + index * values_ / static_cast<int>(block.columns.size());
    }
    // The grid column where a level of row labels begins; the innermost level has the longest labels.
    int level_at(int level) const { return level == levels_ ? stub_ : level * std::max(1, stub_ / (levels_ + 1)); }

    void add_block(const FormBlock& block) {
        if (!block.heading.empty()) add(LayoutKind::heading, out_.rows, 1, 0, out_.cols, block.heading.texts.front());
        const int top = out_.rows, levels = depth_of(block.columns), first_row = top + levels;
        if (stub_ > 0)
            add(LayoutKind::corner, top, levels, 0, stub_, block.corner.empty() ? "" : block.corner.texts.front());
        for (const LabelSpan& span : label_spans(block.columns)) {
            add(LayoutKind::column_label, top + span.depth, span.is_leaf ? levels - span.depth : 1,
                column_at(block, span.first), column_at(block, span.first + span.leaves), span.text);
        }
        for (const LabelSpan& span : label_spans(block.rows)) {
            add(LayoutKind::row_label, first_row + span.first, span.leaves, level_at(span.depth),
                span.is_leaf ? stub_ : level_at(span.depth + 1), span.text);
        }
        for (int r = 0; r < static_cast<int>(block.rows.size()); ++r) {
            const bool unlabelled = block.rows[static_cast<std::size_t>(r)].path.empty();
            if (unlabelled && stub_ > 0) add(LayoutKind::row_label, first_row + r, 1, 0, stub_, "");
            for (int c = 0; c < static_cast<int>(block.columns.size()); ++c)
                add(LayoutKind::value, first_row + r, 1, column_at(block, c), column_at(block, c + 1), "", slot_++);
        }
    }

    const FormTable& table_;
    int slot_;
    int levels_ = 0, stub_ = 0, values_ = 0;
    TableLayout out_;
};

}  // namespace

int depth_of(const std::vector<AxisLeaf>& axis) {
    std::size_t depth = 0;
    for (const AxisLeaf& leaf : axis) depth = std::max(depth, leaf.path.size());
    return static_cast<int>(depth);
}

std::vector<LabelSpan> label_spans(const std::vector<AxisLeaf>& axis) {
    std::vector<LabelSpan> out;
    for (std::size_t depth = 0; depth < static_cast<std::size_t>(depth_of(axis)); ++depth) {
        for (std::size_t i = 0, end = 0; i < axis.size(); i = end) {
            end = i + 1;
            if (axis[i].path.size() <= depth) continue;
            const bool is_leaf = axis[i].path.size() == depth + 1;
            while (!is_leaf && end < axis.size() && axis[end].path.size() > depth + 1 &&
                   same_path(axis[end], axis[i], depth))
                ++end;
            out.push_back({static_cast<int>(i), static_cast<int>(end - i), static_cast<int>(depth), is_leaf,
                           axis[i].path[depth].texts.front()});
        }
    }
    return out;
}

int least_columns(const FormTable& table) {
    const Shape shape = shape_of(table);
    return shape.stub + shape.columns;
}

TableLayout layout_table(const FormDefinition& form, int table, int cols) {
    const auto first = std::ranges::find(form.slots, table, &ValueSlot::table);
    return Layouter(form.tables[static_cast<std::size_t>(table)], static_cast<int>(first - form.slots.begin()), cols)
        .layout();
}

}  // namespace biaod::models
