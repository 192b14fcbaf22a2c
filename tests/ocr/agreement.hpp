// Compares a record with the truth of the document that it was read from.
#pragma once

#include <string>
#include <vector>

#include "models/record.hpp"
#include "tests/synth/truth.hpp"

namespace biaod::tests {

struct Agreement {
    int values = 0;
    int wrong = 0;                    // wrong or missing
    int silent = 0;                   // wrong and not in review[]
    int flagged_though_right = 0;
    int cells = 0, cells_found = 0;   // of the truth's grids: by place and span
    std::vector<std::string> faults;  // "/report/…: got …, printed …"
};

Agreement compare(const models::Record& record, const synth::Truth& truth);

}  // namespace biaod::tests
