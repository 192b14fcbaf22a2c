#include "models/pattern.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace biaod::models {
namespace {

TEST(Pattern, FindsGroups) {
    const auto pattern = Pattern::compile("(\\p{Han}+)(\\d{4})年(x)?");
    ASSERT_TRUE(pattern);
    const auto found = pattern->find("三河镇2020年");
    ASSERT_TRUE(found);
    EXPECT_EQ(*found, (std::vector<std::string>{"三河镇2020年", "三河镇", "2020", ""}));
    EXPECT_EQ(pattern->groups(), 3);
    EXPECT_FALSE(pattern->find("2020"));
}

TEST(Pattern, FindsAllPlaces) {
    EXPECT_EQ(Pattern::compile("(\\d{4})年")->find_all("2020年和2021年").size(), 2u);
    EXPECT_EQ(Pattern::compile("")->find_all("abc", 2).size(), 2u);
}

TEST(Pattern, MistakesAreConfigErrors) {
    const auto pattern = Pattern::compile("(x");
    ASSERT_FALSE(pattern);
    EXPECT_EQ(pattern.error().kind, ErrorKind::config);
}

TEST(Pattern, HostileTextEndsSoon) {
    const auto pattern = Pattern::compile("^(a+)+$");
    const auto start = std::chrono::steady_clock::now();
    EXPECT_FALSE(pattern->find(std::string(5000, 'a') + "b"));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
    EXPECT_NO_THROW(pattern->find("\xFF\xFE\xC0"));
}

}  // namespace
}  // namespace biaod::models
