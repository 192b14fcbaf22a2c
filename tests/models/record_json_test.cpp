#include "models/record_json.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "form_printer.hpp"
#include "schema_validator.hpp"

namespace biaod::models {
namespace {

Record full_record() {
    Record record = testing::print_form(*testing::national_form("2021"), {});
    record.tables[0].caption = "表一";
    testing::add_block(record, BlockType::heading, "一、总体情况", 0.98765);
    record.blocks.back().level = 1;
    testing::add_block(record, BlockType::table, "");
    record.blocks.back().table = "t1";
    record.source.labels = {"2024", "乡镇"};
    record.report = nullptr;
    record.provenance["/report/requests/received/total"] = {"12", 0.91239, "t2", 3, 9, 1, {1.005, 2, 3.14159, 4}};
    record.checks.push_back({"requests.balance.total", CheckStatus::fail, "12 ≠ 11"});
    record.review.push_back(
        {"/report/requests/received/total", ReviewReason::check_failed, "12", "11", 1, {1, 2, 3, 4}});
    record.review.push_back({"/report/issuer", ReviewReason::missing, "", std::nullopt, 0, {}});
    record.status = Status::needs_review;
    return record;
}

TEST(RecordJson, IsOfTheSchema) {
    EXPECT_EQ(testing::record_errors(to_json(full_record())), "");
    EXPECT_EQ(testing::record_errors(to_json(testing::empty_record())), "");
}

TEST(RecordJson, TheSchemaIsStrict) {
    auto json = to_json(full_record());
    json["extra"] = 1;
    EXPECT_NE(testing::record_errors(json), "");
    json = to_json(full_record());
    json["tables"][0]["cells"][0]["second_reading"] = "x";
    EXPECT_NE(testing::record_errors(json), "");
    json = to_json(full_record());
    json["report"] = {{"type", "gov_info_annual_report"}, {"form", "2021"}};
    EXPECT_NE(testing::record_errors(json), "");
}

TEST(RecordJson, RoundsBoxesAndConfidences) {
    const auto json = to_json(full_record());
    EXPECT_EQ(
        json["provenance"]["/report/requests/received/total"].dump(),
        R"({"printed":"12","confidence":0.9124,"table":"t2","row":3,"col":9,"page":1,"bbox":[1.0,2.0,3.14,4.0]})");
    EXPECT_EQ(json["blocks"][0]["confidence"], 0.9877);
}

TEST(RecordJson, LabelsOnlyWhenThereAreSome) {
    EXPECT_EQ(to_json(full_record())["source"]["labels"].dump(), R"(["2024","乡镇"])");
    EXPECT_FALSE(to_json(testing::empty_record())["source"].contains("labels"));
}

TEST(RecordJson, ComesBackAsItWas) {
    const std::string text = dump(to_json(full_record()));
    const auto back = parse_record(text);
    ASSERT_TRUE(back) << back.error().reason;
    EXPECT_EQ(dump(to_json(*back)), text);
    EXPECT_EQ(back->tables[1].cells.size(), full_record().tables[1].cells.size());
    EXPECT_EQ(back->review[0].suggested, "11");
}

TEST(RecordJson, BadBytesAndNumbersNeverThrow) {
    Record record = full_record();
    record.source.name = "a\xFF\xC0.pdf";
    record.tables[0].cells[0].text = "\xE4\xB8";
    record.report = {{"title", "\xFF"}};
    record.pages[0].width = std::numeric_limits<double>::quiet_NaN();
    record.blocks[0].confidence = std::numeric_limits<double>::infinity();
    std::string text;
    ASSERT_NO_THROW(text = dump(to_json(record)));
    EXPECT_TRUE(nlohmann::json::accept(text));
}

TEST(RecordJson, FaultsNameThePointer) {
    auto json = to_json(full_record());
    json["tables"][1]["cells"][5]["row"] = "three";
    EXPECT_EQ(record_from_json(json).error().reason, "/tables/1/cells/5/row: not an integer");
    json = to_json(full_record());
    json.erase("status");
    EXPECT_EQ(record_from_json(json).error().reason, "/: lacks status");
    EXPECT_EQ(record_from_json(json).error().kind, ErrorKind::bad_input);
}

TEST(RecordJson, HostileTextIsRefused) {
    EXPECT_FALSE(parse_record(std::string(1'000'000, '[')));
    EXPECT_FALSE(parse_record("{\"schema\": \"biaod.record/1\""));
    EXPECT_FALSE(parse_record(""));
    EXPECT_FALSE(parse_record("[1e999]"));
}

TEST(FailureJson, IsOfTheSchema) {
    const auto record = testing::empty_record();
    auto json = failure_to_json(record.source, {ErrorKind::bad_input, "open", 0, "not a PDF"});
    EXPECT_EQ(testing::schema_errors(failure_schema(), dump(json)), "");
    EXPECT_TRUE(json["page"].is_null());
    json = failure_to_json(record.source, {ErrorKind::bad_input, "render", 3, "too many pixels"});
    EXPECT_EQ(testing::schema_errors(failure_schema(), dump(json)), "");
    EXPECT_EQ(json["page"], 3);
    json["more"] = 1;
    EXPECT_NE(testing::schema_errors(failure_schema(), dump(json)), "");
}

}  // namespace
}  // namespace biaod::models
