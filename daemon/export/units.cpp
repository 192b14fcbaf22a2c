#include "daemon/export/units.hpp"

#include <algorithm>

#include "daemon/export/form.hpp"
#include "daemon/export/words.hpp"
#include "models/form_layout.hpp"

namespace biaod::daemon {
namespace {

constexpr double unit_width = 26, figure_width = 10;  // of columns, in characters
constexpr std::size_t most_named = 20;                // reports in a note; all of them are on the list

// The column labels without those that stand above all columns.
std::vector<models::AxisLeaf> telling(std::vector<models::AxisLeaf> columns) {
    const auto shared = [&] {
        return std::ranges::all_of(columns, [&](const models::AxisLeaf& leaf) {
            return leaf.path.size() > 1 && leaf.path[0].texts == columns[0].path[0].texts;
        });
    };
    while (shared()) {
        for (models::AxisLeaf& leaf : columns) leaf.path.erase(leaf.path.begin());
    }
    return columns;
}

class UnitsSheet {
  public:
    UnitsSheet(const models::Summary& summary, int table)
        : summary_(summary), table_(summary.form->tables[static_cast<std::size_t>(table)]) {
        for (const models::FormBlock& block : table_.blocks) {
            row_levels_ = std::max(row_levels_, models::depth_of(block.rows));
            column_levels_ = std::max(column_levels_, models::depth_of(telling(block.columns)));
        }
        const auto& slots = summary.form->slots;
        first_slot_ = static_cast<int>(std::ranges::find(slots, table, &models::ValueSlot::table) - slots.begin());
    }

    Sheet make() {
        sheet_.name = table_.caption;
        sheet_.landscape = true;
        add_head();
        int row = head_rows() + 1;
        for (const models::UnitReport* report : summary_.reports) add_unit(row++, *report);
        sheet_.add(row, 0, CellStyle::head, "合计");
        for (int c = 1; c < columns_; ++c)
            fill_sum(summary_, first_slot_ + c - 1, sheet_.add(row, c, CellStyle::figure));
        sheet_.widths.assign(static_cast<std::size_t>(columns_), figure_width);
        sheet_.widths[0] = unit_width;
        sheet_.frozen_rows = head_rows() + 1;
        sheet_.frozen_cols = 1;
        return std::move(sheet_);
    }

  private:
    int head_rows() const { return row_levels_ + column_levels_; }

    void add_label(const models::LabelSpan& span, int row, int levels, int col, int places) {
        SheetCell& cell = sheet_.add(row + span.depth, col, CellStyle::head, span.text);
        cell.row_span = span.is_leaf ? levels - span.depth : 1;
        cell.col_span = places;
    }

    // The row labels of the form above its column labels.
    void add_head() {
        sheet_.add(0, 0, CellStyle::caption,
                   std::to_string(summary_.year) + "年 " + table_.caption + "：" +
                       std::to_string(summary_.reports.size()) + " 份报告");
        sheet_.add(1, 0, CellStyle::head, "单位").row_span = head_rows();
        for (const models::FormBlock& block : table_.blocks) {
            const int n = static_cast<int>(block.columns.size());
            const auto column_spans = models::label_spans(telling(block.columns));
            for (const models::LabelSpan& span : models::label_spans(block.rows))
                add_label(span, 1, row_levels_, columns_ + span.first * n, span.leaves * n);
            for (std::size_t r = 0; r < block.rows.size(); ++r) {
                const int above = block.rows[r].path.empty() ? 0 : row_levels_;
                for (const models::LabelSpan& span : column_spans)
                    add_label(span, 1 + above, head_rows() - above, columns_ + span.first, span.leaves);
                columns_ += n;
            }
        }
        sheet_.cells.front().col_span = columns_;
    }

    void add_unit(int row, const models::UnitReport& report) {
        SheetCell& name = sheet_.add(row, 0, CellStyle::label, report.name());
        if (report.issuer_flagged || report.place_flagged) {
            name.mark = CellMark::doubtful;
            name.note = "单位、年度或表式待核对";
        }
        for (int c = 1; c < columns_; ++c) {
            const int slot = first_slot_ + c - 1;
            const models::UnitValue& value = report.values[static_cast<std::size_t>(slot)];
            SheetCell& cell = sheet_.add(row, c, CellStyle::figure);
            if (value.value) {
                cell.value = *value.value;
                cell.unit = unit_to_show(*summary_.form, slot, value.unit);
            }
            if (!value.flagged) continue;
            cell.mark = CellMark::doubtful;
            cell.note = "待核对：" + words(*value.flagged);
        }
    }

    const models::Summary& summary_;
    const models::FormTable& table_;
    Sheet sheet_;
    int row_levels_ = 0, column_levels_ = 0, first_slot_ = 0;
    int columns_ = 1;
};

}  // namespace

void fill_sum(const models::Summary& summary, int slot, SheetCell& cell) {
    const models::SummaryCell& sum = summary.cells[static_cast<std::size_t>(slot)];
    if (sum.sum) {
        cell.value = *sum.sum;
        cell.unit = unit_to_show(*summary.form, slot, sum.unit);
    }
    if (sum.excluded.empty()) return;
    cell.mark = CellMark::doubtful;
    cell.note = "未计入 " + std::to_string(sum.excluded.size()) + " 份报告：";
    for (std::size_t i = 0; i < sum.excluded.size() && i < most_named; ++i)
        cell.note += "\n" + sum.excluded[i].report->name() + "（" + words(sum.excluded[i]) + "）";
    if (sum.excluded.size() > most_named) cell.note += "\n……全部列在“未计入”一页";
}

Sheet units_sheet(const models::Summary& summary, int table) { return UnitsSheet(summary, table).make(); }

}  // namespace biaod::daemon
