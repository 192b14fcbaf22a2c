// A form that has nothing to do with governments: the library knows it from its data file alone.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "damage.hpp"
#include "form_printer.hpp"
#include "models/form_definition.hpp"
#include "models/forms.hpp"
#include "models/record_json.hpp"
#include "schema_validator.hpp"

namespace biaod::models {
namespace {

using Json = nlohmann::ordered_json;

class OtherForm : public ::testing::Test {
  protected:
    FormSet forms = *FormSet::builtin();
    std::shared_ptr<const FormDefinition> form;
    testing::Figures figures{{"/stock/steel/plate/opening", "12.5"},
                             {"/stock/steel/plate/received", "4"},
                             {"/stock/steel/plate/used", "6.25"},
                             {"/stock/steel/plate/closing", "10.25"},
                             {"/stock/steel/pipe/opening", "3"},
                             {"/stock/steel/pipe/received", "—"},
                             {"/stock/steel/pipe/used", "1"},
                             {"/stock/steel/pipe/closing", "2"},
                             {"/stock/paint/opening", ""},
                             {"/stock/paint/received", "7"},
                             {"/stock/paint/used", "2"},
                             {"/stock/paint/closing", "5"},
                             {"/stock/total/opening", "15.5"},
                             {"/stock/total/received", "11"},
                             {"/stock/total/used", "9.25"},
                             {"/stock/total/closing", "17.25"},
                             {"/value/purchases/amount", "1,250.5元"}};

    void SetUp() override {
        std::ifstream file(std::string(MODELS_TEST_DATA) + "/factory_stock_report.json");
        std::ostringstream text;
        text << file.rdbuf();
        const auto added = forms.add("factory_stock_report.json", text.str());
        ASSERT_TRUE(added) << added.error().reason;
        form = forms.definitions().back();
    }
    Record read(const std::function<void(Record&)>& damage = {}) {
        Record record = testing::print_form(*form, figures);
        testing::add_block(record, BlockType::title, "红星机械厂2024年3月库存月报");
        if (damage) damage(record);
        apply_forms(forms, record);
        EXPECT_EQ(testing::record_errors(to_json(record)), "");
        return record;
    }
    static Json value(const Record& record, const char* pointer) {
        return record.report.at(Json::json_pointer(pointer));
    }
};

TEST_F(OtherForm, IsRecognisedAndTyped) {
    const Record record = read();
    ASSERT_FALSE(record.report.is_null());
    EXPECT_EQ(record.report["type"], "factory_stock_report");
    EXPECT_EQ(record.report["issuer"], "红星机械厂");
    EXPECT_EQ(record.report["year"], 2024);
    EXPECT_EQ(value(record, "/stock/steel/plate/used"), 6.25);
    EXPECT_TRUE(value(record, "/stock/steel/pipe/received").is_null());
    EXPECT_EQ(value(record, "/value/purchases/amount"), 1250.5);
    EXPECT_EQ(value(record, "/value/purchases/unit"), "元");
    EXPECT_EQ(record.status, Status::complete);
}

TEST_F(OtherForm, ItsChecksAreItsOwn) {
    figures["/stock/steel/plate/closing"] = "19.25";
    const Record record = read();
    const auto check = std::ranges::find(record.checks, "stock.balance.steel.plate", &Check::rule);
    ASSERT_NE(check, record.checks.end());
    EXPECT_EQ(check->status, CheckStatus::fail);
    ASSERT_EQ(record.review.size(), 1u);
    EXPECT_EQ(record.review[0].field, "/report/stock/steel/plate/closing");
    EXPECT_EQ(record.review[0].suggested, "10.25");
}

TEST_F(OtherForm, SurvivesDamage) {
    const Record record = read([](Record& r) {
        testing::Random random(3);
        testing::insert_blank_column(r.tables[0], 2);
        testing::insert_row(r.tables[0], 3, {"其中进口", "9", "9", "9", "9"});
        testing::corrupt_labels(r.tables[0], 0.05, random);
        std::swap(r.tables[0], r.tables[1]);
    });
    ASSERT_FALSE(record.report.is_null());
    EXPECT_EQ(value(record, "/stock/steel/plate/used"), 6.25);
    EXPECT_EQ(value(record, "/stock/total/closing"), 17.25);
}

TEST_F(OtherForm, OptionalRowsMayBeAbsent) {
    // 油漆 is optional; without it the totals are those of the steel.
    figures["/stock/total/opening"] = "15.5";
    figures["/stock/total/received"] = "4";
    figures["/stock/total/used"] = "7.25";
    figures["/stock/total/closing"] = "12.25";
    const Record record = read([](Record& r) { testing::drop_row(r.tables[0], 3); });
    EXPECT_TRUE(value(record, "/stock/paint/closing").is_null());
    EXPECT_TRUE(record.review.empty());
}

}  // namespace
}  // namespace biaod::models
