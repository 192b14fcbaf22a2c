#include "ocr/engine.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <string>

namespace biaod::ocr {
namespace {

// No other test lends one for both.
Engine::Lent lent(std::chrono::milliseconds patience = {}) {
    return Engine::lend("eng+" + std::string(kSecondNetwork), patience).value();
}

TEST(Engine, IsLentToOneAtATime) {
    Engine::Lent first = lent(std::chrono::hours(1));  // nobody has one: there is nothing to wait for
    const Engine* const kept = first.get();
    auto waiting = std::async(std::launch::async, [] { return lent(std::chrono::hours(1)); });
    ASSERT_EQ(waiting.wait_for(std::chrono::milliseconds(20)), std::future_status::timeout);
    first.reset();
    Engine::Lent second = waiting.get();
    EXPECT_EQ(second.get(), kept) << "who has patience gets the one that is given back";
    EXPECT_NE(lent().get(), kept) << "who has none gets a new one";
}

TEST(Engine, KnowsWords) {
    const Engine::Lent engine = Engine::lend("chi_sim").value();
    for (const char* word : {"步骤", "舆情", "认真"}) EXPECT_TRUE(engine->is_word(word)) << word;
    for (const char* none : {"步又", "与情", "真", "的和", "", "\xff\xfe"}) EXPECT_FALSE(engine->is_word(none)) << none;
}

TEST(Engine, LanguagesWithoutDataAreRefused) {
    const auto none = Engine::lend("none_such");
    ASSERT_FALSE(none.has_value());
    EXPECT_EQ(none.error().kind, models::ErrorKind::config);
}

}  // namespace
}  // namespace biaod::ocr
