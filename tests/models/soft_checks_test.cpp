#include "models/soft_checks.hpp"

#include <gtest/gtest.h>

#include "form_printer.hpp"
#include "models/forms.hpp"

namespace biaod::models {
namespace {

class SoftChecks : public ::testing::Test {
  protected:
    Record record;
    testing::Figures figures;
    std::vector<std::string> paragraphs;
    std::string title = "三河镇2021年政府信息公开工作年度报告";

    Check check(const std::string& rule) {
        record = testing::print_form(*testing::national_form("2021"), figures);
        testing::add_block(record, BlockType::title, title);
        testing::add_block(record, BlockType::paragraph, "三政发〔2022〕3号");
        testing::add_block(record, BlockType::heading, "一、总体情况");
        for (const std::string& text : paragraphs) testing::add_block(record, BlockType::paragraph, text);
        apply_forms(*FormSet::builtin(), record);
        for (const Check& c : record.checks) {
            if (c.rule == rule) return c;
        }
        return {};
    }
};

TEST_F(SoftChecks, RulesOfATownship) {
    EXPECT_EQ(check("soft.rules_of_township").status, CheckStatus::pass);
    figures["/proactive_disclosure/rules/in_force"] = "2";
    const Check failed = check("soft.rules_of_township");
    EXPECT_EQ(failed.status, CheckStatus::fail);
    EXPECT_EQ(failed.detail, "规章 现行有效件数: 2, 0 is usual for 三河镇");
    EXPECT_TRUE(record.review.empty());  // a warning flags nothing
    title = "宁海市2021年政府信息公开工作年度报告";
    EXPECT_EQ(check("soft.rules_of_township").status, CheckStatus::unknown);
}

TEST_F(SoftChecks, Years) {
    EXPECT_EQ(check("soft.document_number_year").status, CheckStatus::pass);
    EXPECT_EQ(check("soft.date_year").status, CheckStatus::unknown);
    paragraphs = {"2019年，我镇。", "2019年度。", "2021年。", "三河镇人民政府", "2024年1月8日"};
    EXPECT_EQ(check("soft.text_year").status, CheckStatus::fail);
    EXPECT_EQ(check("soft.date_year").status, CheckStatus::fail);
    EXPECT_EQ(check("soft.date_year").detail, "reported year 2021, found 2024");
}

TEST_F(SoftChecks, FiguresInTheText) {
    EXPECT_EQ(check("soft.text_received").status, CheckStatus::unknown);
    paragraphs = {"2021年，我镇未收到政府信息公开申请。"};
    EXPECT_EQ(check("soft.text_received").status, CheckStatus::pass);
    paragraphs = {"2021年，我镇共收到政府信息公开申请12件。"};
    EXPECT_EQ(check("soft.text_received").status, CheckStatus::fail);
    figures["/requests/received/total"] = figures["/requests/received/business"] = "12";
    EXPECT_EQ(check("soft.text_received").status, CheckStatus::pass);
}

}  // namespace
}  // namespace biaod::models
