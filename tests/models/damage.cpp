#include "damage.hpp"

#include <algorithm>

#include "form_printer.hpp"
#include "models/number.hpp"
#include "models/text_norm.hpp"

namespace biaod::models::testing {
namespace {

Cell blank_cell(int row, int col) {
    Cell cell;
    cell.row = row;
    cell.col = col;
    cell.confidence = 1;
    return cell;
}

char32_t random_character(Random& random) {
    // Characters of labels are as likely as others: OCR errors look like the language.
    static const std::u32string pool =
        label_key("一二三四五六七八项行政信息公开其他处理总计申请结果数量不予机关维持纠正机构企业人大口日目田由甲");
    return pool[std::uniform_int_distribution<std::size_t>(0, pool.size() - 1)(random)];
}

}  // namespace

void corrupt_labels(Table& table, double rate, Random& random) {
    std::bernoulli_distribution hit(rate);
    std::uniform_int_distribution<int> kind(0, 9);
    for (Cell& cell : table.cells) {
        if (read_figure(cell.text, {}).kind != FigureKind::not_a_figure) continue;
        std::u32string out;
        for (char32_t c : to_code_points(cell.text)) {
            if (!hit(random)) {
                out.push_back(c);
                continue;
            }
            const int what = kind(random);
            if (what < 6) out.push_back(random_character(random));
            if (what >= 8) out.insert(out.end(), 2, c);
        }
        cell.text = to_utf8(out);
    }
}

void drop_row(Table& table, int row) {
    std::vector<Cell> kept;
    for (Cell cell : table.cells) {
        if (cell.row <= row && row < cell.row + cell.row_span && --cell.row_span == 0) continue;
        if (cell.row > row) --cell.row;
        kept.push_back(cell);
    }
    table.cells = kept;
    --table.rows;
    finish(table, table.pages.front());
}

void drop_column(Table& table, int col) {
    std::vector<Cell> kept;
    for (Cell cell : table.cells) {
        if (cell.col <= col && col < cell.col + cell.col_span && --cell.col_span == 0) continue;
        if (cell.col > col) --cell.col;
        kept.push_back(cell);
    }
    table.cells = kept;
    --table.cols;
    finish(table, table.pages.front());
}

void insert_blank_column(Table& table, int before) {
    std::vector<bool> covered(static_cast<std::size_t>(table.rows), false);
    for (Cell& cell : table.cells) {
        if (cell.col >= before) {
            ++cell.col;
        } else if (cell.col + cell.col_span > before) {
            ++cell.col_span;
            for (int r = cell.row; r < cell.row + cell.row_span; ++r) covered[static_cast<std::size_t>(r)] = true;
        }
    }
    for (int r = 0; r < table.rows; ++r) {
        if (!covered[static_cast<std::size_t>(r)]) table.cells.push_back(blank_cell(r, before));
    }
    ++table.cols;
    finish(table, table.pages.front());
}

void insert_row(Table& table, int before, const std::vector<std::string>& texts) {
    std::vector<bool> covered(static_cast<std::size_t>(table.cols), false);
    for (Cell& cell : table.cells) {
        if (cell.row >= before) {
            ++cell.row;
        } else if (cell.row + cell.row_span > before) {
            ++cell.row_span;
            for (int c = cell.col; c < cell.col + cell.col_span; ++c) covered[static_cast<std::size_t>(c)] = true;
        }
    }
    std::size_t next = 0;
    for (int c = 0; c < table.cols; ++c) {
        if (covered[static_cast<std::size_t>(c)]) continue;
        Cell cell = blank_cell(before, c);
        if (next < texts.size()) cell.text = texts[next++];
        table.cells.push_back(cell);
    }
    ++table.rows;
    finish(table, table.pages.front());
}

void join_with_next(Table& table, int row, int col) {
    const auto left = std::ranges::find_if(table.cells, [&](const Cell& c) { return c.row == row && c.col == col; });
    const auto right = std::ranges::find_if(
        table.cells, [&](const Cell& c) { return c.row == row && c.col == left->col + left->col_span; });
    left->col_span += right->col_span;
    left->text += right->text;
    table.cells.erase(right);
}

std::vector<Table> split(const Table& table, int row) {
    Table upper = table, lower = table;
    upper.cells.clear();
    lower.cells.clear();
    lower.id = table.id + "b";
    for (const Cell& cell : table.cells) {
        if (cell.row < row) {
            Cell part = cell;
            part.row_span = std::min(cell.row_span, row - cell.row);
            // The text of a torn cell is cut where its rows are.
            const std::u32string text = to_code_points(cell.text);
            const auto cut = part.row_span == cell.row_span ? text.size()
                                                            : text.size() * static_cast<std::size_t>(part.row_span) /
                                                                  static_cast<std::size_t>(cell.row_span);
            part.text = to_utf8(text.substr(0, cut));
            upper.cells.push_back(part);
            if (part.row_span < cell.row_span) {
                part.row = 0;
                part.row_span = cell.row_span - part.row_span;
                part.text = to_utf8(text.substr(cut));
                lower.cells.push_back(part);
            }
        } else {
            Cell part = cell;
            part.row -= row;
            lower.cells.push_back(part);
        }
    }
    upper.rows = row;
    lower.rows = table.rows - row;
    finish(upper, table.pages.front());
    finish(lower, table.pages.front() + 1);
    return {upper, lower};
}

void repeat_header(Table& table, int header_rows, int row) {
    std::vector<Cell> header;
    for (const Cell& cell : table.cells) {
        if (cell.row + cell.row_span <= header_rows) header.push_back(cell);
    }
    const std::vector<Table> parts = split(table, row);
    Table out = parts[0];
    for (Cell cell : header) {
        cell.row += row;
        out.cells.push_back(cell);
    }
    for (Cell cell : parts[1].cells) {
        cell.row += row + header_rows;
        out.cells.push_back(cell);
    }
    out.rows = table.rows + header_rows;
    finish(out, table.pages.front());
    table = out;
}

Table glue(const Table& upper, const Table& lower) {
    Table out = upper;
    out.cols = std::max(upper.cols, lower.cols);
    for (const Table* part : {&upper, &lower}) {
        if (part == &upper) out.cells.clear();
        for (Cell cell : part->cells) {
            if (cell.col + cell.col_span == part->cols) cell.col_span += out.cols - part->cols;
            if (part == &lower) cell.row += upper.rows;
            out.cells.push_back(cell);
        }
    }
    out.rows = upper.rows + lower.rows;
    finish(out, 1);
    return out;
}

}  // namespace biaod::models::testing
