#include "tests/synth/truth.hpp"

#include <gtest/gtest.h>

#include "tests/synth/support.hpp"

namespace biaod::synth {
namespace {

TruthOptions options_of(std::uint32_t seed) {
    TruthOptions options;
    options.form = seed % 2 == 0 ? "2021" : "2019";
    options.density = seed % 5 == 0 ? 0 : 0.1 * (seed % 10);
    options.blanks_for_zeros = seed % 3 == 0;
    options.letterhead = seed % 4 == 0;
    return options;
}

TEST(MakeTruth, SameSeedSameTruth) {
    for (std::uint32_t seed = 0; seed < 8; ++seed)
        EXPECT_EQ(to_json(make_truth(seed, options_of(seed))), to_json(make_truth(seed, options_of(seed))));
    EXPECT_NE(to_json(make_truth(1, {})), to_json(make_truth(2, {})));
}

TEST(MakeTruth, FiguresObeyTheSumsOfBothForms) {
    for (std::uint32_t seed = 0; seed < 60; ++seed)
        EXPECT_EQ(broken_sums(make_truth(seed, options_of(seed))), std::vector<std::string>{}) << "seed " << seed;
}

TEST(MakeTruth, OneFigureIsWrongWhenAskedFor) {
    for (std::uint32_t seed = 0; seed < 60; ++seed) {
        TruthOptions options = options_of(seed);
        options.wrong_sum = true;
        Truth truth = make_truth(seed, options);
        EXPECT_FALSE(broken_sums(truth).empty());
        // It is the one that the truth names: put right, everything adds up.
        const std::size_t slash = truth.wrong.find('/');
        ASSERT_NE(slash, std::string::npos);
        const std::string key = truth.wrong.substr(0, slash);
        const auto column = static_cast<std::size_t>(count_of(truth.wrong.substr(slash + 1)));
        const int total = sum_of_leaves(truth, column);
        const int received =
            total + count_of(truth.requests["carried_out"][column]) - count_of(truth.requests["carried_in"][column]);
        truth.requests[key][column] = std::to_string(key == "total" ? total : received);
        EXPECT_EQ(broken_sums(truth), std::vector<std::string>{}) << "seed " << seed << " " << truth.wrong;
    }
}

TEST(MakeTruth, CellsTileTheirGrids) {
    for (std::uint32_t seed = 0; seed < 60; ++seed) {
        const Truth truth = make_truth(seed, options_of(seed));
        ASSERT_EQ(truth.grids.size(), 3u);
        for (const auto& [name, grid] : truth.grids) {
            EXPECT_TRUE(tiles(grid)) << "seed " << seed << " " << name;
        }
    }
}

// What record scorers read: the figures of each row in the order of the columns, the grids, the texts.
TEST(TruthJson, HasWhatScorersRead) {
    for (std::uint32_t seed = 0; seed < 4; ++seed) {
        const auto truth = to_json(make_truth(seed, options_of(seed)));
        for (const char* key : {"id", "form", "issuer", "year", "doc_number", "wrong", "text"})
            EXPECT_TRUE(truth.contains(key)) << key;
        EXPECT_EQ(truth["doc_number"].is_null(), seed % 4 != 0);
        const bool old = truth["form"] == "2019";
        const std::map<std::string, std::size_t> proactive =
            old ? std::map<std::string, std::size_t>{{"rules", 3},     {"normative_documents", 3},
                                                     {"licenses", 3},  {"other_services", 3},
                                                     {"penalties", 3}, {"compulsion", 3},
                                                     {"fees", 2},      {"procurement", 2}}
                : std::map<std::string, std::size_t>{{"rules", 3},     {"normative_documents", 3}, {"licenses", 1},
                                                     {"penalties", 1}, {"compulsion", 1},          {"fees", 1}};
        EXPECT_EQ(truth["proactive"].size(), proactive.size());
        for (const auto& [item, columns] : proactive) EXPECT_EQ(truth["proactive"].at(item).size(), columns) << item;
        EXPECT_EQ(truth["requests"].size(), old ? 23u : 25u);
        for (const auto& row : truth["requests"]) EXPECT_EQ(row.size(), 7u);
        for (const char* block : {"review", "litigation_direct", "litigation_after_review"})
            EXPECT_EQ(truth["review"].at(block).size(), 5u);
        for (const char* table : {"proactive", "requests", "review"})
            for (const auto& cell : truth["grids"].at(table))
                for (const char* key : {"row", "col", "row_span", "col_span", "text"})
                    EXPECT_TRUE(cell.contains(key)) << table << " " << key;
        EXPECT_GT(truth["text"].size(), 10u);
    }
}

}  // namespace
}  // namespace biaod::synth
