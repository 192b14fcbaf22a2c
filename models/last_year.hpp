// A unit's report against its report for the year before, by the form's `from_last_year` checks.
#pragma once

#include <string>
#include <vector>

#include "models/summary.hpp"

namespace biaod::models {

struct LastYearResult {
    std::string rule;
    CheckStatus status =
        CheckStatus::unknown;  // unknown: a figure is flagged, or nothing is printed, or no such figure
    std::string detail;        // "2022 规章 现行有效件数: 14 ≠ 12 + 5 − 2 = 15", for people
    int slot = 0;              // this year's value, in this year's form
};

struct LastYear {
    const UnitReport* report = nullptr;  // of the chosen year
    const UnitReport* last = nullptr;    // of the year before, on whatever form of the type; null when there is none
    std::vector<LastYearResult> results;
};

// One for each report of the summary, in its order. Of several reports for the year before the one received last
// counts. `reports` are those that the summary was made of.
std::vector<LastYear> against_last_year(const Summary& summary, const std::vector<UnitReport>& reports);

}  // namespace biaod::models
