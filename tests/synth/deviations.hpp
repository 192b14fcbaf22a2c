// Names for what real reports do otherwise than the form, for the command line and for random choice.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/synth/printing.hpp"
#include "tests/synth/truth.hpp"

namespace biaod::synth {

std::vector<std::string> deviation_names();

// Throws std::invalid_argument for an unknown name.
void deviate(const std::string& name, TruthOptions& truth, LayoutOptions& layout);

// Names chosen by the seed: about four of the ways to word labels and figures, and at most one of each: how zeros are
// written, a way to rule, a ground, and where or how writing is printed.
std::vector<std::string> random_deviations(std::uint32_t seed);

}  // namespace biaod::synth
