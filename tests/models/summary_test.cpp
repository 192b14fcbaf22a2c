#include "models/summary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "form_printer.hpp"

namespace biaod::models {
namespace {

constexpr const char* fees = "/proactive_disclosure/fees/amount";
constexpr const char* licenses = "/proactive_disclosure/licenses/decisions";

class SummaryTest : public ::testing::Test {
  protected:
    FormSet forms = *FormSet::builtin();
    std::vector<UnitReport> reports;
    SummaryChoice choice{testing::national_form("2021"), 2022, {}};
    Summary summary;

    UnitReport& add(const std::string& unit, const testing::Figures& figures, int year = 2022,
                    const std::string& received_at = "2023-01-10T08:00:00Z", const std::string& version = "2021") {
        reports.push_back(*unit_report(forms, testing::national_report(version, unit, year, figures, received_at)));
        return reports.back();
    }
    const SummaryCell& cell(const std::string& pointer) {
        summary = summarise(choice, reports);
        const auto& slots = summary.form->slots;
        return summary
            .cells[static_cast<std::size_t>(std::ranges::find(slots, pointer, &ValueSlot::pointer) - slots.begin())];
    }
    static std::vector<std::string> names(const std::vector<const UnitReport*>& list) {
        std::vector<std::string> out;
        for (const UnitReport* report : list) out.push_back(report->name());
        return out;
    }
};

TEST_F(SummaryTest, SumsAreExactDecimals) {
    add("三河镇", {{fees, "72701.2578"}});
    add("宁海县", {{fees, "0.1"}});
    add("东山乡", {{fees, "0.2"}});
    EXPECT_EQ(cell(fees).sum->to_string(), "72701.5578");
    EXPECT_EQ(cell(fees).unit, "万元");
    EXPECT_EQ(cell(fees).figures, 3);
}

TEST_F(SummaryTest, ABlankAddsNothingAndIsNoGap) {
    add("三河镇", {{licenses, ""}});
    add("宁海县", {{licenses, "—"}});
    EXPECT_FALSE(cell(licenses).sum);  // a blank is null, never 0
    add("东山乡", {{licenses, "7"}});
    EXPECT_EQ(cell(licenses).sum->to_string(), "7");
    EXPECT_EQ(cell(licenses).blanks, 2);
    EXPECT_TRUE(cell(licenses).excluded.empty());
}

TEST_F(SummaryTest, WhatIsUnreadOrFlaggedIsNotAdded) {
    add("三河镇", {{licenses, "5"}});
    add("宁海县", {{licenses, "口口"}});
    add("东山乡", {{licenses, "-4"}});
    const SummaryCell& sum = cell(licenses);
    EXPECT_EQ(sum.sum->to_string(), "5");
    ASSERT_EQ(sum.excluded.size(), 2u);
    EXPECT_EQ(sum.excluded[0].report->name(), "宁海县");
    EXPECT_EQ(sum.excluded[0].review, ReviewReason::unreadable);
    EXPECT_EQ(sum.excluded[1].report->name(), "东山乡");
    EXPECT_EQ(sum.excluded[1].review, ReviewReason::check_failed);
}

TEST_F(SummaryTest, AnAmountInAnotherUnitIsNotAdded) {
    add("三河镇", {{fees, "3.2"}});
    add("宁海县", {{fees, "1444400元"}});
    add("东山乡", {{fees, "0元"}});
    add("西山乡", {{fees, "1万元"}});
    EXPECT_EQ(cell(fees).sum->to_string(), "4.2");
    ASSERT_EQ(cell(fees).excluded.size(), 1u);
    EXPECT_EQ(cell(fees).excluded[0].reason, ExclusionReason::other_unit);
    EXPECT_EQ(cell(fees).figures, 3);
}

TEST_F(SummaryTest, AReportWhoseYearIsDoubtfulIsNotAdded) {
    add("三河镇", {{licenses, "5"}}).place_flagged = true;
    add("宁海县", {{licenses, "6"}});
    EXPECT_EQ(cell(licenses).sum->to_string(), "6");
    EXPECT_EQ(cell(licenses).excluded.at(0).reason, ExclusionReason::place_flagged);
    reports[0].year.reset();
    EXPECT_TRUE(cell(licenses).excluded.empty());
    EXPECT_EQ(names(summary.undated), std::vector<std::string>{"三河镇"});
}

TEST_F(SummaryTest, ASumThatDoesNotFitSaysSo) {
    add("三河镇", {{licenses, "9000000000000000000"}});
    add("宁海县", {{licenses, "9000000000000000000"}});
    EXPECT_EQ(cell(licenses).sum->to_string(), "9000000000000000000");
    EXPECT_EQ(cell(licenses).excluded.at(0).reason, ExclusionReason::too_large);
}

TEST_F(SummaryTest, AUnitIsAddedOnce) {
    add("三河镇人民政府", {{licenses, "5"}}, 2022, "2023-01-20T08:00:00Z");
    add("三河镇", {{licenses, "6"}}, 2022, "2023-01-21T08:00:00Z");
    add("三河镇", {{licenses, "4"}}, 2022, "2023-01-19T08:00:00Z");
    EXPECT_EQ(cell(licenses).sum->to_string(), "6");
    EXPECT_EQ(names(summary.superseded), (std::vector<std::string>{"三河镇人民政府", "三河镇"}));
}

TEST_F(SummaryTest, FilesWithoutAnIssuerAreUnitsOfTheirOwn) {
    add("三河镇", {{licenses, "5"}}).issuer.reset();
    add("三河镇", {{licenses, "6"}}).issuer.reset();
    EXPECT_EQ(cell(licenses).sum->to_string(), "11");
}

TEST_F(SummaryTest, OnlyTheChosenYearFormAndUnits) {
    add("三河镇", {{licenses, "5"}});
    add("三河镇", {{licenses, "50"}}, 2021);
    add("宁海县", {{licenses, "6"}});
    add("东山乡", {{licenses, "7"}}, 2022, "2023-01-10T08:00:00Z", "2019");
    EXPECT_EQ(cell(licenses).sum->to_string(), "11");
    choice.units = {"宁海县人民政府"};
    EXPECT_EQ(cell(licenses).sum->to_string(), "6");
}

}  // namespace
}  // namespace biaod::models
