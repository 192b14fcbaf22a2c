#include "models/unit_report.hpp"

#include <gtest/gtest.h>

#include "form_printer.hpp"

namespace biaod::models {
namespace {

class UnitReportTest : public ::testing::Test {
  protected:
    FormSet forms = *FormSet::builtin();

    const UnitValue& value(const UnitReport& report, const std::string& pointer) {
        const auto& slots = report.form->slots;
        return report
            .values[static_cast<std::size_t>(std::ranges::find(slots, pointer, &ValueSlot::pointer) - slots.begin())];
    }
};

TEST_F(UnitReportTest, ValuesBlanksAndFlags) {
    const auto report =
        *unit_report(forms, testing::national_report("2021", "三河镇", 2021,
                                                     {{"/proactive_disclosure/fees/amount", "72701.2578"},
                                                      {"/proactive_disclosure/licenses/decisions", "/"},
                                                      {"/proactive_disclosure/penalties/decisions", "口"},
                                                      {"/requests/received/business", "3"}}));
    EXPECT_EQ(report.name(), "三河镇");
    EXPECT_EQ(report.year, 2021);
    EXPECT_FALSE(report.place_flagged);
    EXPECT_EQ(value(report, "/proactive_disclosure/fees/amount").value->to_string(), "72701.2578");
    EXPECT_EQ(value(report, "/proactive_disclosure/fees/amount").unit, "万元");
    EXPECT_FALSE(value(report, "/proactive_disclosure/licenses/decisions").value);
    EXPECT_FALSE(value(report, "/proactive_disclosure/licenses/decisions").flagged);
    EXPECT_EQ(value(report, "/proactive_disclosure/penalties/decisions").flagged, ReviewReason::unreadable);
    EXPECT_EQ(value(report, "/requests/received/business").flagged, ReviewReason::check_failed);
}

TEST_F(UnitReportTest, WhatAPersonAcceptedIsNotFlagged) {
    Record record = testing::national_report("2021", "三河镇", 2021, {{"/requests/received/business", "3"}});
    record.review.clear();
    EXPECT_FALSE(value(*unit_report(forms, record), "/requests/received/business").flagged);
}

TEST_F(UnitReportTest, AFlagAboveAValueFlagsIt) {
    Record record = testing::national_report("2021", "三河镇", 2021);
    record.review = {{"/report/requests/received", ReviewReason::missing, "", {}, 0, {}},
                     {"/report/proactive_disclosure/fees/unit", ReviewReason::low_confidence, "", {}, 0, {}},
                     {"/report/year", ReviewReason::low_confidence, "", {}, 0, {}}};
    const auto report = *unit_report(forms, record);
    EXPECT_EQ(value(report, "/requests/received/total").flagged, ReviewReason::missing);
    EXPECT_EQ(value(report, "/proactive_disclosure/fees/amount").flagged, ReviewReason::low_confidence);
    EXPECT_FALSE(value(report, "/requests/carried_in/total").flagged);
    EXPECT_TRUE(report.place_flagged);
}

TEST_F(UnitReportTest, AReportOfAnotherShapeIsUnreadable) {
    Record record = testing::national_report("2021", "三河镇", 2021);
    record.report["requests"] = "none";
    record.report["proactive_disclosure"]["rules"]["issued"] = "12";
    record.report["proactive_disclosure"]["rules"]["repealed"] = 1e300;
    record.report["proactive_disclosure"]["fees"]["unit"] = "=1+1";
    record.report["year"] = 2021.5;
    const auto report = *unit_report(forms, record);
    EXPECT_EQ(value(report, "/requests/received/total").flagged, ReviewReason::unreadable);
    EXPECT_EQ(value(report, "/proactive_disclosure/rules/issued").flagged, ReviewReason::unreadable);
    EXPECT_EQ(value(report, "/proactive_disclosure/rules/repealed").flagged, ReviewReason::unreadable);
    EXPECT_EQ(value(report, "/proactive_disclosure/fees/amount").flagged, ReviewReason::unreadable);
    EXPECT_FALSE(value(report, "/proactive_disclosure/fees/amount").unit);
    EXPECT_FALSE(report.year);
}

TEST_F(UnitReportTest, OtherDocumentsHaveNone) {
    EXPECT_FALSE(unit_report(forms, testing::empty_record()));
    Record record = testing::national_report("2021", "三河镇", 2021);
    record.report["form"] = "1999";
    EXPECT_FALSE(unit_report(forms, record));
}

TEST_F(UnitReportTest, NamesAreComparedWithoutTheirEnding) {
    const auto& form = *testing::national_form("2021");
    EXPECT_EQ(unit_key(form, "三河镇人民政府"), unit_key(form, "三河镇"));
    EXPECT_EQ(unit_key(form, " 三河镇 政府 "), unit_key(form, "三河镇"));
    EXPECT_NE(unit_key(form, "三河镇"), unit_key(form, "三江镇"));
    EXPECT_FALSE(unit_key(form, "人民政府").empty());
}

}  // namespace
}  // namespace biaod::models
