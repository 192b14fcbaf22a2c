// The tables of any document: cells and spans as in the record.
#include <algorithm>
#include <set>

#include "daemon/export/export.hpp"
#include "models/form_values.hpp"

namespace biaod::daemon {
namespace {

constexpr double narrowest = 6, widest = 40;  // columns, in characters
constexpr std::int64_t most_places = 4'000'000;

// A record from a file of somebody else may say anything.
bool tiles_some_grid(const models::Table& table) {
    std::set<std::pair<int, int>> taken;
    std::int64_t places = 0;
    for (const models::Cell& cell : table.cells) {
        if (cell.row < 0 || cell.col < 0 || cell.row_span < 1 || cell.col_span < 1) return false;
        if (cell.row > table.rows - cell.row_span || cell.col > table.cols - cell.col_span) return false;
        places += std::int64_t{cell.row_span} * cell.col_span;
        if (places > most_places) return false;
        for (int r = 0; r < cell.row_span; ++r) {
            for (int c = 0; c < cell.col_span; ++c) {
                if (!taken.emplace(cell.row + r, cell.col + c).second) return false;
            }
        }
    }
    return !table.cells.empty();
}

// "007" is no figure, nor is an amount with its unit: what is not plainly a number stays as it is printed.
CellValue value_of(const std::string& text) {
    if (text.empty()) return {};
    const models::Figure figure = models::read_figure(text, {});
    const bool number = figure.kind == models::FigureKind::number && !figure.doubtful;
    return number ? CellValue(figure.value) : CellValue(text);
}

// By the limits below which a report's values wait for review; what seems blank may be a figure that is hardly seen.
bool is_doubtful(const models::Cell& cell, bool figure) {
    return cell.confidence < (figure || cell.text.empty() ? models::doubt_number_below : models::doubt_below);
}

std::vector<double> widths_of(const models::Table& table) {
    std::vector<double> out(static_cast<std::size_t>(table.cols), narrowest);
    for (const models::Cell& cell : table.cells) {
        double& width = out[static_cast<std::size_t>(cell.col)];
        if (cell.col_span == 1) width = std::clamp(text_width(cell.text) + 2.0, width, widest);
    }
    return out;
}

}  // namespace

models::Result<Book> tables_book(const models::Record& record) {
    Book book;
    book.alike = true;
    for (const models::Table& table : record.tables) {
        if (!tiles_some_grid(table)) {
            return models::fail(models::ErrorKind::bad_input, "export",
                                "the cells of table " + table.id + " do not fit together");
        }
        Sheet& sheet = book.sheets.emplace_back();
        sheet.name = table.caption && !table.caption->empty() ? *table.caption : table.id;
        sheet.widths = widths_of(table);
        for (const models::Cell& cell : table.cells) {
            CellValue value = value_of(cell.text);
            const bool figure = std::holds_alternative<models::Decimal>(value);
            SheetCell& out =
                sheet.add(cell.row, cell.col, figure ? CellStyle::figure : CellStyle::text, std::move(value));
            out.row_span = cell.row_span;
            out.col_span = cell.col_span;
            if (is_doubtful(cell, figure)) out.mark = CellMark::doubtful;
        }
    }
    if (book.sheets.empty()) return models::fail(models::ErrorKind::bad_input, "export", "the document has no table");
    return book;
}

}  // namespace biaod::daemon
