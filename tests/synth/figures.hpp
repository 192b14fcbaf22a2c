// The figures of a report, with the sums that the form asks for. Private to the synthesiser.
#pragma once

#include <random>

#include "tests/synth/truth.hpp"

namespace biaod::synth {

// Keys in the order of print.
std::vector<std::string> proactive_keys(const std::string& form);
std::vector<std::string> request_keys(const std::string& form);
std::vector<std::string> review_keys();

void fill_figures(Truth& truth, const TruthOptions& options, std::mt19937& random);

}  // namespace biaod::synth
