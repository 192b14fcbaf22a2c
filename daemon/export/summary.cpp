// The workbook of many reports.
#include <algorithm>

#include "daemon/export/export.hpp"
#include "daemon/export/form.hpp"
#include "daemon/export/units.hpp"
#include "daemon/export/words.hpp"

namespace biaod::daemon {
namespace {

using models::Summary;
using models::UnitReport;

int add_row(Sheet& sheet, int row, CellStyle style, std::initializer_list<std::string> texts) {
    int col = 0;
    for (const std::string& text : texts) sheet.add(row, col++, style, text);
    return row + 1;
}

Sheet sums_sheet(const Summary& summary) {
    Sheet sheet;
    sheet.name = "汇总";
    sheet.one_page = true;
    const int cols = form_columns(*summary.form);
    sheet.add(0, 0, CellStyle::title, std::to_string(summary.year) + "年汇总").col_span = cols;
    sheet.add(1, 0, CellStyle::plain, "共 " + std::to_string(summary.reports.size()) + " 份报告").col_span = cols;
    const int end =
        add_form(sheet, *summary.form, 2, [&](int slot, SheetCell& cell) { fill_sum(summary, slot, cell); });
    const auto incomplete = [](const models::SummaryCell& cell) { return !cell.excluded.empty(); };
    if (std::ranges::any_of(summary.cells, incomplete)) {
        sheet.add(end - 1, 0, CellStyle::plain, "黄底的合计不全：待核对的数字没有计入，原因见批注和“未计入”一页。")
            .col_span = cols;
    }
    return sheet;
}

// Reports that are not in the sums at all, then single values.
Sheet exclusions_sheet(const Summary& summary) {
    Sheet sheet;
    sheet.name = "未计入";
    sheet.tells_doubts = true;
    sheet.landscape = true;
    sheet.widths = {30, 60, 14, 36, 40};
    int row = add_row(sheet, 0, CellStyle::head, {"单位", "项目", "读数", "原因", "文件"});
    const auto whole_report = [&](const UnitReport& report, const std::string& why) {
        row = add_row(sheet, row, CellStyle::text, {report.name(), "整份报告", "", why, report.file_name});
    };
    for (const UnitReport* report : summary.superseded) whole_report(*report, "同一单位后来又报送了一份");
    for (const UnitReport* report : summary.undated) whole_report(*report, "没有读出年度");
    for (const UnitReport* report : summary.reports) {
        if (report->place_flagged)
            whole_report(*report, words({report, models::ExclusionReason::place_flagged, std::nullopt}));
    }
    for (std::size_t slot = 0; slot < summary.cells.size(); ++slot) {
        for (const models::Exclusion& exclusion : summary.cells[slot].excluded) {
            if (exclusion.reason == models::ExclusionReason::place_flagged) continue;
            const models::UnitValue& value = exclusion.report->values[slot];
            add_row(sheet, row, CellStyle::text,
                    {exclusion.report->name(), summary.form->slots[slot].label, "", words(exclusion),
                     exclusion.report->file_name});
            SheetCell& read = sheet.cells[sheet.cells.size() - 3];
            read.style = CellStyle::figure;
            read.value = value.value ? CellValue(*value.value) : CellValue();
            read.unit = unit_to_show(*summary.form, static_cast<int>(slot), value.unit);
            ++row;
        }
    }
    if (row == 1) add_row(sheet, row, CellStyle::text, {"全部计入", "", "", "", ""});
    return sheet;
}

std::string state_of(const models::Delivery& unit) {
    if (unit.missing()) return "未报";
    std::string out = unit.late ? "迟报" : "";
    if (unit.old_form) out += out.empty() ? "旧表式" : "、旧表式";
    return out.empty() ? "已报" : out;
}

Sheet deliveries_sheet(const models::Deliveries& deliveries) {
    Sheet sheet;
    sheet.name = "报送情况";
    sheet.landscape = true;
    sheet.widths = {30, 16, 14, 14, 12, 48};
    int row = add_row(sheet, 0, CellStyle::head, {"单位", "状态", "截止日期", "首次收到", "表式", "文件"});
    for (const models::Delivery& unit : deliveries.units) {
        const bool fine = !unit.missing() && !unit.late && !unit.old_form;
        row = add_row(sheet, row, CellStyle::text,
                      {unit.unit.name, state_of(unit), unit.unit.deadline.value_or(""), unit.received_on.value_or(""),
                       unit.missing() ? "" : unit.report->form->form, unit.missing() ? "" : unit.report->file_name});
        if (!fine) sheet.cells[sheet.cells.size() - 5].mark = unit.missing() ? CellMark::wrong : CellMark::doubtful;
    }
    for (const UnitReport* report : deliveries.not_on_roster) {
        row = add_row(sheet, row, CellStyle::text,
                      {report->name(), "不在名单上", "", "", report->form->form, report->file_name});
    }
    return sheet;
}

Sheet last_year_sheet(const Summary& summary, const std::vector<models::LastYear>& units) {
    Sheet sheet;
    sheet.name = "与上年比";
    sheet.landscape = true;
    sheet.widths = {30, 16, 90};
    int row = add_row(sheet, 0, CellStyle::head, {"单位", "结果", "说明"});
    for (const models::LastYear& unit : units) {
        const auto say = [&](const std::string& result, const std::string& detail, CellMark mark) {
            row = add_row(sheet, row, CellStyle::text, {unit.report->name(), result, detail});
            sheet.cells[sheet.cells.size() - 2].mark = mark;
        };
        if (!unit.last) {
            say("未比较", "没有" + std::to_string(summary.year - 1) + "年的报告", CellMark::none);
            continue;
        }
        std::size_t passed = 0, unknown = 0;
        for (const models::LastYearResult& result : unit.results) {
            passed += result.status == models::CheckStatus::pass;
            unknown += result.status == models::CheckStatus::unknown;
            if (result.status == models::CheckStatus::fail) say(words(result.status), result.detail, CellMark::wrong);
        }
        if (passed + unknown < unit.results.size()) continue;
        const std::string rest = unknown == 0 ? "" : "，" + std::to_string(unknown) + " 项空白或待核对，未比较";
        say(passed == 0 ? "未比较" : "相符", std::to_string(passed) + " 项相符" + rest, CellMark::none);
    }
    return sheet;
}

}  // namespace

Book summary_book(const Summary& summary, const std::vector<models::LastYear>& last_year,
                  const std::optional<models::Deliveries>& deliveries) {
    Book book;
    book.sheets.push_back(sums_sheet(summary));
    for (int table = 0; table < static_cast<int>(summary.form->tables.size()); ++table)
        book.sheets.push_back(units_sheet(summary, table));
    book.sheets.push_back(exclusions_sheet(summary));
    if (deliveries) book.sheets.push_back(deliveries_sheet(*deliveries));
    book.sheets.push_back(last_year_sheet(summary, last_year));
    return book;
}

}  // namespace biaod::daemon
