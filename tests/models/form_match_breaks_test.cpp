// Forms that page breaks tore.
#include <gtest/gtest.h>

#include <utility>

#include "damage.hpp"
#include "models/form_rows.hpp"
#include "models/form_values.hpp"
#include "national_form.hpp"

namespace biaod::models {
namespace {

using testing::compare;
using testing::Outcome;

class TornForm : public testing::NationalForm {};

INSTANTIATE_TEST_SUITE_P(Versions, TornForm, ::testing::Values("2021", "2019"));

// The row of the requests that has the longest label of both forms' numbered rows, torn by a page break within its
// label; its figures are in the lower half.
int tear_longest_label(Table& table) {
    const int row = 22;
    testing::insert_row(table, row, {"5.要求行政机关确认或重新", "", "", "", "", "", "", ""});
    for (Cell& cell : table.cells) {
        if (cell.row == row + 1 && cell.col == 2) cell.text = "出具已获取信息";
    }
    return row;
}

TEST_P(TornForm, SplitAtEachRowOfTheRequests) {
    const Table whole = record.tables[1];
    for (int row = 1; row < whole.rows; ++row) {
        const auto parts = testing::split(whole, row);
        Record split = record;
        split.tables = {record.tables[0], parts[0], parts[1], record.tables[2]};
        const Outcome out = compare(form, split, figures);
        EXPECT_EQ(out.silent, 0) << row << ": " << out.first_silent;
        EXPECT_GE(out.right + out.flagged_right, values) << "split before row " << row;
        EXPECT_LE(out.flagged_right, row < 3 ? values : 7) << "split before row " << row;
    }
}

TEST_P(TornForm, SplitAtEachRowOfTheDisclosure) {
    const Table whole = record.tables[0];
    for (int row = 1; row < whole.rows; ++row) {
        const auto parts = testing::split(whole, row);
        Record split = record;
        split.tables = {parts[0], parts[1], record.tables[1], record.tables[2]};
        const Outcome out = compare(form, split, figures);
        EXPECT_EQ(out.silent, 0) << row << ": " << out.first_silent;
        EXPECT_EQ(out.right, values) << "split before row " << row;
    }
}

TEST_P(TornForm, LitigationSplitBeforeItsFigures) {
    const auto parts = testing::split(record.tables[2], 3);
    record.tables = {record.tables[0], record.tables[1], parts[0], parts[1]};
    expect_all_right();
}

// Seen in a real report: the header alone on a page, its corner one column wide; below it, three columns of labels.
TEST_P(TornForm, HeaderOnItsOwnPageWithOtherColumns) {
    auto parts = testing::split(record.tables[1], 3);
    testing::drop_column(parts[0], 1);
    testing::drop_column(parts[0], 1);
    for (Cell& cell : parts[0].cells) {
        Box& box = cell.boxes[0].bbox;  // where the ten columns of the other part put it
        box.x0 = 50 + 48 * (cell.col == 0 ? 0 : cell.col + 2);
        box.x1 = 50 + 48 * (cell.col + cell.col_span + 2);
    }
    record.tables = {record.tables[0], parts[0], parts[1], record.tables[2]};
    expect_all_right();
}

// Seen on a fax: the corner of a dithered header was torn in two, and its outer half was lost. The shares of the width
// then put each figure into the column of its neighbour.
TEST_P(TornForm, AHeaderWithoutItsOuterEdgeDoesNotMoveFigures) {
    auto parts = testing::split(record.tables[1], 3);
    testing::drop_column(parts[0], 1);
    testing::drop_column(parts[0], 1);
    const auto placed = [&](bool as_below) {
        auto placed_parts = parts;
        for (Cell& cell : placed_parts[0].cells) {
            Box& box = cell.boxes[0].bbox;
            const auto edge = [&](int col) { return 50 + 48.0 * (col + 2) + (as_below || col < 5 ? 0 : 30); };
            box.x0 = cell.col == 0 ? 50 + 48 * 2 : edge(cell.col);
            box.x1 = edge(cell.col + cell.col_span);
        }
        Record split = record;
        split.tables = {record.tables[0], placed_parts[0], placed_parts[1], record.tables[2]};
        return compare(form, split, figures);
    };
    const Outcome same_widths = placed(true);
    EXPECT_EQ(same_widths.silent, 0) << same_widths.first_silent;
    EXPECT_EQ(same_widths.right, values);
    const Outcome other_widths = placed(false);
    EXPECT_EQ(other_widths.silent, 0) << other_widths.first_silent;
}

TEST_P(TornForm, RowTornInTwo) {
    tear_longest_label(record.tables[1]);
    expect_all_right();
}

// Found by a long run of biaod-accuracy, which it ended: a speck in the blank half of a torn row had been read as well.
TEST_P(TornForm, ASecondReadingOfATornRowsBlankHalfIsNotOneOfItsFigures) {
    Table& table = record.tables[1];
    const int row = tear_longest_label(table);
    for (Cell& cell : table.cells) {
        if (cell.row == row && cell.col > 2) cell.second_reading = "1";
    }
    expect_all_right();
    const auto grids = make_grids(record);
    for (const Reading& reading : read_values(match_form(form, grids), grids)) EXPECT_FALSE(reading.second);
}

TEST_P(TornForm, ASecondReadingOfATornRowIsKeptWhereItsOtherHalfIsBlankToo) {
    Table& table = record.tables[1];
    const int row = tear_longest_label(table);
    int blanks = 0;
    for (Cell& cell : table.cells) {
        if (cell.row == row && cell.col > 2) cell.second_reading = "1";
        if (cell.row == row + 1 && cell.col > 2) cell.text.clear(), ++blanks;
    }
    const auto grids = make_grids(record);
    const auto readings = read_values(match_form(form, grids), grids);
    EXPECT_EQ(std::ranges::count_if(readings, [](const Reading& r) { return r.second.has_value(); }), blanks);
}

TEST_P(TornForm, RepeatedHeader) {
    for (int row : {4, 9, 20}) {
        Record repeated = record;
        testing::repeat_header(repeated.tables[1], 3, row);
        const Outcome out = compare(form, repeated, figures);
        EXPECT_EQ(out.right, values) << row << ": " << out.first_silent;
    }
}

// Found on a synthesised scan: a page break tore the first row of a group. Its label was joined; that of the group went
// with the lower half, and its figures stand in the upper one.
TEST_P(TornForm, FiguresInTheOtherHalfOfATornRowAreReadOrFlagged) {
    Table& table = record.tables[1];
    int row = 0;
    for (const Cell& cell : table.cells)
        if (cell.col == 1 && cell.row_span > 1) row = cell.row;
    std::vector<std::string> upper = {"0", ""};
    for (Cell& cell : table.cells)
        if (cell.row == row && cell.col >= 3) upper.push_back(std::exchange(cell.text, ""));
    testing::insert_row(table, row, upper);
    std::erase_if(table.cells, [&](const Cell& cell) { return cell.row == row && cell.col == 2; });
    for (Cell& cell : table.cells)
        if (cell.row == row + 1 && cell.col == 2) cell.row = row, cell.row_span = 2;
    const Outcome out = outcome();
    EXPECT_EQ(out.silent, 0) << out.first_silent;
}

// Found on a fax: a remark 无 below the last row, read as 大, was taken for the lower half of that row.
TEST_P(TornForm, ARowWhoseLabelIsWholeGoesOnInNoOther) {
    const std::vector<ExpectedRow> rows = expected_rows(form->tables[1]);
    const ExpectedRow& last = rows.back();
    const std::u32string label = last.own->keys.front();
    const auto torn = [&](const std::u32string& upper, const std::u32string& lower) {
        return torn_row_similarity({0, 0, {upper}, 7}, {0, 1, {lower}, 0}, last);
    };
    EXPECT_LT(torn(label, U"备注"), 0);
    EXPECT_GT(torn(label.substr(0, 6), label.substr(6)), 0.9);
}

}  // namespace
}  // namespace biaod::models
