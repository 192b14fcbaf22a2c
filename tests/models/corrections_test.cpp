#include "models/corrections.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "form_printer.hpp"
#include "models/correction_history.hpp"
#include "models/recheck.hpp"
#include "models/record_json.hpp"
#include "schema_validator.hpp"

namespace biaod::models {
namespace {

using testing::Figures;

const std::string received = "/report/requests/received/natural_person";

class Corrections : public ::testing::Test {
  protected:
    // A report whose sums hold, but that one figure is misread.
    void SetUp() override {
        for (const auto& slot : testing::national_form("2021")->slots) figures[slot.pointer] = "0";
        for (const char* row : {"received", "results/granted", "results/total"}) {
            figures[std::string("/requests/") + row + "/natural_person"] = "12";
            figures[std::string("/requests/") + row + "/total"] = "12";
        }
        figures["/requests/received/natural_person"] = "17";
        record = testing::print_form(*testing::national_form("2021"), figures);
        record.id = std::string(64, 'a');
        apply_forms(forms, record);
    }
    Change change(const std::string& field, const std::string& value = {}) {
        return {field, value, "王芳", "2026-01-31T08:15:00.250Z"};
    }
    static bool is_flagged(const Record& of, const std::string& field) {
        return std::ranges::any_of(of.review, [&](const ReviewItem& item) { return item.field == field; });
    }
    static int failing(const Record& of) {
        return static_cast<int>(
            std::ranges::count_if(of.checks, [](const Check& c) { return c.status == CheckStatus::fail; }));
    }

    FormSet forms = std::move(*FormSet::builtin());
    Figures figures;
    Record record;
};

TEST_F(Corrections, ACorrectedFigureMakesTheSumsHoldAndIsNoLongerFlagged) {
    ASSERT_TRUE(is_flagged(record, received));
    ASSERT_GT(failing(record), 0);
    const auto corrected = correct_value(forms, record, change(received, "12"));
    ASSERT_TRUE(corrected) << corrected.error().reason;
    EXPECT_EQ(corrected->report.at(nlohmann::ordered_json::json_pointer("/requests/received/natural_person")), 12);
    EXPECT_EQ(corrected->provenance.at(received).printed, "17") << "what was read stays told";
    EXPECT_FALSE(is_flagged(*corrected, received));
    EXPECT_EQ(failing(*corrected), 0);
    EXPECT_EQ(corrected->revision, record.revision + 1);
    ASSERT_EQ(corrected->corrections.size(), 1u);
    const Correction& entry = corrected->corrections.front();
    EXPECT_EQ(entry.old_value, 17);
    EXPECT_EQ(entry.new_value, 12);
    EXPECT_EQ(entry.by, "王芳");
    EXPECT_EQ(entry.revision, 2);
}

TEST_F(Corrections, TheHistoryIsPartOfTheSchemaAndReadsBack) {
    const auto corrected = correct_value(forms, record, change(received, "12"));
    const auto json = to_json(*corrected);
    const auto back = record_from_json(json);
    ASSERT_TRUE(back) << back.error().reason;
    EXPECT_EQ(to_json(*back), json);
    EXPECT_EQ(testing::record_errors(json), "");
    EXPECT_EQ(json["corrections"][0]["action"], "correct");
    EXPECT_FALSE(to_json(record).contains("corrections"));
}

TEST_F(Corrections, AnAcceptedValueStandsAndItsFailingSumToo) {
    const auto accepted = accept_value(forms, record, change(received));
    ASSERT_TRUE(accepted) << accepted.error().reason;
    EXPECT_FALSE(is_flagged(*accepted, received));
    EXPECT_EQ(failing(*accepted), failing(record));
    EXPECT_FALSE(accept_value(forms, *accepted, change(received))) << "it is not flagged any more";
}

TEST_F(Corrections, UndoBringsBackValueFlagsAndChecksAndTheHistoryGoesOn) {
    const auto first = correct_value(forms, record, change(received, "12"));
    const auto second = correct_value(forms, *first, change("/report/year", "2024"));
    ASSERT_TRUE(second) << second.error().reason;
    ASSERT_EQ(undoable(*second)->field, "/report/year");
    EXPECT_FALSE(undo(*second, record, change(""))) << "not the revision before";
    const auto third = undo(*second, *first, change(""));
    ASSERT_TRUE(third) << third.error().reason;
    EXPECT_EQ(third->revision, 4);
    EXPECT_EQ(third->report["year"], record.report["year"]);
    ASSERT_EQ(undoable(*third)->field, received);
    const auto fourth = undo(*third, record, change(""));
    ASSERT_TRUE(fourth) << fourth.error().reason;
    EXPECT_EQ(fourth->report, record.report);
    EXPECT_EQ(fourth->review.size(), record.review.size());
    EXPECT_EQ(failing(*fourth), failing(record));
    EXPECT_EQ(fourth->corrections.size(), 4u);
    EXPECT_EQ(undoable(*fourth), nullptr);
}

TEST_F(Corrections, WhatASecondReadingTellsOfAFailingSumIsToldStill) {
    const std::string review = "/review_and_litigation/review/", doubted = "/report" + review + "upheld";
    figures[review + "upheld"] = "70";
    record = testing::print_form(*testing::national_form("2021"), figures);
    for (Table& table : record.tables)
        for (Cell& cell : table.cells)
            if (cell.text == "70") cell.second_reading = "0";
    apply_forms(forms, record);
    const auto blamed = [&](const Record& of) {
        return std::ranges::count_if(of.review, [&](const ReviewItem& item) {
            return item.reason == ReviewReason::check_failed && item.field.starts_with("/report" + review);
        });
    };
    ASSERT_EQ(blamed(record), 1);
    const auto corrected = correct_value(forms, record, change(received, "12"));
    ASSERT_TRUE(corrected) << corrected.error().reason;
    EXPECT_EQ(blamed(*corrected), 1);
    const auto accepted = accept_value(forms, record, change(doubted));
    ASSERT_TRUE(accepted) << accepted.error().reason;
    EXPECT_GT(blamed(*accepted), 1) << "then it is another";
}

TEST_F(Corrections, WhatIsNoFieldOrNoFigureIsRefused) {
    EXPECT_FALSE(correct_value(forms, record, change(received, "twelve")));
    EXPECT_FALSE(correct_value(forms, record, change("/report/sections", "x")));
    EXPECT_FALSE(correct_value(forms, record, change("/report/form", "2019")));
    EXPECT_FALSE(correct_value(forms, record, change("/report/requests", "1")));
    EXPECT_FALSE(correct_value(forms, record, change("/id", "x")));
    EXPECT_FALSE(correct_value(forms, record, change("/report/~", "1")));
    EXPECT_FALSE(correct_value(forms, record, change("/report/year", "20245")));
    EXPECT_FALSE(correct_value(forms, record, change("/report/date", "yesterday")));
    EXPECT_TRUE(correct_value(forms, record, change(received, "")));
}

TEST_F(Corrections, AFailingSumIsToldInPlainWordsWithItsFields) {
    const auto sums = failed_sums(forms, record);
    ASSERT_FALSE(sums.empty());
    EXPECT_NE(sums.front().text.find("≠"), std::string::npos) << sums.front().text;
    EXPECT_NE(std::ranges::find(sums.front().fields, received), sums.front().fields.end());
    EXPECT_TRUE(failed_sums(forms, *correct_value(forms, record, change(received, "12"))).empty());
    EXPECT_TRUE(sums.front().text.ends_with("the print itself does not add up")) << "nobody doubts what was read";
    record.review.emplace_back();
    record.review.back().field = received;
    record.review.back().reason = ReviewReason::low_confidence;
    EXPECT_TRUE(failed_sums(forms, record).front().text.ends_with("12 ≠ 17"))
        << failed_sums(forms, record).front().text;
}

TEST_F(Corrections, AReportReadAgainIsFlaggedWhereACorrectionDiffers) {
    const auto corrected = to_json(*correct_value(forms, record, change(received, "12")));
    Record again = record;
    again.review.clear();
    again.status = Status::complete;
    auto json = to_json(again);
    json["revision"] = 3;
    carry_corrections(corrected, json, "2026-02-01T00:00:00.000Z");
    const auto back = record_from_json(json);
    ASSERT_TRUE(back) << back.error().reason;
    EXPECT_EQ(back->corrections.back().action, CorrectionAction::reread);
    ASSERT_TRUE(is_flagged(*back, received));
    EXPECT_EQ(back->review.front().suggested, "12");
    EXPECT_EQ(back->status, Status::needs_review);
    EXPECT_EQ(undoable(*back), nullptr);
}

}  // namespace
}  // namespace biaod::models
