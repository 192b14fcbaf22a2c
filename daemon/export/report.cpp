// The workbook of one report: the form, its checks, where each figure stands.
#include <algorithm>
#include <map>

#include "daemon/export/export.hpp"
#include "daemon/export/form.hpp"
#include "daemon/export/words.hpp"
#include "models/form_values.hpp"
#include "models/record_json.hpp"

namespace biaod::daemon {
namespace {

using models::Record;
using models::ReviewItem;
using models::UnitReport;

class ReportBook {
  public:
    ReportBook(const Record& record, const UnitReport& report) : record_(record), report_(report), form_(*report.form) {
        for (const ReviewItem& item : record.review) reviews_.emplace(item.field, &item);
    }

    Book make() {
        book_.sheets.resize(3);
        add_report(book_.sheets[0]);
        add_checks(book_.sheets[1]);
        add_provenance(book_.sheets[2]);
        return std::move(book_);
    }

  private:
    void mark(SheetCell& cell, const std::string& field) {
        const auto found = reviews_.find(field);
        if (found == reviews_.end()) return;
        cell.mark = CellMark::doubtful;
        cell.note = review_note(*found->second);
    }

    void add_report(Sheet& sheet) {
        sheet.name = "报告";
        sheet.one_page = true;
        const int cols = form_columns(form_);
        const std::string title = models::text_member(record_.report, "title");
        SheetCell& top = sheet.add(0, 0, CellStyle::title, title.empty() ? record_.source.name : title);
        top.col_span = cols;
        mark(top, "/report/title");
        add_particulars(sheet, cols);
        const int end = add_form(sheet, form_, 3, [this](int slot, SheetCell& cell) { fill(slot, cell); });
        if (record_.review.empty()) return;
        SheetCell& legend =
            sheet.add(end - 1, 0, CellStyle::plain, "黄底的内容待核对，原因见批注；全部待核对的内容列在“核对”一页。");
        legend.col_span = cols;
    }

    // Unit and year, document number and date, in two halves of a row.
    void add_particulars(Sheet& sheet, int cols) {
        const std::string year = report_.year ? std::to_string(*report_.year) : "";
        const std::string items[2][2] = {{"单位：" + report_.issuer.value_or(""), "年度：" + year},
                                         {"文号：" + models::text_member(record_.report, "document_number"),
                                          "日期：" + models::text_member(record_.report, "date")}};
        const char* fields[2][2] = {{"/report/issuer", "/report/year"}, {"/report/document_number", "/report/date"}};
        const int left = std::max(1, cols * 2 / 3);
        for (int row = 0; row < 2; ++row) {
            for (int half = 0; half < (cols > 1 ? 2 : 1); ++half) {
                SheetCell& cell = sheet.add(row + 1, half == 0 ? 0 : left, CellStyle::plain, items[row][half]);
                cell.col_span = half == 0 ? left : cols - left;
                mark(cell, fields[row][half]);
            }
        }
    }

    void fill(int slot, SheetCell& cell) {
        const std::string field = "/report" + form_.slots[static_cast<std::size_t>(slot)].pointer;
        const models::UnitValue& value = report_.values[static_cast<std::size_t>(slot)];
        if (value.value) {
            cell.value = *value.value;
            cell.unit = unit_to_show(form_, slot, value.unit);
        } else if (const auto from = record_.provenance.find(field); from != record_.provenance.end()) {
            // A printed dash says "none"; anything else that is not a value is in the note, if it is anywhere.
            const bool dash = models::read_figure(from->second.printed, form_.figures).kind == models::FigureKind::dash;
            if (dash && !value.flagged) cell.value = from->second.printed;
        }
        mark(cell, field);
        if (value.flagged && cell.mark == CellMark::none) {
            cell.mark = CellMark::doubtful;
            cell.note = "待核对：" + words(*value.flagged);
        }
    }

    void add_checks(Sheet& sheet) {
        sheet.name = "核对";
        sheet.tells_doubts = true;
        sheet.landscape = true;
        sheet.widths = {16, 84, 44, 16, 8};
        int row = 0;
        sheet.add(row++, 0, CellStyle::caption, "勾稽关系").col_span = 3;
        head(sheet, row++, {"结果", "算式", "规则代号"});
        for (const auto status : {models::CheckStatus::fail, models::CheckStatus::unknown, models::CheckStatus::pass}) {
            for (const models::Check& check : record_.checks) {
                if (check.status != status) continue;
                SheetCell& result = sheet.add(row, 0, CellStyle::label, words(status));
                if (status == models::CheckStatus::fail) result.mark = CellMark::wrong;
                sheet.add(row, 1, CellStyle::text, check_words(check.detail));
                sheet.add(row++, 2, CellStyle::text, check.rule);
            }
        }
        if (record_.review.empty()) return;
        ++row;
        sheet.add(row++, 0, CellStyle::caption, "待核对的内容").col_span = 5;
        head(sheet, row++, {"原因", "项目", "原件印作", "建议", "页"});
        for (const ReviewItem& item : record_.review) {
            sheet.add(row, 0, CellStyle::label, words(item.reason)).mark = CellMark::doubtful;
            sheet.add(row, 1, CellStyle::text, field_words(&form_, item.field));
            sheet.add(row, 2, CellStyle::text, item.printed);
            sheet.add(row, 3, CellStyle::text, item.suggested.value_or(""));
            add_number(sheet, row++, 4, item.page, item.page > 0);
        }
    }

    void add_provenance(Sheet& sheet) {
        sheet.name = "出处";
        sheet.landscape = true;
        sheet.widths = {44, 14, 16, 10, 7, 7, 7, 7, 24, 48};
        int row = 0;
        const std::pair<const char*, std::string> about[] = {
            {"文件：", record_.source.name},
            {"SHA-256：", record_.source.sha256},
            {"版次：", std::to_string(record_.revision)},
            {"收到时间：", record_.source.received_at},
            {"程序：", "biaod " + record_.engine.version + "，tesseract " + record_.engine.tesseract}};
        for (const auto& [name, value] : about) sheet.add(row++, 0, CellStyle::plain, name + value).col_span = 10;
        ++row;
        head(sheet, row++,
             {"项目", "数值", "原件印作", "可信度", "页", "表", "行", "列", "位置（点：左、上、右、下）", "字段"});
        for (std::size_t slot = 0; slot < form_.slots.size(); ++slot) {
            const std::string field = "/report" + form_.slots[slot].pointer;
            const auto from = record_.provenance.find(field);
            if (from != record_.provenance.end()) add_place(sheet, row++, slot, field, from->second);
        }
        sheet.frozen_rows = static_cast<int>(std::size(about)) + 2;
    }

    void add_place(Sheet& sheet, int row, std::size_t slot, const std::string& field, const models::Provenance& from) {
        sheet.add(row, 0, CellStyle::label, form_.slots[slot].label);
        SheetCell& value = sheet.add(row, 1, CellStyle::figure);
        fill(static_cast<int>(slot), value);
        sheet.add(row, 2, CellStyle::text, from.printed);
        add_number(sheet, row, 3, from.confidence, true);
        add_number(sheet, row, 4, from.page, from.page > 0);
        sheet.add(row, 5, CellStyle::text, from.table);
        add_number(sheet, row, 6, from.row + 1, true);
        add_number(sheet, row, 7, from.col + 1, true);
        std::string box;
        for (double edge : {from.bbox.x0, from.bbox.y0, from.bbox.x1, from.bbox.y1})
            box += (box.empty() ? "" : ", ") + number(edge).to_string();
        sheet.add(row, 8, CellStyle::text, box);
        sheet.add(row, 9, CellStyle::text, field);
    }

    static models::Decimal number(double value) {
        return models::Decimal::from_json(value).value_or(models::Decimal{});
    }
    static void add_number(Sheet& sheet, int row, int col, double value, bool known) {
        sheet.add(row, col, CellStyle::figure, known ? CellValue(number(value)) : CellValue());
    }
    static void head(Sheet& sheet, int row, std::initializer_list<const char*> names) {
        int col = 0;
        for (const char* name : names) sheet.add(row, col++, CellStyle::head, name);
    }

    const Record& record_;
    const UnitReport& report_;
    const models::FormDefinition& form_;
    std::map<std::string, const ReviewItem*> reviews_;  // the first of each field
    Book book_;
};

}  // namespace

models::Result<Book> report_book(const Record& record, const models::FormSet& forms) {
    const auto report = models::unit_report(forms, record);
    if (!report) return models::fail(models::ErrorKind::bad_input, "export", "the document is of no known form");
    return ReportBook(record, *report).make();
}

}  // namespace biaod::daemon
