// A Book as the bytes of an .xlsx file, by libxlsxwriter.
//
// The library wants a file name; it gets that of an anonymous file in memory, so that nothing is left on a disk. What
// it would refuse or what would make Excel offer a repair (overlapping merges, control characters, texts over the
// limit) is kept from it here.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <numeric>
#include <tuple>

#include "daemon/export/export.hpp"
#include "daemon/export/heights.hpp"
#include "models/text_norm.hpp"

namespace biaod::daemon {
namespace {

using models::ErrorKind;
using models::Result;

constexpr int most_rows = 1'048'576, most_cols = 16'384;
constexpr std::int64_t most_covered = 20'000'000;  // that cells may cover on a sheet
constexpr std::size_t longest_text = 32'767;       // UTF-16 units
constexpr double widest_page = 320;                // characters: what is fitted to one page wide can still be read
constexpr std::size_t most_digits = 15;            // that a spreadsheet keeps of a number

// Text as a spreadsheet's XML may hold it. What is cut off is said.
std::string allowed(const std::string& text) {
    std::u32string out;
    for (char32_t c : models::to_code_points(text)) {
        if (c == U'\r') continue;
        const bool bad = (c < 0x20 && c != U'\n' && c != U'\t') || c == 0xFFFE || c == 0xFFFF;
        out.push_back(bad ? U'\uFFFD' : c);
    }
    std::size_t length = 0;
    constexpr std::u32string_view ending = U"……（内容过长，已截断）";
    for (std::size_t i = 0; i < out.size(); ++i) {
        length += out[i] > 0xFFFF ? 2 : 1;
        if (length <= longest_text) continue;
        out.resize(i - 2 * ending.size());
        return models::to_utf8(out + std::u32string(ending));
    }
    return models::to_utf8(out);
}

// The places that cells cover; each may be covered once.
class Places {
  public:
    bool take(const SheetCell& cell) {
        if (cell.row < 0 || cell.col < 0 || cell.row_span < 1 || cell.col_span < 1) return false;
        if (cell.row_span > most_rows - cell.row || cell.col_span > most_cols - cell.col) return false;
        covered_ += std::int64_t{cell.row_span} * cell.col_span;
        if (covered_ > most_covered) return false;
        for (int row = cell.row; row < cell.row + cell.row_span; ++row) {
            auto& columns = rows_[row];
            const auto end = static_cast<std::size_t>(cell.col + cell.col_span);
            if (columns.size() < end) columns.resize(end);
            for (auto col = static_cast<std::size_t>(cell.col); col < end; ++col) {
                if (columns[col]) return false;
                columns[col] = true;
            }
        }
        return true;
    }

  private:
    std::map<int, std::vector<bool>> rows_;
    std::int64_t covered_ = 0;
};

class XlsxWriter {
  public:
    explicit XlsxWriter(const std::string& path) : workbook_(workbook_new(path.c_str())) {}

    Result<void> write(const Book& book) {
        if (!workbook_) return models::fail(ErrorKind::internal, "export", "libxlsxwriter makes no workbook");
        const std::vector<std::string> names = sheet_names(book);
        Result<void> done;
        for (std::size_t i = 0; i < book.sheets.size() && done; ++i) done = write(book.sheets[i], names[i]);
        const lxw_error closed = workbook_close(workbook_);  // frees it in any case
        if (done && closed != LXW_NO_ERROR)
            return models::fail(ErrorKind::temporary, "export", std::string("libxlsxwriter: ") + lxw_strerror(closed));
        return done;
    }

  private:
    Result<void> write(const Sheet& sheet, const std::string& name) {
        lxw_worksheet* out = workbook_add_worksheet(workbook_, name.c_str());
        if (!out) return models::fail(ErrorKind::internal, "export", "libxlsxwriter refuses the sheet " + name);
        Places places;
        for (const SheetCell& cell : sheet.cells) {
            if (!places.take(cell)) {
                return models::fail(ErrorKind::bad_input, "export",
                                    "the cells of sheet " + name + " overlap or do not fit a sheet");
            }
        }
        for (std::size_t col = 0; col < sheet.widths.size(); ++col) {
            const auto at = static_cast<lxw_col_t>(col);
            worksheet_set_column(out, at, at, sheet.widths[col], nullptr);
        }
        for (const auto& [row, height] : row_heights(sheet))
            worksheet_set_row(out, static_cast<lxw_row_t>(row), height, nullptr);
        for (const SheetCell& cell : sheet.cells) write(out, cell);
        set_up_page(out, sheet);
        return {};
    }

    void write(lxw_worksheet* sheet, const SheetCell& cell) {
        const auto row = static_cast<lxw_row_t>(cell.row);
        const auto col = static_cast<lxw_col_t>(cell.col);
        lxw_format* format = format_of(cell);
        if (cell.row_span > 1 || cell.col_span > 1) {
            worksheet_merge_range(sheet, row, col, static_cast<lxw_row_t>(cell.row + cell.row_span - 1),
                                  static_cast<lxw_col_t>(cell.col + cell.col_span - 1), "", format);
        }
        if (const auto* figure = std::get_if<models::Decimal>(&cell.value)) {
            write_figure(sheet, row, col, figure->to_string(), format);
        } else if (const auto* text = std::get_if<std::string>(&cell.value); text && !text->empty()) {
            worksheet_write_string(sheet, row, col, allowed(*text).c_str(), format);
        } else if (cell.row_span == 1 && cell.col_span == 1) {
            worksheet_write_blank(sheet, row, col, format);
        }
        if (!cell.note.empty()) write_note(sheet, row, col, allowed(cell.note));
    }

    static void write_figure(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t col, const std::string& figure,
                             lxw_format* format) {
        const auto digits = std::ranges::count_if(figure, [](char c) { return c >= '0' && c <= '9'; });
        if (static_cast<std::size_t>(digits) > most_digits) {
            worksheet_write_string(sheet, row, col, figure.c_str(), format);
        } else {
            double value = 0;
            std::from_chars(figure.data(), figure.data() + figure.size(), value);
            worksheet_write_number(sheet, row, col, value, format);
        }
    }

    static void write_note(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t col, const std::string& note) {
        lxw_comment_options options{};
        options.width = 260;  // px
        options.height =
            static_cast<std::uint16_t>(24 + 18 * std::clamp<long>(std::ranges::count(note, '\n') + 1, 1, 22));
        worksheet_write_comment_opt(sheet, row, col, note.c_str(), &options);
    }

    static void set_up_page(lxw_worksheet* out, const Sheet& sheet) {
        constexpr std::uint8_t a4 = 9;
        worksheet_set_paper(out, a4);
        if (sheet.landscape) worksheet_set_landscape(out);
        const double width = std::accumulate(sheet.widths.begin(), sheet.widths.end(), 0.0);
        if (width <= widest_page) {
            worksheet_fit_to_pages(out, 1, sheet.one_page ? 1 : 0);
        } else if (sheet.frozen_cols > 0) {
            worksheet_repeat_columns(out, 0, static_cast<lxw_col_t>(sheet.frozen_cols - 1));
        }
        worksheet_set_margins(out, 0.5, 0.5, 0.6, 0.6);  // inches
        worksheet_center_horizontally(out);
        worksheet_set_footer(out, "&C第 &P 页，共 &N 页");
        if (sheet.frozen_rows > 0 || sheet.frozen_cols > 0) {
            worksheet_freeze_panes(out, static_cast<lxw_row_t>(sheet.frozen_rows),
                                   static_cast<lxw_col_t>(sheet.frozen_cols));
        }
        if (sheet.frozen_rows > 0) worksheet_repeat_rows(out, 0, static_cast<lxw_row_t>(sheet.frozen_rows - 1));
    }

    lxw_format* format_of(const SheetCell& cell) {
        const auto [found, fresh] = formats_.try_emplace({cell.style, cell.mark, cell.unit}, nullptr);
        if (fresh) found->second = make_format(cell);
        return found->second;
    }

    lxw_format* make_format(const SheetCell& cell) {
        lxw_format* format = workbook_add_format(workbook_);
        const CellStyle style = cell.style;
        const bool outside = style == CellStyle::title || style == CellStyle::caption || style == CellStyle::plain;
        const bool centred = style == CellStyle::title || style == CellStyle::head || style == CellStyle::figure;
        format_set_font_name(format, "宋体");
        format_set_font_size(format, style == CellStyle::title ? 16 : style == CellStyle::caption ? 12 : 10);
        if (style == CellStyle::title || style == CellStyle::caption || style == CellStyle::head)
            format_set_bold(format);
        format_set_align(format, centred ? LXW_ALIGN_CENTER : LXW_ALIGN_LEFT);
        format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
        if (!outside) format_set_border(format, LXW_BORDER_THIN);
        // A figure that is too wide becomes smaller, never "###".
        if (style == CellStyle::figure) {
            format_set_shrink(format);
        } else {
            format_set_text_wrap(format);
        }
        if (style == CellStyle::head) format_set_bg_color(format, 0xF2F2F2);
        if (cell.mark == CellMark::doubtful) format_set_bg_color(format, 0xFFF2A8);
        if (cell.mark == CellMark::wrong) format_set_bg_color(format, 0xF8CBAD);
        if (!cell.unit.empty() && cell.unit.find('"') == std::string::npos)
            format_set_num_format(format, ("General\"" + cell.unit + "\"").c_str());
        return format;
    }

    lxw_workbook* workbook_;
    std::map<std::tuple<CellStyle, CellMark, std::string>, lxw_format*> formats_;
};

Result<std::string> contents(int descriptor) {
    std::string bytes;
    bytes.resize(static_cast<std::size_t>(std::max<off_t>(0, ::lseek(descriptor, 0, SEEK_END))));
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t got = ::pread(descriptor, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
        if (got <= 0) return models::fail(ErrorKind::temporary, "export", "the workbook cannot be read back");
        done += static_cast<std::size_t>(got);
    }
    return bytes;
}

}  // namespace

Result<std::string> xlsx_bytes(const Book& book) {
    const int descriptor = ::memfd_create("workbook", MFD_CLOEXEC);
    if (descriptor < 0) return models::fail(ErrorKind::temporary, "export", "no memory for a workbook");
    const auto written = XlsxWriter("/proc/self/fd/" + std::to_string(descriptor)).write(book);
    Result<std::string> bytes = written ? contents(descriptor) : tl::unexpected(written.error());
    ::close(descriptor);
    return bytes;
}

}  // namespace biaod::daemon
