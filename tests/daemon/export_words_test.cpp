#include <gtest/gtest.h>

#include <algorithm>

#include "daemon/export/words.hpp"
#include "tests/models/form_printer.hpp"

namespace biaod::tests {
namespace {

bool is_english(const std::string& text) {
    return std::ranges::any_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

// models/ and this list of remarks must not drift apart.
TEST(ExportWords, NoRemarkOfACheckStaysEnglish) {
    using models::testing::national_report;
    for (const models::testing::Figures& figures :
         {models::testing::Figures{}, models::testing::Figures{{"/proactive_disclosure/rules/issued", "2"}},
          models::testing::Figures{{"/requests/received/total", "口"}},
          models::testing::Figures{{"/requests/received/total", "9999"}}}) {
        for (const char* unit : {"三河镇", "宁海县"}) {
            for (const models::Check& check : national_report("2021", unit, 2021, figures).checks)
                EXPECT_FALSE(is_english(daemon::check_words(check.detail))) << daemon::check_words(check.detail);
        }
    }
    EXPECT_EQ(
        daemon::check_words("规章 现行有效件数: 2, 0 is usual for 三河镇; 规章 本年制发件数: 1, 0 is usual for 三河镇"),
        "规章 现行有效件数: 2，三河镇通常为 0; 规章 本年制发件数: 1，三河镇通常为 0");
    EXPECT_EQ(daemon::check_words("总计: the table says 12, the text 10"), "总计：表中为 12，正文为 10");
    EXPECT_EQ(daemon::check_words("总计: not printed in the table, the text says 3"), "总计：表中没有印，正文为 3");
    EXPECT_EQ(daemon::check_words("reported year 2021, found 2024"), "报告年度为 2021，该处印作 2024");
    EXPECT_EQ(daemon::check_words("总计: 12 ≠ 5 + 4 = 9"), "总计: 12 ≠ 5 + 4 = 9");
}

TEST(ExportWords, FieldsHaveNames) {
    const auto form = models::testing::national_form("2021");
    EXPECT_EQ(daemon::field_words(form.get(), "/report/year"), "年度");
    EXPECT_EQ(daemon::field_words(form.get(), "/report/proactive_disclosure/rules/issued"), "规章 本年制发件数");
    EXPECT_EQ(daemon::field_words(form.get(), "/pages/2"), "/pages/2");
    EXPECT_EQ(daemon::field_words(nullptr, "/blocks/3/text"), "正文中的数字");
    EXPECT_EQ(daemon::field_words(nullptr, "/report/other"), "/report/other");
}

}  // namespace
}  // namespace biaod::tests
