#include "form_printer.hpp"

#include <algorithm>

#include "models/forms.hpp"

namespace biaod::models::testing {
namespace {

Cell make_cell(int row, int col, int row_span, int col_span, const std::string& text) {
    Cell cell;
    cell.row = row;
    cell.col = col;
    cell.row_span = row_span;
    cell.col_span = col_span;
    cell.text = text;
    cell.confidence = 1;
    return cell;
}

std::size_t depth_of(const std::vector<AxisLeaf>& leaves) {
    std::size_t depth = 0;
    for (const AxisLeaf& leaf : leaves) depth = std::max(depth, leaf.path.size());
    return depth;
}

// Calls print(first leaf, leaves, depth, is_leaf, text) for each node of a label tree.
using PrintLabel = std::function<void(int, int, int, bool, const std::string&)>;
void print_labels(const std::vector<AxisLeaf>& leaves, const PrintLabel& print) {
    for (std::size_t d = 0; d < depth_of(leaves); ++d) {
        for (std::size_t i = 0; i < leaves.size();) {
            if (leaves[i].path.size() <= d) {
                ++i;
                continue;
            }
            const bool is_leaf = leaves[i].path.size() == d + 1;
            std::size_t end = i + 1;
            const auto same = [&](const AxisLeaf& other) {
                if (is_leaf || other.path.size() <= d + 1) return false;
                for (std::size_t k = 0; k <= d; ++k) {
                    if (other.path[k].texts != leaves[i].path[k].texts) return false;
                }
                return true;
            };
            while (end < leaves.size() && same(leaves[end])) ++end;
            print(static_cast<int>(i), static_cast<int>(end - i), static_cast<int>(d), is_leaf,
                  leaves[i].path[d].texts.front());
            i = end;
        }
    }
}

class TablePrinter {
  public:
    TablePrinter(const FormTable& form, const Figures& figures) : form_(form), figures_(figures) {
        for (const FormBlock& block : form.blocks) {
            stub_ = std::max(stub_, static_cast<int>(depth_of(block.rows)));
            columns_ = std::max(columns_, static_cast<int>(block.columns.size()));
        }
    }

    Table print() {
        table_.cols = stub_ + columns_;
        for (const FormBlock& block : form_.blocks) print_block(block);
        table_.rows = row_;
        return table_;
    }

  private:
    // Grid columns of a block's column: the last one is as wide as is left.
    std::pair<int, int> place(const FormBlock& block, int first, int count) const {
        const int n = static_cast<int>(block.columns.size());
        const int end = first + count == n ? columns_ : first + count;
        return {stub_ + first, end - first};
    }

    void print_block(const FormBlock& block) {
        if (!block.heading.empty())
            table_.cells.push_back(make_cell(row_++, 0, 1, table_.cols, block.heading.texts.front()));
        const int levels = static_cast<int>(depth_of(block.columns));
        if (stub_ > 0) {
            table_.cells.push_back(
                make_cell(row_, 0, levels, stub_, block.corner.empty() ? "" : block.corner.texts.front()));
        }
        print_labels(block.columns, [&](int first, int count, int depth, bool leaf, const std::string& text) {
            const auto [col, span] = place(block, first, count);
            table_.cells.push_back(make_cell(row_ + depth, col, leaf ? levels - depth : 1, span, text));
        });
        row_ += levels;
        print_labels(block.rows, [&](int first, int count, int depth, bool leaf, const std::string& text) {
            table_.cells.push_back(make_cell(row_ + first, depth, count, leaf ? stub_ - depth : 1, text));
        });
        for (std::size_t r = 0; r < block.rows.size(); ++r) {
            for (std::size_t c = 0; c < block.columns.size(); ++c) {
                const auto [col, span] = place(block, static_cast<int>(c), 1);
                const auto found = figures_.find(form_.pointer + block.rows[r].pointer + block.columns[c].pointer);
                table_.cells.push_back(
                    make_cell(row_ + static_cast<int>(r), col, 1, span, found == figures_.end() ? "0" : found->second));
            }
        }
        row_ += static_cast<int>(block.rows.size());
    }

    const FormTable& form_;
    const Figures& figures_;
    Table table_;
    int stub_ = 0, columns_ = 0, row_ = 0;
};

}  // namespace

void finish(Table& table, int page) {
    std::ranges::sort(table.cells, {}, [](const Cell& cell) { return std::pair(cell.row, cell.col); });
    table.pages = {page};
    const double width = 480.0 / std::max(1, table.cols), height = 600.0 / std::max(1, table.rows);
    for (Cell& cell : table.cells) {
        cell.boxes = {{page,
                       {50 + width * cell.col, 100 + height * cell.row, 50 + width * (cell.col + cell.col_span),
                        100 + height * (cell.row + cell.row_span)}}};
    }
}

Record empty_record() {
    Record record;
    record.id = std::string(64, '0');
    record.source = {"report.pdf", record.id, 1000, "application/pdf", "2024-01-31T08:00:00Z", {}};
    record.engine = {"0.1.0", "5.3.0", "chi_sim", 12};
    record.pages.push_back({1, 595.32, 841.92, TextSource::ocr, 0, 0, 300});
    return record;
}

Record print_form(const FormDefinition& form, const Figures& figures) {
    Record record = empty_record();
    for (const FormTable& form_table : form.tables) {
        Table table = TablePrinter(form_table, figures).print();
        table.id = "t" + std::to_string(record.tables.size() + 1);
        finish(table, 1);
        record.tables.push_back(std::move(table));
    }
    return record;
}

Figures distinct_figures(const FormDefinition& form) {
    Figures figures;
    int next = 101;
    for (const ValueSlot& slot : form.slots) figures[slot.pointer] = std::to_string(next++);
    return figures;
}

void add_block(Record& record, BlockType type, const std::string& text, double confidence) {
    Block block;
    block.type = type;
    block.text = text;
    block.page = 1;
    block.bbox = {50, 20, 500, 40};
    block.confidence = confidence;
    record.blocks.push_back(std::move(block));
}

std::shared_ptr<const FormDefinition> national_form(const std::string& version) {
    static const FormSet forms = *FormSet::builtin();
    for (const auto& form : forms.definitions()) {
        if (form->form == version) return form;
    }
    return nullptr;
}

Record national_report(const std::string& version, const std::string& unit, int year, const Figures& figures,
                       const std::string& received_at) {
    static const FormSet forms = *FormSet::builtin();
    Record record = print_form(*national_form(version), figures);
    add_block(record, BlockType::title, unit + std::to_string(year) + "年政府信息公开工作年度报告");
    record.source.name = unit + ".pdf";
    record.source.received_at = received_at;
    apply_forms(forms, record);
    return record;
}

}  // namespace biaod::models::testing
