#include "models/form_columns.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/form_rows.hpp"
#include "models/text_norm.hpp"

namespace biaod::models {
namespace {

constexpr double least_similarity = 0.3;
constexpr double lost_label_similarity = 0.33;  // of a column whose label was not read
constexpr double parent_share = 0.25;
constexpr double clear_similarity = 0.8;
constexpr double skip_labelled = 0.25, skip_column = 0.5;
constexpr double well_read = 0.97;        // confidence of a label: of those above nearly all are right
constexpr double of_it_left = 0.2;        // similarity of a misread label
constexpr std::size_t most_misread = 2;   // labels of a header, of which others are certain,
constexpr std::size_t misread_of = 3;     // and one in so many
constexpr double edge_tolerance = 0.02;   // of the table's width
constexpr double width_tolerance = 0.01;  // the same, for columns that are compared by their widths alone

// Neighbouring grid columns under one lowest header cell.
struct HeaderUnit {
    int first = 0, last = 0;
    std::vector<std::u32string> path;  // labels from the top, blank cells left out
    double confidence = 0;             // of the lowest
    bool labelled = false;             // in the header's last row
};

std::vector<HeaderUnit> header_units(const TableGrid& grid, int first_row, int last_row, const FigureWords& words) {
    std::vector<HeaderUnit> units;
    const Cell* lowest = nullptr;
    for (int c = 0; c < grid.cols(); ++c) {
        const Cell* cell = grid.at(last_row, c);
        if (!units.empty() && cell && cell == lowest) {
            units.back().last = c;
            continue;
        }
        lowest = cell;
        HeaderUnit unit{c, c, {}, 0, cell && !label_key(cell->text).empty()};
        const Cell* above = nullptr;
        for (int r = first_row; r <= last_row; ++r) {
            const Cell* here = grid.at(r, c);
            if (!here || here == above) continue;
            above = here;
            if (read_figure(here->text, words).kind != FigureKind::not_a_figure) continue;
            std::u32string key = label_key(here->text);
            if (key.empty()) continue;
            unit.path.push_back(std::move(key));
            unit.confidence = here->confidence;
        }
        units.push_back(std::move(unit));
    }
    return units;
}

// Whether one of the rows has a figure, or a dash for one, that begins in the column.
bool has_figures(const TableGrid& grid, int col, const std::vector<int>& rows, const FigureWords& words) {
    return std::ranges::any_of(rows, [&](int r) {
        const Cell* cell = grid.at(r, col);
        if (!cell || cell->col != col) return false;
        const FigureKind kind = read_figure(cell->text, words).kind;
        return kind == FigureKind::number || kind == FigureKind::dash;
    });
}

std::vector<int> rows_from(int first, const TableGrid& grid) {
    std::vector<int> rows(static_cast<std::size_t>(std::max(0, grid.rows() - first)));
    std::iota(rows.begin(), rows.end(), first);
    return rows;
}

// Labels that are printed between two columns that were found.
std::ptrdiff_t labels_between(const ColumnPlace& before, const ColumnPlace& behind,
                              const std::vector<HeaderUnit>& units) {
    return std::ranges::count_if(units, [&](const HeaderUnit& unit) {
        return unit.first > before.last && unit.last < behind.first && unit.labelled;
    });
}

// What is left of a misread label may look like the end of another. Where as many labels more than columns are printed
// on one side of it, up to the next column that was found, as are fewer on the other, it is not that one.
void drop_displaced(ColumnMap& map, const std::vector<HeaderUnit>& units) {
    const std::vector<ColumnPlace> places = map.columns;
    std::vector<std::size_t> found;
    for (std::size_t c = 0; c < places.size(); ++c)
        if (places[c].found()) found.push_back(c);
    const auto more_labels = [&](std::size_t before, std::size_t behind) {
        return labels_between(places[before], places[behind], units) - static_cast<std::ptrdiff_t>(behind - before - 1);
    };
    for (std::size_t i = 1; i + 1 < found.size(); ++i) {
        const std::ptrdiff_t before = more_labels(found[i - 1], found[i]), behind = more_labels(found[i], found[i + 1]);
        if (places[found[i]].similarity < clear_similarity && before != 0 && before + behind == 0)
            map.columns[found[i]] = {};
    }
}

// Columns beside or between those that were found, and as many printed ones in that place: their labels were misread
// beyond recognition, as below a seal. They are taken in order, and marked as doubtful. Before the first one that was
// found stand the rows' labels, too.
void fill_gaps(ColumnMap& map, const std::vector<HeaderUnit>& units, const TableGrid& grid, int first_row,
               const FigureWords& words) {
    const std::size_t count = map.columns.size();
    const std::vector<int> value_rows = rows_from(first_row, grid);
    for (std::size_t begin = 0, end = 0; begin < count; begin = end + 1) {
        for (end = begin; end < count && !map.columns[end].found();) ++end;
        if (begin == end) continue;
        std::vector<const HeaderUnit*> between;
        for (const HeaderUnit& unit : units) {
            const bool behind = begin == 0 ? has_figures(grid, unit.first, value_rows, words)
                                           : unit.first > map.columns[begin - 1].last;
            const bool before = end == count || unit.last < map.columns[end].first;
            if (behind && before && !unit.path.empty()) between.push_back(&unit);
        }
        if (between.size() != end - begin) continue;
        for (std::size_t i = 0; i < between.size(); ++i)
            map.columns[begin + i] = {between[i]->first, between[i]->last, 0, 0, true, true};
    }
}

// A header over as many grid columns as it and the columns beside it that were not found need: the rulings between the
// labels were lost. Each has one of them in order, for a person to look at; where their numbers differ, there is no
// telling which, and the header is but doubted.
void part_joined_headers(ColumnMap& map) {
    const auto lost = [&](std::size_t c) { return c < map.columns.size() && !map.columns[c].found(); };
    for (std::size_t c = 0; c < map.columns.size(); ++c) {
        const ColumnPlace joined = map.columns[c];
        if (!joined.found() || joined.first == joined.last) continue;
        std::size_t first = c, last = c;
        while (first > 0 && lost(first - 1)) --first;
        while (lost(last + 1)) ++last;
        if (first == last) continue;
        map.columns[c].doubtful = true;
        const auto needed = static_cast<int>(last - first);
        if (joined.last - joined.first != needed) continue;
        for (int i = 0; i <= needed; ++i) {
            ColumnPlace& place = map.columns[first + static_cast<std::size_t>(i)];
            place = joined;
            place.doubtful = true;
            place.in_order = false;
            place.first = place.last = joined.first + i;
        }
        c = last;
    }
}

// Whether a figure, or a dash for one, is printed in most of the rows: a column that a false ruling parts off has none.
bool is_filled(const TableGrid& grid, int col, const std::vector<int>& rows, const FigureWords& words) {
    const auto filled = std::ranges::count_if(rows, [&](int row) { return has_figures(grid, col, {row}, words); });
    return 2 * filled > std::ssize(rows);
}

// Where all columns stand beside each other, and most have their labels, it is known which the one or two others are,
// if what was read of their labels is uncertain and some of it is theirs: another column may be printed there.
void settle_the_rest(ColumnMap& map, const FormBlock& block, const std::vector<HeaderUnit>& units,
                     const TableGrid& grid, int first_row, const FigureWords& words) {
    std::vector<std::size_t> rest;
    for (std::size_t c = 0; c < map.columns.size(); ++c) {
        const ColumnPlace& place = map.columns[c];
        if (!place.found() || (c > 0 && place.first != map.columns[c - 1].last + 1)) return;
        if (!place.is_sure()) rest.push_back(c);
    }
    if (rest.empty() || rest.size() > most_misread || rest.size() * misread_of > map.columns.size()) return;
    const std::vector<int> value_rows = rows_from(first_row, grid);
    const auto has_values = [&](int col) { return has_figures(grid, col, value_rows, words); };
    const int before = map.columns.front().first - 1, behind = map.columns.back().last + 1;
    if ((before >= 0 && has_values(before)) || (behind < grid.cols() && has_values(behind))) return;
    const auto is_misread = [&](std::size_t c) {
        const ColumnPlace& place = map.columns[c];
        const auto unit = std::ranges::find(units, place.first, &HeaderUnit::first);
        return unit != units.end() && unit->last == place.last && unit->labelled && unit->confidence < well_read &&
               similarity(unit->path.back(), block.columns[c].path.back().keys.front()) >= of_it_left &&
               is_filled(grid, place.first, value_rows, words);
    };
    if (!std::ranges::all_of(rest, is_misread)) return;
    for (const std::size_t c : rest) map.columns[c].only_one_left = true;
}

double unit_similarity(const HeaderUnit& unit, const AxisLeaf& column) {
    if (unit.path.empty()) return lost_label_similarity;
    double score = label_similarity(unit.path.back(), column.path.back());
    if (unit.path.size() > 1 && column.path.size() > 1) {
        double parent = 0;
        for (std::size_t i = 0; i + 1 < unit.path.size(); ++i) {
            parent = std::max(parent, label_similarity(unit.path[i], column.path[column.path.size() - 2]));
        }
        score = (1 - parent_share) * score + parent_share * parent;
    }
    return score < least_similarity ? -1 : score;
}

// Where the outer edge of one of the pieces is lost, shares of its width mean nothing: the last columns of the other,
// when they have the same widths among themselves. Empty when they have not.
ColumnMap last_columns(const ColumnMap& map, const std::vector<double>& source, const std::vector<double>& target) {
    const std::size_t count = map.columns.size();
    if (count + 1 > target.size() || count + 1 > source.size()) return {};
    for (std::size_t i = 0; i < count; ++i) {
        const int expected = static_cast<int>(source.size() - 1 - count + i);
        if (map.columns[i].first != expected || map.columns[i].last != expected) return {};
    }
    const double* own = &target[target.size() - 1 - count];
    const double* others = &source[source.size() - 1 - count];
    if (own[count] <= own[0] || others[count] <= others[0]) return {};
    const double scale = (own[count] - own[0]) / (others[count] - others[0]);
    for (std::size_t i = 0; i <= count; ++i)
        if (std::abs(own[0] + (others[i] - others[0]) * scale - own[i]) > width_tolerance) return {};
    ColumnMap out = map;
    for (std::size_t i = 0; i < count; ++i)
        out.columns[i].first = out.columns[i].last = static_cast<int>(target.size() - 1 - count + i);
    return out;
}

}  // namespace

int ColumnMap::found() const {
    return static_cast<int>(std::ranges::count_if(columns, [](const ColumnPlace& place) { return place.found(); }));
}

ColumnMap columns_from_header(const TableGrid& grid, const FormBlock& block, int first_row, int last_row,
                              const FigureWords& words) {
    const std::vector<HeaderUnit> units = header_units(grid, first_row, last_row, words);
    AlignmentInput input;
    input.printed = static_cast<int>(units.size());
    input.expected = static_cast<int>(block.columns.size());
    for (const HeaderUnit& unit : units) {
        for (const AxisLeaf& column : block.columns) input.similarity.push_back(unit_similarity(unit, column));
        input.skip_printed.push_back(unit.path.empty() ? 0 : skip_labelled);
    }
    input.skip_expected.assign(block.columns.size(), skip_column);

    ColumnMap map;
    for (const Match& match : align(input)) {
        ColumnPlace place;
        if (match.found()) {
            const HeaderUnit& unit = units[static_cast<std::size_t>(match.printed)];
            place = {unit.first, unit.last, match.similarity, match.margin, false};
        }
        map.columns.push_back(place);
    }
    drop_displaced(map, units);
    if (map.found() > 0) fill_gaps(map, units, grid, last_row + 1, words);
    part_joined_headers(map);
    settle_the_rest(map, block, units, grid, last_row + 1, words);
    return map;
}

ColumnMap columns_from_piece(const TableGrid& from, const ColumnMap& map, const TableGrid& to) {
    const std::vector<double> source = from.column_edges(), target = to.column_edges();
    if (source.empty() || target.empty()) return from.cols() == to.cols() ? map : ColumnMap{};
    ColumnMap out = map;
    bool same_places = true;
    for (ColumnPlace& place : out.columns) {
        if (!place.found()) continue;
        const double left = source[static_cast<std::size_t>(place.first)];
        const double right = source[static_cast<std::size_t>(place.last) + 1];
        place.first = place.last = -1;
        for (int c = 0; c < to.cols(); ++c) {
            const double middle = (target[static_cast<std::size_t>(c)] + target[static_cast<std::size_t>(c) + 1]) / 2;
            if (middle <= left || middle >= right) continue;
            if (place.first < 0) place.first = c;
            place.last = c;
        }
        same_places = same_places && place.found() &&
                      std::abs(target[static_cast<std::size_t>(place.first)] - left) <= edge_tolerance &&
                      std::abs(target[static_cast<std::size_t>(place.last) + 1] - right) <= edge_tolerance;
    }
    if (same_places) return out;
    ColumnMap in_order = last_columns(map, source, target);
    if (!in_order.empty()) return in_order;
    // One column that is out of its place may be the neighbour of the one that it seems to be; so may all.
    for (ColumnPlace& place : out.columns) {
        place.doubtful = true;
        place.in_order = place.only_one_left = false;
    }
    return out;
}

ColumnMap columns_by_count(const TableGrid& grid, const FormBlock& block, const std::vector<int>& value_rows,
                           const FigureWords& words) {
    std::vector<int> used;
    for (int c = 0; c < grid.cols(); ++c) {
        if (has_figures(grid, c, value_rows, words)) used.push_back(c);
    }
    ColumnMap map;
    if (used.size() != block.columns.size()) return map;
    for (int c : used) map.columns.push_back({c, c, 0, 0, true});
    return map;
}

}  // namespace biaod::models
