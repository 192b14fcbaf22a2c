#include "models/last_year.hpp"

#include <gtest/gtest.h>

#include "form_printer.hpp"

namespace biaod::models {
namespace {

class LastYearTest : public ::testing::Test {
  protected:
    FormSet forms = *FormSet::builtin();
    std::vector<UnitReport> reports;

    void add(const std::string& unit, int year, const testing::Figures& figures, const std::string& version = "2021") {
        reports.push_back(*unit_report(forms, testing::national_report(version, unit, year, figures)));
    }
    std::vector<LastYear> compare() {
        return against_last_year(summarise({testing::national_form("2021"), 2022, {}}, reports), reports);
    }
    static LastYearResult result(const LastYear& unit, const std::string& rule) {
        for (const LastYearResult& found : unit.results) {
            if (found.rule == rule) return found;
        }
        return {};
    }
};

const std::string in_force = "soft.last_year.in_force.rules", carried = "soft.last_year.carried_in.total";

testing::Figures rules(const std::string& issued, const std::string& repealed, const std::string& in_force_now) {
    return {{"/proactive_disclosure/rules/issued", issued},
            {"/proactive_disclosure/rules/repealed", repealed},
            {"/proactive_disclosure/rules/in_force", in_force_now}};
}

TEST_F(LastYearTest, InForceIsLastYearsWithIssuedWithoutRepealed) {
    add("三河县", 2021, rules("0", "0", "12"));
    add("三河县人民政府", 2022, rules("5", "2", "15"));
    const auto compared = compare();
    ASSERT_EQ(compared.size(), 1u);
    EXPECT_EQ(compared[0].last, &reports[0]);
    EXPECT_EQ(result(compared[0], in_force).status, CheckStatus::pass);
    EXPECT_EQ(result(compared[0], in_force).detail, "2022 规章 现行有效件数: 15 = 12 + 5 − 2 = 15");
}

TEST_F(LastYearTest, DifferencesInPlainTerms) {
    testing::Figures last = rules("0", "0", "12"), now = rules("5", "2", "14");
    last["/requests/carried_out/natural_person"] = last["/requests/carried_out/total"] = "3";
    last["/requests/received/natural_person"] = last["/requests/received/total"] = "3";
    add("三河县", 2021, last);
    add("三河县", 2022, now);
    const auto compared = compare();
    EXPECT_EQ(result(compared[0], in_force).status, CheckStatus::fail);
    EXPECT_EQ(result(compared[0], in_force).detail, "2022 规章 现行有效件数: 14 ≠ 12 + 5 − 2 = 15");
    EXPECT_EQ(result(compared[0], carried).status, CheckStatus::fail);
    EXPECT_EQ(result(compared[0], carried).detail, "2022 二、上年结转政府信息公开申请数量 总计: 0 ≠ 3");
}

TEST_F(LastYearTest, WhatIsFlaggedOrBlankIsNotCompared) {
    add("三河县", 2021, rules("0", "0", "口"));
    add("三河县", 2022, rules("5", "2", "14"));
    EXPECT_EQ(result(compare()[0], in_force).status, CheckStatus::unknown);
    reports.clear();
    add("三河县", 2021, rules("", "", ""));
    add("三河县", 2022, rules("", "", ""));
    EXPECT_EQ(result(compare()[0], in_force).status, CheckStatus::unknown);
    reports.clear();
    add("三河县", 2021, rules("", "", ""));
    add("三河县", 2022, rules("1", "", "1"));  // a blank counts as 0
    EXPECT_EQ(result(compare()[0], in_force).status, CheckStatus::pass);
}

TEST_F(LastYearTest, LastYearMayBeOnTheOldForm) {
    testing::Figures last;
    last["/requests/carried_out/other"] = last["/requests/carried_out/total"] = "3";
    last["/requests/received/other"] = last["/requests/received/total"] = "3";
    add("三河县", 2021, last, "2019");
    add("三河县", 2022, {});
    const auto compared = compare();
    EXPECT_EQ(result(compared[0], carried).status, CheckStatus::fail);
    EXPECT_EQ(result(compared[0], in_force).status, CheckStatus::unknown);
}

TEST_F(LastYearTest, NoReportForLastYear) {
    add("三河县", 2022, {});
    add("宁海县", 2021, {});
    EXPECT_EQ(compare()[0].last, nullptr);
    EXPECT_TRUE(compare()[0].results.empty());
}

}  // namespace
}  // namespace biaod::models
