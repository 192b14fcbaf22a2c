#include "models/form_values.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <utility>

#include "models/text_norm.hpp"

namespace biaod::models {
namespace {

constexpr std::size_t least_rows = 5;  // of a block, in which a blank column is no chance
constexpr std::size_t filled_of = 5;   // all but one in so many rows are filled

using PrintedRows = std::set<std::pair<int, int>>;  // a table, and a row of it

struct Found {
    const Cell* cell = nullptr;
    bool doubtful = false;
};

bool has_print(const Cell& cell) { return cell.unreadable || !fold(cell.text).empty(); }

bool overlaps(const Cell& cell, const ColumnPlace& place) {
    return place.found() && cell.col <= place.last && cell.col + cell.col_span > place.first;
}

// Whether less than a third of the rows have print in the column, as in one that a false ruling parted off.
bool mostly_blank(const TableGrid& grid, int col) {
    int printed = 0;
    for (int row = 0; row < grid.rows(); ++row) {
        const Cell* cell = grid.at(row, col);
        printed += cell != nullptr && cell->col == col && has_print(*cell);
    }
    return 3 * printed < grid.rows();
}

// The cells of one printed row, handed to the block's columns.
std::vector<Found> cells_of_row(const TableGrid& grid, int row, const ColumnMap& map, const FigureWords& words) {
    std::vector<Found> out(map.columns.size());
    const std::vector<const Cell*> cells = grid.row_cells(row);
    std::set<const Cell*> used;
    for (std::size_t c = 0; c < map.columns.size(); ++c) {
        const ColumnPlace& place = map.columns[c];
        std::vector<const Cell*> here;
        for (const Cell* cell : cells) {
            if (overlaps(*cell, place)) here.push_back(cell);
        }
        if (here.empty()) continue;
        const auto printed = std::ranges::count_if(here, [](const Cell* cell) { return has_print(*cell); });
        const auto first = std::ranges::find_if(here, [](const Cell* cell) { return has_print(*cell); });
        out[c].cell = printed > 0 ? *first : here.front();
        out[c].doubtful = printed > 1;
        for (std::size_t other = 0; other < map.columns.size(); ++other) {
            if (other != c && overlaps(*out[c].cell, map.columns[other])) out[c].doubtful = true;
        }
        used.insert(here.begin(), here.end());
    }

    // A figure beside a blank value (the ruling and the header disagree by a phantom column) may be that value's;
    // beside another figure, a part of it.
    for (const Cell* cell : cells) {
        if (used.contains(cell) || read_figure(cell->text, words).kind != FigureKind::number) continue;
        for (std::size_t c = 0; c < out.size(); ++c) {
            const bool beside =
                cell->col == map.columns[c].last + 1 || cell->col + cell->col_span == map.columns[c].first;
            if (!out[c].cell || !beside) continue;
            if (!has_print(*out[c].cell))
                out[c] = {cell, true};
            else if (mostly_blank(grid, cell->col))
                out[c].doubtful = true;
        }
    }
    // Further away, beyond another phantom column, it is not told whose it is; before the row's label stands its
    // number.
    const auto taken = [&](const Cell* cell) { return std::ranges::find(out, cell, &Found::cell) != out.end(); };
    const auto kind = [&](const Cell* cell) { return read_figure(cell->text, words).kind; };
    const auto label = std::ranges::find(cells, FigureKind::not_a_figure, kind);
    const bool left_over = std::any_of(label, cells.end(), [&](const Cell* cell) {
        return !used.contains(cell) && !taken(cell) && kind(cell) == FigureKind::number;
    });
    for (Found& found : out)
        if (left_over && found.cell && !has_print(*found.cell)) found.doubtful = true;
    return out;
}

class BlockReader {
  public:
    BlockReader(const FormBlock& block, const BlockMatch& match, const std::vector<TableGrid>& grids,
                const FigureWords& words, const PrintedRows& rows_of_form)
        : block_(block), match_(match), grids_(grids), words_(words), rows_of_form_(rows_of_form) {}

    // The readings of one row, a column each.
    std::vector<Reading> row(std::size_t r) const {
        const RowPlace& place = match_.rows[r];
        std::vector<Reading> out(block_.columns.size());
        if (!place.found()) return out;
        fill(out, r, place.table, place.row, place);
        if (place.second_table >= 0) fill(out, r, place.second_table, place.second_row, place);
        return out;
    }

  private:
    void fill(std::vector<Reading>& out, std::size_t r, int table, int row, const RowPlace& place) const {
        const ColumnMap& map = match_.columns[static_cast<std::size_t>(table)];
        if (map.empty()) return;
        const std::vector<Found> cells = cells_of_row(grids_[static_cast<std::size_t>(table)], row, map, words_);
        const bool row_doubtful = place.similarity < sure_similarity || place.margin < sure_margin;
        const bool torn =
            std::ranges::any_of(cells, [](const Found& f) { return f.cell && !has_print(*f.cell); }) &&
            (holds_unclaimed_figures(table, row - 1, map) || holds_unclaimed_figures(table, row + 1, map));
        for (std::size_t c = 0; c < cells.size(); ++c) {
            if (!cells[c].cell) continue;
            const ColumnPlace& column = map.columns[c];
            Reading& reading = out[c];
            const bool clash = reading.found() && has_print(*reading.cell);
            // A second reading may have seen what the first did not.
            const bool seen = clash || reading.second;
            if (seen && !has_print(*cells[c].cell)) continue;
            reading = {};
            reading.cell = cells[c].cell;
            reading.table = table;
            const bool otherwise_doubtful = clash || row_doubtful || cells[c].doubtful ||
                                            (torn && !has_print(*reading.cell)) ||
                                            covers_other_row(*reading.cell, r, table);
            reading.place_doubtful = otherwise_doubtful || !column.is_sure();
            reading.column_in_order = column.in_order && !otherwise_doubtful;
            read(reading, block_.columns[c], table, column);
        }
    }

    // Whether a printed row that is none of the form's holds figures: those of a row beside it that a page break tore.
    bool holds_unclaimed_figures(int table, int row, const ColumnMap& map) const {
        const TableGrid& grid = grids_[static_cast<std::size_t>(table)];
        if (row < 0 || row >= grid.rows() || rows_of_form_.contains({table, row})) return false;
        return std::ranges::count_if(cells_of_row(grid, row, map, words_), [&](const Found& f) {
                   return f.cell && read_figure(f.cell->text, words_).kind == FigureKind::number;
               }) > 1;
    }

    bool covers_other_row(const Cell& cell, std::size_t r, int table) const {
        for (std::size_t other = 0; other < match_.rows.size(); ++other) {
            const RowPlace& place = match_.rows[other];
            if (other != r && place.table == table && place.row >= cell.row && place.row < cell.row + cell.row_span)
                return true;
        }
        return false;
    }

    void read(Reading& reading, const AxisLeaf& column, int table, const ColumnPlace& place) const {
        const Cell& cell = *reading.cell;
        reading.figure = read_marred_figure(cell.text, words_);
        if (cell.unreadable) reading.figure.kind = FigureKind::not_a_figure;
        if (cell.second_reading) {
            const Figure second = read_marred_figure(*cell.second_reading, words_);
            const auto is_null = [](const Figure& f) {
                return f.kind == FigureKind::blank || f.kind == FigureKind::dash;
            };
            const bool same =
                (second.kind == FigureKind::number && reading.is_number() && second.value == reading.figure.value) ||
                (is_null(second) && is_null(reading.figure));
            if (!same) reading.second = second;
            reading.figure.doubtful |= second.doubtful;
        }
        if (!reading.figure.unit.empty()) {
            reading.unit = reading.figure.unit;
        } else {
            reading.unit = unit_in_labels(column, table, place);
        }
    }

    // The longest unit in the printed column header, else in the form's own label.
    std::optional<std::string> unit_in_labels(const AxisLeaf& column, int table, const ColumnPlace& place) const {
        const TableGrid& grid = grids_[static_cast<std::size_t>(table)];
        std::optional<std::string> best;
        const auto look_in = [&](const std::u32string& text) {
            for (const std::string& unit : words_.units) {
                const std::u32string in_brackets = U":" + fold(unit);
                if (text.find(in_brackets) != text.npos && (!best || unit.size() > best->size())) best = unit;
            }
        };
        for (int r = 0; r < grid.rows(); ++r) {
            const Cell* cell = grid.at(r, place.first);
            if (cell && cell->row == r && label_similarity_of(*cell, column) >= sure_similarity)
                look_in(fold(cell->text));
        }
        if (!best) look_in(fold(column.path.back().texts.front()));
        return best;
    }

    static double label_similarity_of(const Cell& cell, const AxisLeaf& column) {
        const std::u32string key = label_key(cell.text);
        double best = 0;
        for (const std::u32string& label : column.path.back().keys)
            best = std::max(best, similarity_to_start(key, label));
        return best;
    }

    const FormBlock& block_;
    const BlockMatch& match_;
    const std::vector<TableGrid>& grids_;
    const FigureWords& words_;
    const PrintedRows& rows_of_form_;
};

// The printed rows that are found to be the form's.
PrintedRows rows_of(const FormMatch& match) {
    PrintedRows rows;
    for (const auto& table : match.tables)
        for (const BlockMatch& block : table.blocks)
            for (const RowPlace& place : block.rows) {
                if (place.found()) rows.insert({place.table, place.row});
                if (place.second_table >= 0) rows.insert({place.second_table, place.second_row});
            }
    return rows;
}

// A column without any print beside columns that are filled is one that a false ruling parted off: its figures are
// elsewhere. `readings` are a block's, row by row.
void doubt_blank_columns(std::span<Reading> readings, std::size_t columns) {
    const std::size_t rows = readings.size() / columns;
    if (rows < least_rows || columns < 2) return;
    std::vector<std::size_t> printed(columns, 0);
    for (std::size_t i = 0; i < readings.size(); ++i)
        printed[i % columns] += readings[i].found() && has_print(*readings[i].cell);
    const auto is_filled = [&](std::size_t count) { return filled_of * count >= (filled_of - 1) * rows; };
    if (std::ranges::count_if(printed, is_filled) * 2 <= std::ssize(printed)) return;
    for (std::size_t i = 0; i < readings.size(); ++i)
        if (printed[i % columns] == 0) readings[i].place_doubtful = true;
}

}  // namespace

bool Reading::is_odd() const {
    const bool read_once = is_number() && cell->text_source != TextSource::layer && !spelled_as_figure(cell->text);
    return place_doubtful || figure.doubtful || read_once;
}

bool Reading::is_sure() const {
    if (told_sure) return *told_sure;
    if (!found() || figure.kind == FigureKind::not_a_figure || second || is_odd()) return false;
    return cell->confidence >= (is_number() ? doubt_number_below : doubt_below);
}

std::vector<Reading> read_values(const FormMatch& match, const std::vector<TableGrid>& grids) {
    const FormDefinition& form = *match.form;
    std::vector<Reading> out;
    out.reserve(form.slots.size());
    const PrintedRows rows_of_form = rows_of(match);
    for (std::size_t t = 0; t < form.tables.size(); ++t) {
        for (std::size_t b = 0; b < form.tables[t].blocks.size(); ++b) {
            const FormBlock& block = form.tables[t].blocks[b];
            const BlockReader reader(block, match.tables[t].blocks[b], grids, form.figures, rows_of_form);
            const std::size_t first = out.size();
            for (std::size_t r = 0; r < block.rows.size(); ++r) {
                for (Reading& reading : reader.row(r)) out.push_back(std::move(reading));
            }
            doubt_blank_columns(std::span(out).subspan(first), block.columns.size());
        }
    }
    return out;  // in the order of FormDefinition::slots
}

}  // namespace biaod::models
