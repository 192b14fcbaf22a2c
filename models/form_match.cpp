#include "models/form_match.hpp"

#include <algorithm>
#include <optional>

#include "models/form_rows.hpp"

namespace biaod::models {
namespace {

constexpr double good_similarity = 0.5;  // counts as a label that was found
constexpr double skip_text_row = 0.3, skip_expected_row = 0.3, skip_optional_row = 0.1;
constexpr double own_share = 0.25;  // of a form table's labels: enough to take a record table for (a part of) it
constexpr double text_share = 0.6;  // of a record table's labelled rows: enough for a continuation

using Rows = std::vector<PrintedRow>;

// Printed rows with all that is compared about them, since comparing labels is the cost of matching.
struct Piece {
    Rows rows;
    std::vector<double> similarity, pair_similarity;  // rows × expected rows; pairs with the next row
    std::vector<std::vector<bool>> header;            // rows × blocks: is a row of the block's column labels
    bool is_header(std::size_t row) const { return std::ranges::find(header[row], true) != header[row].end(); }
};

bool has_text(const PrintedRow& row) { return !row.texts.empty(); }

// One of the form's tables against the record's tables.
class TableMatcher {
  public:
    TableMatcher(const FormTable& table, const FigureWords& words, const std::vector<TableGrid>& grids,
                 const std::vector<Rows>& rows)
        : table_(table), words_(words), grids_(grids), expected_(expected_rows(table)) {
        for (const Rows& of_table : rows) pieces_.push_back(make_piece(of_table));
    }

    TableMatch match() {
        TableMatch out;
        out.tables = choose_tables();
        const Piece printed = join(out.tables);
        const std::vector<Match> matches = align_rows(printed);
        for (std::size_t b = 0; b < table_.blocks.size(); ++b) {
            out.blocks.push_back(block_match(static_cast<int>(b), printed, matches, out.tables));
        }
        const int rows = count_rows(matches);
        out.labels = labels();
        out.found = rows + count_columns(out.blocks);
        int labelled = 0;
        for (std::size_t i = 0; i < printed.rows.size(); ++i)
            labelled += has_text(printed.rows[i]) && !printed.is_header(i);
        out.others = std::max(0, labelled - rows);
        return out;
    }

    int labels() const {
        int count = 0;
        for (const ExpectedRow& row : expected_) count += row.own != nullptr;
        for (const FormBlock& block : table_.blocks) count += static_cast<int>(block.columns.size());
        return count;
    }

  private:
    Piece make_piece(const Rows& rows) const {
        Piece out;
        out.rows = rows;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto above = header_that_reaches(out, i);
            if (above) {
                const std::vector<bool> same = out.header[*above];
                out.header.push_back(same);
                out.similarity.insert(out.similarity.end(), expected_.size(), -1);
                out.pair_similarity.insert(out.pair_similarity.end(), expected_.size(), -1);
                continue;
            }
            for (const ExpectedRow& row : expected_) {
                out.similarity.push_back(row_similarity(rows[i], row));
                const bool has_next = i + 1 < rows.size();
                out.pair_similarity.push_back(has_next ? torn_row_similarity(rows[i], rows[i + 1], row) : -1);
            }
            std::vector<bool>& header = out.header.emplace_back();
            for (const FormBlock& block : table_.blocks) header.push_back(is_header_row(rows[i], block));
        }
        return out;
    }

    // A header ends where its columns' labels do, though those of its last row were misread: of the rows of the `piece`
    // before row i, the one that is a header and has a label which reaches that row. The corner tells nothing: without
    // its lower ruling it hangs into a row of blanks.
    std::optional<std::size_t> header_that_reaches(const Piece& piece, std::size_t i) const {
        const PrintedRow& row = piece.rows[i];
        if (row.figures > 0) return std::nullopt;
        for (const Cell* cell : grids_[static_cast<std::size_t>(row.table)].row_cells(row.row)) {
            const auto higher = static_cast<std::size_t>(row.row - cell->row);
            if (cell->col > 0 && higher > 0 && higher <= i && piece.is_header(i - higher)) return i - higher;
        }
        return std::nullopt;
    }

    // The pieces one below the other; the last row of one may be the upper half of the first of the next.
    Piece join(const std::vector<int>& tables) const {
        Piece out;
        const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
        for (int t : tables) {
            const Piece& piece = pieces_[static_cast<std::size_t>(t)];
            if (piece.rows.empty()) continue;
            for (std::size_t e = 0; !out.rows.empty() && e < expected_.size(); ++e) {
                out.pair_similarity[out.pair_similarity.size() - expected_.size() + e] =
                    torn_row_similarity(out.rows.back(), piece.rows.front(), expected_[e]);
            }
            append(out.rows, piece.rows);
            append(out.similarity, piece.similarity);
            append(out.pair_similarity, piece.pair_similarity);
            append(out.header, piece.header);
        }
        return out;
    }

    std::vector<Match> align_rows(const Piece& printed) const {
        AlignmentInput input;
        input.printed = static_cast<int>(printed.rows.size());
        input.expected = static_cast<int>(expected_.size());
        input.similarity = printed.similarity;
        input.pair_similarity = printed.pair_similarity;
        for (std::size_t i = 0; i < printed.rows.size(); ++i) {
            input.skip_printed.push_back(printed.rows[i].blank() || printed.is_header(i) ? 0 : skip_text_row);
        }
        for (const ExpectedRow& row : expected_) {
            input.skip_expected.push_back(row.optional ? skip_optional_row : skip_expected_row);
        }
        return align(input);
    }

    int count_rows(const std::vector<Match>& matches) const {
        int found = 0;
        for (std::size_t i = 0; i < matches.size(); ++i) {
            found += expected_[i].own && matches[i].found() && matches[i].similarity >= good_similarity;
        }
        return found;
    }

    static int count_columns(const std::vector<BlockMatch>& blocks) {
        int found = 0;
        for (const BlockMatch& block : blocks) {
            int most = 0;
            for (const ColumnMap& map : block.columns) {
                most = std::max(most, static_cast<int>(std::ranges::count_if(map.columns, [](const ColumnPlace& p) {
                                    return p.found() && p.similarity >= good_similarity;
                                })));
            }
            found += most;
        }
        return found;
    }

    // The record's tables that hold a part of this one: those with many of its labels, then their neighbours with
    // few rows that are all its own, then a neighbour without labels whose columns are the same.
    std::vector<int> choose_tables() {
        const int count = static_cast<int>(grids_.size());
        std::vector<bool> chosen(static_cast<std::size_t>(count), false);
        std::vector<bool> candidate(static_cast<std::size_t>(count), false);
        std::vector<bool> bare(static_cast<std::size_t>(count), false);
        for (int t = 0; t < count; ++t) {
            const Piece& piece = pieces_[static_cast<std::size_t>(t)];
            const Rows& printed = piece.rows;
            const std::vector<Match> matches = align_rows(piece);
            std::vector<BlockMatch> blocks;
            for (std::size_t b = 0; b < table_.blocks.size(); ++b) {
                blocks.push_back(block_match(static_cast<int>(b), piece, matches, {t}));
            }
            const int rows = count_rows(matches), found = rows + count_columns(blocks);
            const auto with_text = std::ranges::count_if(printed, has_text);
            int own = rows;
            for (std::size_t i = 0; i < printed.size(); ++i) own += piece.is_header(i);
            const auto index = static_cast<std::size_t>(t);
            candidate[index] = with_text > 0 && static_cast<double>(own) >= text_share * static_cast<double>(with_text);
            bare[index] =
                with_text == 0 && std::ranges::any_of(printed, [](const PrintedRow& r) { return r.figures > 0; });
            chosen[index] = found >= 2 && (found >= own_share * labels() || (candidate[index] && found >= 3));
        }
        const auto grow = [&](const std::vector<bool>& eligible, bool same_columns) {
            for (bool changed = true; changed;) {
                changed = false;
                for (int t = 0; t < count; ++t) {
                    const auto index = static_cast<std::size_t>(t);
                    if (chosen[index] || !eligible[index]) continue;
                    const bool after = t > 0 && chosen[index - 1] &&
                                       (!same_columns || grids_[index].cols() == grids_[index - 1].cols());
                    const bool before = !same_columns && t + 1 < count && chosen[index + 1];
                    if (after || before) chosen[index] = changed = true;
                }
            }
        };
        grow(candidate, false);
        grow(bare, true);
        std::vector<int> out;
        for (int t = 0; t < count; ++t) {
            if (chosen[static_cast<std::size_t>(t)]) out.push_back(t);
        }
        return out;
    }

    BlockMatch block_match(int block, const Piece& piece, const std::vector<Match>& matches,
                           const std::vector<int>& tables) const {
        const Rows& printed = piece.rows;
        BlockMatch out;
        std::vector<bool> is_row(printed.size(), false);
        // Printed rows between the blocks before and the end of this one; where it has no rows, up to the next block.
        int from = 0, to = -1, next = static_cast<int>(printed.size());
        for (std::size_t e = 0; e < expected_.size(); ++e) {
            const Match& match = matches[e];
            if (match.found()) {
                for (int k = 0; k < match.count; ++k) is_row[static_cast<std::size_t>(match.printed + k)] = true;
                const int end = match.printed + match.count;
                if (expected_[e].block < block) from = std::max(from, end);
                if (expected_[e].block == block && expected_[e].row >= 0) to = std::max(to, end);
                if (expected_[e].block > block) next = std::min(next, match.printed);
            }
            if (expected_[e].block == block && expected_[e].row >= 0)
                out.rows.push_back(row_place(printed, match, expected_[e]));
        }
        if (to < 0) to = next;
        out.columns.resize(grids_.size());
        for (int t : tables) {
            out.columns[static_cast<std::size_t>(t)] = header_columns(block, piece, is_row, t, from, to);
        }
        share_columns(block, tables, out);
        return out;
    }

    static RowPlace row_place(const Rows& printed, const Match& match, const ExpectedRow& expected) {
        RowPlace place;
        place.labelled = expected.own != nullptr;
        if (!match.found()) return place;
        const PrintedRow& row = printed[static_cast<std::size_t>(match.printed)];
        place.table = row.table;
        place.row = row.row;
        place.similarity = match.similarity;
        place.margin = match.margin;
        if (match.count == 2) {
            const PrintedRow& lower = printed[static_cast<std::size_t>(match.printed) + 1];
            place.second_table = lower.table;
            place.second_row = lower.row;
        }
        return place;
    }

    // The best map from a run of header rows of table t within the printed rows from..to.
    ColumnMap header_columns(int block, const Piece& piece, const std::vector<bool>& is_row, int t, int from,
                             int to) const {
        const Rows& printed = piece.rows;
        const FormBlock& form_block = table_.blocks[static_cast<std::size_t>(block)];
        ColumnMap best;
        double best_score = -1;
        for (int i = from; i < to; ++i) {
            const auto header = [&](int k) {
                const auto index = static_cast<std::size_t>(k);
                return printed[index].table == t && !is_row[index] &&
                       (piece.header[index][static_cast<std::size_t>(block)] || printed[index].blank());
            };
            if (!header(i) || printed[static_cast<std::size_t>(i)].blank()) continue;
            int end = i;
            while (end + 1 < to && header(end + 1)) ++end;
            while (printed[static_cast<std::size_t>(end)].blank()) --end;
            ColumnMap map = columns_from_header(grids_[static_cast<std::size_t>(t)], form_block,
                                                printed[static_cast<std::size_t>(i)].row,
                                                printed[static_cast<std::size_t>(end)].row, words_);
            double score = 0;
            for (const ColumnPlace& place : map.columns) score += place.similarity;
            if (score > best_score) {
                best_score = score;
                best = std::move(map);
            }
            i = end;
        }
        return best.found() > 0 ? best : ColumnMap{};
    }

    // Pieces without a header take the columns of a piece with one, the nearest before them first.
    void share_columns(int block, const std::vector<int>& tables, BlockMatch& out) const {
        const std::vector<ColumnMap> printed = out.columns;
        for (int t : tables) {
            ColumnMap& own = out.columns[static_cast<std::size_t>(t)];
            if (!own.empty()) continue;
            std::vector<int> sources = tables;
            std::ranges::sort(sources, {}, [&](int s) { return std::pair(std::abs(s - t), s > t); });
            for (int s : sources) {
                const ColumnMap& from = printed[static_cast<std::size_t>(s)];
                if (from.empty() || s == t) continue;
                own =
                    columns_from_piece(grids_[static_cast<std::size_t>(s)], from, grids_[static_cast<std::size_t>(t)]);
                if (!own.empty()) break;
            }
            if (!own.empty()) continue;
            std::vector<int> value_rows;
            for (const RowPlace& row : out.rows) {
                if (row.table == t) value_rows.push_back(row.row);
            }
            own = columns_by_count(grids_[static_cast<std::size_t>(t)], table_.blocks[static_cast<std::size_t>(block)],
                                   value_rows, words_);
        }
    }

    const FormTable& table_;
    const FigureWords& words_;
    const std::vector<TableGrid>& grids_;
    std::vector<ExpectedRow> expected_;
    std::vector<Piece> pieces_;  // one for each of the record's tables
};

}  // namespace

std::vector<TableGrid> make_grids(const Record& record) {
    std::vector<TableGrid> out;
    for (const Table& table : record.tables) out.emplace_back(table);
    return out;
}

FormMatch match_form(std::shared_ptr<const FormDefinition> form, const std::vector<TableGrid>& grids) {
    std::vector<Rows> rows;
    for (std::size_t t = 0; t < grids.size(); ++t)
        rows.push_back(printed_rows(grids[t], static_cast<int>(t), form->figures));
    FormMatch out;
    int found = 0, labels = 0;
    for (const FormTable& table : form->tables) {
        out.tables.push_back(TableMatcher(table, form->figures, grids, rows).match());
        found += out.tables.back().found;
        labels += out.tables.back().labels;
    }
    out.agreement = labels > 0 ? found / static_cast<double>(labels) : 0;
    out.form = std::move(form);
    return out;
}

}  // namespace biaod::models
