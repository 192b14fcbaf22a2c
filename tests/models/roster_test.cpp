#include "models/roster.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "form_printer.hpp"

namespace biaod::models {
namespace {

using ::testing::ElementsAre;

std::string error(std::string_view csv) {
    const auto roster = parse_roster(csv);
    return roster ? "" : roster.error().reason;
}

TEST(Roster, NamesDeadlinesAndAliases) {
    const auto roster = parse_roster(
        "\xEF\xBB\xBF序号,单位名称,截止日期,别名\r\n1,三河镇,2025/1/"
        "31,\r\n2,\"宁海县\",2025年1月5日,宁海；宁海市、旧宁海\r\n,,,\r\n3,东山乡\r\n");
    ASSERT_TRUE(roster) << roster.error().reason;
    ASSERT_EQ(roster->size(), 3u);
    EXPECT_EQ((*roster)[0].name, "三河镇");
    EXPECT_EQ((*roster)[0].deadline, "2025-01-31");
    EXPECT_TRUE((*roster)[0].aliases.empty());
    EXPECT_EQ((*roster)[1].deadline, "2025-01-05");
    EXPECT_THAT((*roster)[1].aliases, ElementsAre("宁海", "宁海市", "旧宁海"));
    EXPECT_FALSE((*roster)[2].deadline);
    EXPECT_EQ((*roster)[2].line, 5);
    EXPECT_TRUE(parse_roster("Unit,Deadline,Aliases\nNinghai,2025-01-31,\n"));
}

TEST(Roster, ErrorsNameTheLine) {
    EXPECT_EQ(error(""), "line 1: the roster is empty");
    EXPECT_EQ(error("三河镇\n宁海县\n"), "line 1: no column is called 单位 (or unit)");
    EXPECT_EQ(error("单位,期限\n三河镇,2025-02-30\n"), "line 2: '2025-02-30' is no date (2025-01-31)");
    EXPECT_EQ(error("单位,期限\n三河镇,2025-257-31\n"), "line 2: '2025-257-31' is no date (2025-01-31)");
    EXPECT_EQ(error("单位,期限\n三河镇,尽快\n"), "line 2: '尽快' is no date (2025-01-31)");
    EXPECT_EQ(error("单位,期限\n,2025-01-31\n"), "line 2: the name of the unit is missing");
    EXPECT_EQ(error("单位\n三河镇\n\n三河 镇\n"), "line 4: 三河 镇 stands on line 2 already");
    EXPECT_EQ(error("单位\n三河镇,1\n"), "line 2: more fields than the first line has");
    EXPECT_EQ(error("单位\n\"三河镇\n"), "line 2: a quote is not closed");
}

class DeliveriesTest : public ::testing::Test {
  protected:
    FormSet forms = *FormSet::builtin();
    std::vector<UnitReport> reports;
    SummaryChoice choice{testing::national_form("2021"), 2022, {}};
    int utc_offset = 480;

    void add(const std::string& unit, const std::string& received_at, const std::string& version = "2021",
             int year = 2022) {
        reports.push_back(*unit_report(forms, testing::national_report(version, unit, year, {}, received_at)));
    }
    Deliveries look(std::string_view csv) { return deliveries(*parse_roster(csv), choice, reports, utc_offset); }
};

TEST_F(DeliveriesTest, MissingAndPresent) {
    add("三河镇人民政府", "2023-01-10T08:00:00Z");
    add("宁海县", "2023-01-10T08:00:00Z", "2021", 2021);
    const auto found = look("单位\n三河镇\n宁海县\n");
    EXPECT_EQ(found.units[0].report, &reports[0]);
    EXPECT_FALSE(found.units[0].late);
    EXPECT_TRUE(found.units[1].missing());
    EXPECT_TRUE(found.not_on_roster.empty());
}

TEST_F(DeliveriesTest, LateByTheClockOfTheOffice) {
    add("三河镇", "2023-01-31T15:59:59Z");
    add("宁海县", "2023-01-31T16:00:00Z");
    const auto found = look("单位,期限\n三河镇,2023-01-31\n宁海县,2023-01-31\n");
    EXPECT_FALSE(found.units[0].late);
    EXPECT_TRUE(found.units[1].late);
    EXPECT_EQ(found.units[1].received_on, "2023-02-01");
    utc_offset = 0;
    EXPECT_FALSE(look("单位,期限\n宁海县,2023-01-31\n").units[0].late);
}

TEST_F(DeliveriesTest, ACorrectionSentLaterIsNotLate) {
    add("三河镇", "2023-02-10T08:00:00Z");
    add("三河镇", "2023-01-10T08:00:00Z");
    const auto found = look("单位,期限\n三河镇,2023-01-31\n");
    EXPECT_FALSE(found.units[0].late);
    EXPECT_EQ(found.units[0].report, &reports[0]);
}

TEST_F(DeliveriesTest, OldForm) {
    add("三河镇", "2023-01-10T08:00:00Z", "2019");
    add("宁海县", "2023-01-10T08:00:00Z", "2019");
    add("宁海县", "2023-02-10T08:00:00Z");
    const auto found = look("单位,期限\n三河镇,\n宁海县,2023-01-31\n");
    EXPECT_TRUE(found.units[0].old_form);
    EXPECT_FALSE(found.units[0].missing());
    EXPECT_FALSE(found.units[1].old_form);
    EXPECT_TRUE(found.units[1].late);  // what came in time does not count
}

TEST_F(DeliveriesTest, AliasesAndStrangers) {
    add("宁海市", "2023-01-10T08:00:00Z");
    add("东山乡", "2023-01-10T08:00:00Z");
    const auto found = look("单位,别名\n宁海县,宁海市\n");
    EXPECT_FALSE(found.units[0].missing());
    EXPECT_THAT(found.not_on_roster, ElementsAre(&reports[1]));
}

}  // namespace
}  // namespace biaod::models
