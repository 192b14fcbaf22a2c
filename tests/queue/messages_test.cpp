#include "queue/messages.hpp"

#include <gtest/gtest.h>

namespace biaod::tests {
namespace {

using namespace queue;
using nlohmann::ordered_json;

TEST(Messages, TopicsOfRecords) {
    EXPECT_EQ(record_topic({{"report", nullptr}}), "v1/record/document/");
    EXPECT_EQ(record_topic(ordered_json::object()), "v1/record/document/");
    EXPECT_EQ(record_topic({{"report", {{"type", "gov_info_annual_report"}}}}), "v1/record/gov_info_annual_report/");
    for (const char* type : {"", "a/b", "A", "表", "a\n"}) {
        EXPECT_EQ(record_topic({{"report", {{"type", type}}}}), "v1/record/document/") << type;
    }
}

TEST(Messages, BytesThatAreNotUtf8AreEscaped) {
    EXPECT_EQ(utf8_of("报告 a"), "报告 a");
    EXPECT_EQ(utf8_of("\xFF"
                      "a\xE6\x8A"),
              "\\xffa\\xe6\\x8a");
    EXPECT_EQ(utf8_of("\xC0\xAF"), "\\xc0\\xaf") << "overlong";
    EXPECT_EQ(utf8_of("\xED\xA0\x80"), "\\xed\\xa0\\x80") << "a surrogate";
    EXPECT_EQ(utf8_of("\xF4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80") << "above U+10FFFF";
}

TEST(Messages, ErrorsSurviveTheWayThroughJson) {
    const models::Error error{models::ErrorKind::unsupported, "open", 7, "a kind of file"};
    const auto back = error_from_json(error_json(error));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->kind, error.kind);
    EXPECT_EQ(back->stage, error.stage);
    EXPECT_EQ(back->page, error.page);
    EXPECT_EQ(back->reason, error.reason);
    EXPECT_EQ(back->limit, "");
    const auto over = models::fail_at_limit("pages", "open", "too many pages").value();
    EXPECT_EQ(error_from_json(error_json(over))->limit, "pages");
    EXPECT_FALSE(error_from_json("text"));
    EXPECT_FALSE(error_from_json({{"stage", "x"}, {"kind", "made up"}, {"reason", "y"}}));
    EXPECT_EQ(failure_from_text(failure_text({error, "memory"}))->limit, "memory");
    EXPECT_FALSE(failure_from_text(""));
}

}  // namespace
}  // namespace biaod::tests
