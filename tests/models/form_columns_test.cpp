#include "models/form_columns.hpp"

#include <gtest/gtest.h>

#include "damage.hpp"
#include "form_printer.hpp"
#include "models/form_match.hpp"
#include "models/form_rows.hpp"
#include "models/form_values.hpp"
#include "models/text_norm.hpp"

namespace biaod::models {
namespace {

// The table of requests: three columns of labels, seven of figures below two rows of headers and one above them.
class RequestColumns : public ::testing::TestWithParam<std::string> {
  protected:
    static constexpr int kFirst = 3, kColumns = 7;

    ColumnMap columns_where_lost(int from, int to) {
        for (Cell& cell : record.tables[1].cells)
            if (cell.row > 0 && cell.row < 3 && cell.col >= from && cell.col <= to && cell.col_span == 1)
                cell.text = "\u4eba 2 AGS";
        return columns_from_header(TableGrid(record.tables[1]), form->tables[1].blocks[0], 0, 2, form->figures);
    }

    std::shared_ptr<const FormDefinition> form = testing::national_form(GetParam());
    Record record = testing::print_form(*form, testing::distinct_figures(*form));
};

// Found on a fax: a column whose label was misread was doubted whole, though it could be no other.
TEST_P(RequestColumns, TheFewWhoseLabelsWereMisreadAreTheOnesThatAreLeft) {
    // A quarter of each is left.
    const std::vector<const char*> misread = {"各热甲人",         "问业甲乙", "科甲乙全", "社会甲乙丙丁戊己",
                                              "法律甲乙丙丁戊己", "共他甲乙", "总甲乙丙"};
    std::vector<const char*> printed = misread;
    double confidence = 0.96;
    const auto sure_of = [&](int from, int to, const auto& spoil) {
        record = testing::print_form(*form, testing::distinct_figures(*form));
        for (Cell& cell : record.tables[1].cells) {
            if (cell.row < 3) cell.confidence = confidence;
            if (cell.row > 0 && cell.row < 3 && cell.col >= from && cell.col <= to && cell.col_span == 1)
                cell.text = printed[static_cast<std::size_t>(cell.col - kFirst)];
        }
        spoil();
        const ColumnMap map =
            columns_from_header(TableGrid(record.tables[1]), form->tables[1].blocks[0], 0, 2, form->figures);
        return std::ranges::count_if(map.columns, [](const ColumnPlace& place) { return place.is_sure(); });
    };
    const auto nothing = [] {};
    for (int c = kFirst; c < kFirst + kColumns; ++c) EXPECT_EQ(sure_of(c, c, nothing), kColumns) << c;
    EXPECT_EQ(sure_of(5, 6, nothing), kColumns);
    EXPECT_EQ(sure_of(5, 7, nothing), kColumns - 3) << "too many";
    const auto without_figures = [&] {
        for (Cell& cell : record.tables[1].cells)
            if (cell.row >= 3 && cell.col == 5) cell.text = "";
    };
    EXPECT_LT(sure_of(5, 5, without_figures), kColumns) << "what a false ruling parts off is blank";
    const auto figures_before = [&] {
        for (Cell& cell : record.tables[1].cells)
            if (cell.row >= 3 && cell.col == 2) cell.text = "7";
    };
    EXPECT_LT(sure_of(kFirst, kFirst, figures_before), kColumns) << "another column may be the one";
    const auto widened = [&] { testing::insert_blank_column(record.tables[1], 6); };
    EXPECT_LT(sure_of(5, 5, widened), kColumns) << "not beside each other";
    confidence = 0.98;
    EXPECT_EQ(sure_of(5, 5, nothing), kColumns - 1) << "what was read surely is another label";
    confidence = 0.96;
    printed[2] = "新闻媒体";
    EXPECT_EQ(sure_of(5, 5, nothing), kColumns - 1) << "and so is what is not at all like it";
    printed[0] = "";
    EXPECT_EQ(sure_of(kFirst, kFirst, nothing), kColumns - 1) << "or nothing";
}

TEST_P(RequestColumns, OfManyTwoMayBeLeftAndOfThreeOne) {
    const auto sure_of_outcomes = [&](const std::vector<int>& misread) {
        record = testing::print_form(*form, testing::distinct_figures(*form));
        for (Cell& cell : record.tables[2].cells) {
            cell.confidence = 0.96;
            if (cell.row < 3 && cell.row + cell.row_span == 3 && std::ranges::find(misread, cell.col) != misread.end())
                cell.text = "结甲乙丙";  // of 结果维持
        }
        const ColumnMap map =
            columns_from_header(TableGrid(record.tables[2]), form->tables[2].blocks[0], 0, 2, form->figures);
        return std::ranges::count_if(map.columns, [](const ColumnPlace& place) { return place.is_sure(); });
    };
    EXPECT_EQ(sure_of_outcomes({5, 10}), 15);
    EXPECT_EQ(sure_of_outcomes({0, 5, 10}), 12);

    FormBlock three = form->tables[1].blocks[0];
    three.columns.resize(3);
    const auto sure_of_three = [&](const std::vector<std::pair<int, const char*>>& misread) {
        record = testing::print_form(*form, testing::distinct_figures(*form));
        for (int col = kFirst + kColumns - 1; col >= kFirst + 3; --col) testing::drop_column(record.tables[1], col);
        for (Cell& cell : record.tables[1].cells)
            for (const auto& [col, text] : misread)
                if (cell.row > 0 && cell.row < 3 && cell.col == col && cell.col_span == 1) {
                    cell.text = text;
                    cell.confidence = 0.96;
                }
        const ColumnMap map = columns_from_header(TableGrid(record.tables[1]), three, 0, 2, form->figures);
        return std::ranges::count_if(map.columns, [](const ColumnPlace& place) { return place.is_sure(); });
    };
    EXPECT_EQ(sure_of_three({{4, "问业甲乙"}}), 3);
    EXPECT_EQ(sure_of_three({{4, "问业甲乙"}, {5, "科甲乙全"}}), 1);
}

// Found below a seal: two columns were missing, though there was no doubt which two they were.
TEST_P(RequestColumns, WhoseLabelsCannotBeReadAreTakenInOrder) {
    for (const auto& [from, to] : {std::pair(3, 4), {5, 6}, {8, 9}}) {
        record = testing::print_form(*form, testing::distinct_figures(*form));
        const ColumnMap map = columns_where_lost(from, to);
        ASSERT_EQ(map.columns.size(), static_cast<std::size_t>(kColumns));
        for (int c = 0; c < kColumns; ++c) {
            const ColumnPlace& place = map.columns[static_cast<std::size_t>(c)];
            const bool lost = kFirst + c >= from && kFirst + c <= to;
            EXPECT_EQ(place.first, kFirst + c) << from;
            EXPECT_EQ(place.doubtful && place.in_order, lost) << from << " " << c;
        }
    }
}

// Found on a fax: what was left of 结果纠正 looks like the end of 其他结果, and the figure beside it was published for
// it.
TEST_P(RequestColumns, ALabelThatStandsTooFarFromItsNeighboursIsAnother) {
    const char* misread[] = {"结昌", "gl结果", "殿他", "蔽末"};  // of 结果维持, 结果纠正, 其他结果, 尚未审结
    for (Cell& cell : record.tables[2].cells)
        if (cell.row == 2 && cell.col >= 10 && cell.col < 14) cell.text = misread[cell.col - 10];
    const ColumnMap map =
        columns_from_header(TableGrid(record.tables[2]), form->tables[2].blocks[0], 0, 2, form->figures);
    ASSERT_EQ(map.columns.size(), 15u);
    for (int c = 0; c < 15; ++c) {
        const ColumnPlace& place = map.columns[static_cast<std::size_t>(c)];
        EXPECT_EQ(place.first, c);
        EXPECT_EQ(place.is_sure(), c < 10 || c == 14) << c;
    }
}

TEST_P(RequestColumns, AreNotTakenWhereOneIsNotPrinted) {
    testing::drop_column(record.tables[1], kFirst);
    const ColumnMap map = columns_where_lost(kFirst, kFirst);
    EXPECT_FALSE(map.columns[0].found());
    EXPECT_FALSE(map.columns[1].found());
    EXPECT_EQ(map.columns[2].first, kFirst + 1);
}

// A false ruling parts a column's label from its figures, which a lost one joins to the column before.
TEST_P(RequestColumns, ABlankOneBesideFilledOnesIsDoubted) {
    const auto doubted = [&](int first_blank, int last_blank) {
        record = testing::print_form(*form, testing::distinct_figures(*form));
        for (Cell& cell : record.tables[1].cells)
            if (cell.row >= 3 && cell.col >= first_blank && cell.col <= last_blank) cell.text = "";
        const std::vector<TableGrid> grids = make_grids(record);
        const auto readings = read_values(match_form(form, grids), grids);
        return std::ranges::count_if(readings, [](const Reading& r) { return r.found() && r.place_doubtful; });
    };
    const auto rows = static_cast<std::ptrdiff_t>(form->tables[1].blocks[0].rows.size());
    EXPECT_EQ(doubted(0, -1), 0);
    EXPECT_EQ(doubted(5, 5), rows);
    EXPECT_EQ(doubted(4, 7), 0) << "where most are blank that is how zeros are printed";
    record = testing::print_form(*form, testing::distinct_figures(*form));
    for (Cell& cell : record.tables[2].cells)
        if (cell.row == 3 && cell.col == 5) cell.text = "";
    const std::vector<TableGrid> grids = make_grids(record);
    const auto readings = read_values(match_form(form, grids), grids);
    EXPECT_EQ(std::ranges::count(readings, true, &Reading::place_doubtful), 0) << "in one row it may be chance";
}

TEST_P(RequestColumns, AFigureAmongThreeLabelsMayBeALabel) {
    const FormBlock& block = form->tables[1].blocks[0];
    PrintedRow row;
    for (const char* label : {"自然人", "商业企业", "科研机构"}) row.texts.push_back(label_key(label));
    EXPECT_TRUE(is_header_row(row, block));
    row.figures = 1;
    EXPECT_TRUE(is_header_row(row, block));
    row.figures = 2;
    EXPECT_FALSE(is_header_row(row, block));
    row.texts = {label_key("其他"), label_key("总计")};
    row.figures = 1;
    EXPECT_FALSE(is_header_row(row, block)) << "as in a row of few figures";
}

INSTANTIATE_TEST_SUITE_P(Forms, RequestColumns, ::testing::Values("2019", "2021"));

}  // namespace
}  // namespace biaod::models
