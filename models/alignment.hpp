// Monotone alignment of what is printed with what is expected, by dynamic programming, with a measure of doubt.
//
// Both sequences keep their order; either may have items that the other lacks. Next to the best alignment the
// program finds, for each expected item, the best alignment that treats this item differently: the difference of
// their scores is the margin. A small margin means that another assignment was nearly as good.
#pragma once

#include <vector>

namespace biaod::models {

struct AlignmentInput {
    int printed = 0, expected = 0;
    // printed × expected, row-major; 0..1, negative where a match is forbidden.
    std::vector<double> similarity;
    // The same for the printed items i and i + 1 taken as one (torn in two); may be empty.
    std::vector<double> pair_similarity;
    std::vector<double> skip_printed;   // cost (0 or more) of leaving a printed item out
    std::vector<double> skip_expected;  // cost of an expected item that is not printed
};

struct Match {
    int printed = -1;  // index of the printed item; -1 when the expected item was not found
    int count = 0;     // 1, or 2 for a torn item
    double similarity = 0;
    double margin = 0;
    bool found() const { return printed >= 0; }
};

// An assignment below either of these might be another one; calibrated by the randomised alignment tests.
inline constexpr double sure_similarity = 0.5;
inline constexpr double sure_margin = 0.4;

// A match counts 2 · (similarity − match_break_even). Time and memory O(printed · expected).
inline constexpr double match_break_even = 0.45;

// One Match for each expected item.
std::vector<Match> align(const AlignmentInput& input);

}  // namespace biaod::models
