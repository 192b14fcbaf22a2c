#include "models/form_layout.hpp"

#include <gtest/gtest.h>

#include <set>

#include "form_printer.hpp"

namespace biaod::models {
namespace {

// Each grid place belongs to one cell, and each slot of the table to one place.
void expect_tiles(const FormDefinition& form, int table, int cols) {
    const TableLayout layout = layout_table(form, table, cols);
    std::set<std::pair<int, int>> taken;
    std::set<int> slots;
    for (const LayoutCell& cell : layout.cells) {
        for (int r = 0; r < cell.row_span; ++r) {
            for (int c = 0; c < cell.col_span; ++c)
                EXPECT_TRUE(taken.insert({cell.row + r, cell.col + c}).second) << cell.row << "," << cell.col;
        }
        if (cell.slot >= 0) {
            EXPECT_TRUE(slots.insert(cell.slot).second);
        }
        EXPECT_LE(cell.col + cell.col_span, layout.cols);
    }
    EXPECT_EQ(taken.size(), static_cast<std::size_t>(layout.rows * layout.cols));
    EXPECT_EQ(static_cast<long>(slots.size()), std::ranges::count(form.slots, table, &ValueSlot::table));
}

TEST(FormLayout, TilesTheGridAtEveryWidth) {
    for (const char* version : {"2019", "2021"}) {
        const auto form = testing::national_form(version);
        for (int table = 0; table < static_cast<int>(form->tables.size()); ++table) {
            const int least = least_columns(form->tables[static_cast<std::size_t>(table)]);
            for (int cols = least; cols < least + 14; ++cols) expect_tiles(*form, table, cols);
        }
    }
}

TEST(FormLayout, TheNationalFormStandsOnFifteenColumns) {
    const auto form = testing::national_form("2021");
    const TableLayout layout = layout_table(*form, 1, 15);
    const auto cell = [&](const std::string& text) {
        return *std::ranges::find(layout.cells, text, &LayoutCell::text);
    };
    EXPECT_EQ(cell("三、本年度办理结果").row_span, 22);
    EXPECT_EQ(cell("（三）不予公开").row_span, 8);
    EXPECT_EQ(cell("法人或其他组织").col_span, 5);
    EXPECT_EQ(cell("自然人").row_span, 2);
    EXPECT_EQ(cell("一、本年新收政府信息公开申请数量").col_span, 8);
    EXPECT_EQ(cell("1.属于国家秘密").col, 4);
    EXPECT_EQ(form->tables[1].caption, "三、收到和处理政府信息公开申请情况");
}

}  // namespace
}  // namespace biaod::models
