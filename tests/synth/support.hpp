// What the tests of the synthesiser ask of truths and prints.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/synth/printing.hpp"
#include "tests/synth/truth.hpp"

namespace biaod::synth {

int count_of(const std::string& printed);  // what is no count is 0

// The sum of the rows of （一） to （六） of the table of requests, in a column.
int sum_of_leaves(const Truth& truth, std::size_t column);

// The equations of the form that a report does not obey.
std::vector<std::string> broken_sums(const Truth& truth);

// Each place of the grid belongs to one cell.
bool tiles(const Grid& grid);

// How often each character stands there, without white space.
using Characters = std::map<std::string, int>;
Characters printed_characters(const Printed& printed);
Characters characters_of(const Truth& truth);

}  // namespace biaod::synth
