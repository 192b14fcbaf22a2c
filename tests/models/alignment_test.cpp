#include "models/alignment.hpp"

#include <gtest/gtest.h>

namespace biaod::models {
namespace {

AlignmentInput input_of(int printed, int expected, std::vector<double> similarity) {
    return {printed,
            expected,
            std::move(similarity),
            {},
            std::vector<double>(static_cast<std::size_t>(printed), 0.3),
            std::vector<double>(static_cast<std::size_t>(expected), 0.3)};
}

TEST(Alignment, KeepsTheOrder) {
    // The first expected item looks most like the last printed one; order forbids it.
    const auto matches = align(input_of(3, 3, {0.8, 0, 0, 0, 0.9, 0, 1.0, 0, 0.9}));
    EXPECT_EQ(matches[0].printed, 0);
    EXPECT_EQ(matches[1].printed, 1);
    EXPECT_EQ(matches[2].printed, 2);
}

TEST(Alignment, LeavesOutWhatHasNoPartner) {
    const auto matches = align(input_of(2, 3, {1, -1, -1, -1, -1, 1}));
    EXPECT_EQ(matches[0].printed, 0);
    EXPECT_FALSE(matches[1].found());
    EXPECT_EQ(matches[2].printed, 1);
}

TEST(Alignment, TwoEqualPartnersHaveNoMargin) {
    const auto matches = align(input_of(2, 1, {0.9, 0.9}));
    EXPECT_TRUE(matches[0].found());
    EXPECT_NEAR(matches[0].margin, 0, 1e-9);
}

TEST(Alignment, ALonePartnerHasTheMarginOfLeavingBothOut) {
    const auto matches = align(input_of(1, 1, {1}));
    EXPECT_NEAR(matches[0].margin, 2 * (1 - match_break_even) + 0.6, 1e-9);
}

TEST(Alignment, TornItemsAreJoined) {
    AlignmentInput input = input_of(3, 2, {0.5, 0, 0.4, 0, 0, 1});
    input.pair_similarity = {1, -1, -1, -1, -1, -1};
    const auto matches = align(input);
    EXPECT_EQ(matches[0].printed, 0);
    EXPECT_EQ(matches[0].count, 2);
    EXPECT_EQ(matches[1].printed, 2);
}

TEST(Alignment, Nothing) {
    EXPECT_TRUE(align(input_of(2, 0, {})).empty());
    EXPECT_FALSE(align(input_of(0, 1, {}))[0].found());
}

}  // namespace
}  // namespace biaod::models
