#include "tests/ocr/agreement.hpp"

#include <gtest/gtest.h>

namespace biaod::tests {
namespace {

using synth::Paragraph;

synth::Truth truth_of(std::vector<Paragraph> paragraphs) {
    synth::Truth truth = synth::make_truth(1, {});
    truth.paragraphs = std::move(paragraphs);
    return truth;
}

models::Block block_of(models::BlockType type, const std::string& text) {
    models::Block block;
    block.type = type;
    block.text = text;
    return block;
}

TEST(Agreement, CharactersAreThoseOfRunningText) {
    models::Record record;
    record.blocks = {block_of(models::BlockType::heading, "一、总休情况"),
                     block_of(models::BlockType::paragraph, "受理 3 件，"),
                     block_of(models::BlockType::table, "信息内容"), block_of(models::BlockType::page_number, "- 1 -")};
    const Agreement agreement = compare(record, truth_of({{Paragraph::Kind::heading, "一、总体情况"},
                                                          {Paragraph::Kind::table, "requests"},
                                                          {Paragraph::Kind::body, "受理3件，办结。"}}));
    EXPECT_EQ(agreement.characters, 14);
    EXPECT_EQ(agreement.character_errors, 4) << "体 for 休, and the last three are not there";
}

TEST(Agreement, ANumberOfRunningTextIsRightWrongOrFlagged) {
    models::Record record;
    record.blocks = {block_of(models::BlockType::heading, "一、总体情况"),
                     block_of(models::BlockType::paragraph, "受理13件，公开12,300条，"),
                     block_of(models::BlockType::table, "信息内容"),
                     block_of(models::BlockType::paragraph, "办结2件，共5次，12日。")};
    record.blocks[3].confidence = 0.5;
    record.review.emplace_back();
    record.review.back().field = "/blocks/3/text";
    const Agreement agreement = compare(record, truth_of({{Paragraph::Kind::heading, "一、总体情况"},
                                                          {Paragraph::Kind::body, "受理3件，公开12,300条，"},
                                                          {Paragraph::Kind::body, "办结8件，共5次，1日。"}}));
    EXPECT_EQ(agreement.numbers, 5);
    EXPECT_EQ(agreement.numbers_wrong, 3) << "13, 2, 12";
    EXPECT_EQ(agreement.numbers_silent, 1);
    ASSERT_EQ(agreement.faults.back(), "in the text 总体情况受理3件,公 was not read so, SILENT");
    EXPECT_EQ(agreement.text.size(), 6U + 16U + 13U);
    EXPECT_EQ(std::ranges::count(agreement.text, false, &Published::right), 3);
    EXPECT_EQ(std::ranges::count(agreement.text, 0.5, &Published::confidence), 13);
}

TEST(Agreement, ANumberThatBeginsABlockIsThatBlocks) {
    const auto silent = [](const std::string& read) {
        models::Record record;
        record.blocks = {block_of(models::BlockType::paragraph, "受理完毕。"),
                         block_of(models::BlockType::paragraph, read)};
        record.review.emplace_back();
        record.review.back().field = "/blocks/1/text";
        return compare(record,
                       truth_of({{Paragraph::Kind::body, "受理完毕。"}, {Paragraph::Kind::body, "2024年办结。"}}))
            .numbers_silent;
    };
    EXPECT_EQ(silent("2021年办结。"), 0);
    EXPECT_EQ(silent("年办结。"), 0) << "not read at all";
}

TEST(Agreement, WhatIsNotReadIsWrongAndNotSilent) {
    const Agreement agreement = compare({}, truth_of({}));
    EXPECT_GT(agreement.values, 190);
    EXPECT_EQ(agreement.wrong, agreement.values);
    EXPECT_EQ(agreement.silent, 0);
    EXPECT_EQ(agreement.cells_found, 0);
}

TEST(Agreement, AWrongFigureIsSilentWhereItIsNotInReview) {
    const synth::Truth truth = truth_of({});
    const auto& [key, values] = *truth.review.begin();
    const auto agreement_with = [&](bool flagged) {
        models::Record record;
        record.report["review_and_litigation"][key]["total"] = 123456;
        const std::string field = "/report/review_and_litigation/" + key + "/total";
        if (flagged) {
            record.review.emplace_back();
            record.review.back().field = field;
            record.review.back().reason = models::ReviewReason::low_confidence;
        }
        return compare(record, truth);
    };
    EXPECT_EQ(agreement_with(false).silent, 1);
    EXPECT_EQ(agreement_with(true).silent, 0);
    EXPECT_EQ(agreement_with(true).flagged.at(models::ReviewReason::low_confidence).right, 0);
}

TEST(Agreement, StructureIsOfTheCellsOfTheTableWithTheLabels) {
    synth::Truth truth = truth_of({});
    const synth::Grid grid = truth.grids.at("review");
    truth.grids = {{"review", grid}};
    models::Table table;
    for (const synth::GridCell& c : grid.cells) {
        models::Cell cell;
        cell.row = c.row;
        cell.col = c.col;
        cell.row_span = c.row_span;
        cell.col_span = c.col_span;
        cell.text = c.text;
        table.cells.push_back(cell);
    }
    const auto count = static_cast<int>(grid.cells.size());
    models::Record record;
    models::Table wider = table;  // with a row more
    for (models::Cell& cell : wider.cells) ++cell.row;
    wider.cells.push_back(wider.cells.front());
    wider.cells.back().row = 0;
    wider.cells.back().text.clear();
    record.tables = {models::Table{}, wider, table};
    EXPECT_EQ(structure_f1(compare(record, truth)), 1);
    for (models::Cell& cell : wider.cells) cell.text = "1,234";
    record.tables = {wider};
    EXPECT_EQ(compare(record, truth).cells_published, 0) << "it has none of the labels";

    table.cells.pop_back();
    table.cells.back().col_span += 7;
    table.cells.push_back(table.cells.back());
    table.cells.back().row += 7;
    table.cells.push_back(table.cells.back());
    record.tables = {table};
    const Agreement agreement = compare(record, truth);
    EXPECT_EQ(agreement.cells, count);
    EXPECT_EQ(agreement.cells_found, count - 2);
    EXPECT_EQ(agreement.cells_published, count + 1);
    EXPECT_DOUBLE_EQ(structure_f1(agreement), 2.0 * (count - 2) / (2 * count + 1));
    EXPECT_EQ(structure_f1(compare({}, truth)), 0);
}

}  // namespace
}  // namespace biaod::tests
