#include <gtest/gtest.h>

#include "form_printer.hpp"
#include "models/forms.hpp"
#include "models/slot_pattern.hpp"
#include "models/text_norm.hpp"

namespace biaod::models {
namespace {

std::string error_of(std::string_view text) {
    FormSet forms;
    const auto added = forms.add("stock.json", text);
    if (added) return "";
    EXPECT_EQ(added.error().kind, ErrorKind::config);
    return added.error().reason;
}

// A small form with one hole for a mistake.
std::string form_with(const std::string& table_part, const std::string& check_part = "") {
    return R"({"schema": "biaod.form/1", "type": "t", "form": "1", "tables": [{"name": "a", "pointer": "/a", "blocks": [{)" +
           table_part + R"(}]}], "checks": [)" + check_part + "]}";
}
const std::string columns = R"("columns": [{"label": "甲", "key": "x"}, {"label": "乙", "key": "y"}])";
const std::string rows = R"("rows": [{"label": "丙", "key": "p"}, {"label": "丁", "key": "q"}])";

TEST(FormLoader, BuiltInFormsAreSound) {
    const auto forms = FormSet::builtin();
    ASSERT_TRUE(forms) << forms.error().reason;
    EXPECT_EQ(forms->definitions().size(), 2u);
    // 3·3 figures of 一, 五, 六, 八; 7 a row of 三; 15 of 四.
    EXPECT_EQ(testing::national_form("2021")->slots.size(), 10u + 25 * 7 + 15);
    EXPECT_EQ(testing::national_form("2019")->slots.size(), 22u + 23 * 7 + 15);
    // Rules 1 to 4 of the design.
    EXPECT_EQ(testing::national_form("2021")->equations.size(), 25u + 7 + 7 + 3);
}

TEST(FormLoader, AcceptsTheSmallForm) { EXPECT_EQ(error_of(form_with(columns + "," + rows)), ""); }

TEST(FormLoader, SyntaxErrorsNameTheLine) {
    EXPECT_TRUE(error_of("{\n  \"schema\": \"biaod.form/1\",\n  oops\n}").starts_with("stock.json:3:"));
    EXPECT_TRUE(error_of("").starts_with("stock.json:1:"));
}

TEST(FormLoader, ANumberTooLargeToHoldIsNamed) {
    EXPECT_NE(error_of(R"({"schema": 4e4444})").find("4e4444"), std::string::npos);
}

TEST(FormLoader, ContentErrorsNameThePointer) {
    EXPECT_EQ(error_of(R"({"schema": "biaod.form/2"})"), "stock.json: /schema: must be biaod.form/1");
    EXPECT_EQ(error_of(R"({"schema": "biaod.form/1", "name": 1})"), "stock.json: /: unknown key 'name'");
    EXPECT_EQ(error_of(form_with(columns)), "stock.json: /tables/0/blocks/0: lacks 'rows'");
    EXPECT_EQ(error_of(form_with(columns + R"(, "rows": [{"label": 3}])")),
              "stock.json: /tables/0/blocks/0/rows/0/label: must be a string");
    EXPECT_EQ(error_of(form_with(columns + R"(, "rows": [{"label": "丙", "kye": "p"}])")),
              "stock.json: /tables/0/blocks/0/rows/0: unknown key 'kye'");
    EXPECT_EQ(error_of(form_with(columns + R"(, "rows": [{"label": "丙", "value": "sum"}])")),
              "stock.json: /tables/0/blocks/0/rows/0/value: must be count, signed, decimal or amount");
    EXPECT_EQ(error_of(form_with(columns + R"(, "rows": [{"label": "——"}])")),
              "stock.json: /tables/0/blocks/0/rows/0/label: has neither letters nor digits");
    EXPECT_EQ(error_of(form_with(columns + R"(, "rows": [{"label": "丙", "key": "p"}, {"unlabelled": true}])")),
              "stock.json: /tables/0/blocks/0/rows/1: 'unlabelled' is for the only row of a block");
}

TEST(FormLoader, PointersMustDiffer) {
    EXPECT_EQ(error_of(form_with(columns + R"(, "rows": [{"label": "丙", "key": "p"}, {"label": "丁", "key": "p"}])")),
              "stock.json: /tables: two values have the pointer /a/p/x");
    EXPECT_EQ(
        error_of(form_with(R"("columns": [{"label": "甲"}], "rows": [{"label": "丙"}, {"label": "丁", "key": "q"}])")),
        "stock.json: /tables: the value /a is also above /a/q");
}

TEST(FormLoader, ChecksMustNameKnownValues) {
    const std::string good = R"({"rule": "r.{c}", "equal": {"left": ["/a/p/{c}"], "right": ["/a/q/{c}"]}})";
    EXPECT_EQ(error_of(form_with(columns + "," + rows, good)), "");
    EXPECT_EQ(error_of(form_with(columns + "," + rows,
                                 R"({"rule": "r.{c}", "equal": {"left": ["/a/p/{c}"], "right": ["/a/z/{c}"]}})")),
              "stock.json: /checks/0/equal/right/0: no value of the form has the pointer /a/z/x");
    EXPECT_EQ(error_of(form_with(columns + "," + rows,
                                 R"({"rule": "r", "equal": {"left": ["/a/p/{c}"], "right": ["/a/q/{c}"]}})")),
              "stock.json: /checks/0/rule: must contain {c}, or its instances have one name");
    EXPECT_EQ(error_of(form_with(columns + "," + rows,
                                 R"({"rule": "r.{c}", "equal": {"left": ["/a/p/{c}"], "right": ["/a/q/x"]}})")),
              "stock.json: /checks/0/equal/right/0: must have the same {name} as the first of 'left'");
    EXPECT_EQ(
        error_of(form_with(columns + "," + rows, R"({"rule": "soft.r"})")),
        "stock.json: /checks/0: has no kind (equal, zero, document_number_year, date_year, text_year, text_figure or "
        "from_last_year)");
    EXPECT_EQ(error_of(form_with(columns + "," + rows, R"({"rule": "r", "zero": ["/a/p/x"]})")),
              "stock.json: /checks/0/rule: must begin with 'soft.' for what is not an equation");
}

TEST(FormLoader, LastYearChecksMustNameOneValueEach) {
    const auto error = [](const std::string& what) {
        return error_of(form_with(columns + "," + rows, R"({"rule": "soft.{c}", "from_last_year": )" + what + "}"));
    };
    EXPECT_EQ(error(R"({"value": "/a/p/{c}", "last": "/a/q/{c}", "plus": ["/a/q/{c}"]})"), "");
    EXPECT_EQ(error(R"({"value": "/a/p/{c}", "last": "/a/q/x"})"),
              "stock.json: /checks/0/from_last_year/last: must have the same {name} as 'value'");
    EXPECT_EQ(error(R"({"value": "/a/p/{c}", "last": "/a/*/{c}"})"),
              "stock.json: /checks/0/from_last_year/last: must name one value");
    EXPECT_EQ(error(R"({"value": "/a/p/{c}", "last": "/a/q/{c}", "minus": ["/a/z/{c}"]})"),
              "stock.json: /checks/0/from_last_year/minus/0: no value of the form has the pointer /a/z/x");
}

TEST(FormLoader, PatternsMustCompile) {
    const std::string text =
        R"({"schema": "biaod.form/1", "type": "t", "form": "1", "tables": [], "meta": {"addressee": ["(x"]}})";
    EXPECT_TRUE(error_of(text).starts_with("stock.json: /meta/addressee/0: not a regular expression"))
        << error_of(text);
    const std::string no_group =
        R"({"schema": "biaod.form/1", "type": "t", "form": "1", "tables": [], "meta": {"addressee": ["x"]}})";
    EXPECT_EQ(error_of(no_group), "stock.json: /meta/addressee/0: needs 1 group(s)");
}

TEST(FormLoader, AFormIsKnownOnce) {
    FormSet forms;
    const std::string text = form_with(columns + "," + rows);
    ASSERT_TRUE(forms.add("a.json", text));
    EXPECT_EQ(forms.add("b.json", text).error().reason, "b.json: the form t 1 is known already");
}

TEST(SlotPattern, VariablesTakeSegments) {
    EXPECT_EQ(match_pointer("/requests/{row}/total", "/requests/results/denied/total"), "results/denied");
    EXPECT_EQ(match_pointer("/a/*/{c}", "/a/b/c"), "c");
    EXPECT_FALSE(match_pointer("/a/*", "/a/b/c"));
    EXPECT_FALSE(match_pointer("/a/{x}/b", "/a/b"));
    EXPECT_EQ(bind_pointer("/a/{x}/b", "c/d"), "/a/c/d/b");
    EXPECT_EQ(variable_of("/a/{x}/b"), "x");
    EXPECT_EQ(variable_of("/a/b"), "");
}

TEST(FormSet, HeadingsAreThoseOfRowsOfTheirOwn) {
    const auto builtin = FormSet::builtin();
    ASSERT_TRUE(builtin);
    const auto headings = builtin->heading_keys(), labels = builtin->label_keys();
    EXPECT_TRUE(headings.contains(label_key("第二十条第（一）项")));
    for (const char* other : {"二、主动公开政府信息情况", "信息内容", "行政许可", ""})
        EXPECT_FALSE(headings.contains(label_key(other))) << other;
    for (const std::u32string& heading : headings) EXPECT_TRUE(labels.contains(heading));
}

}  // namespace
}  // namespace biaod::models
