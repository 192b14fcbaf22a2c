// The sums of many reports: the form's table once more, each figure added over the units.
//
// A sum is right or it says what is missing from it: a value that was not read or that is flagged for review is never
// added, and the cell names the report and the reason. A blank adds nothing and is no gap. Sums are exact decimals.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/unit_report.hpp"

namespace biaod::models {

struct SummaryChoice {
    std::shared_ptr<const FormDefinition> form;
    int year = 0;
    std::vector<std::string> units;  // names as unit_key() compares them; empty for all
};

enum class ExclusionReason {
    flagged,        // the value stands in review[]
    place_flagged,  // the report's year or form does, so none of its values is added
    other_unit,     // an amount in another unit than the sum, or in none
    too_large       // the sum would not fit
};

struct Exclusion {
    const UnitReport* report = nullptr;
    ExclusionReason reason = ExclusionReason::flagged;
    std::optional<ReviewReason> review;  // of `flagged`
};

struct SummaryCell {
    std::optional<Decimal> sum;       // empty when nothing was added: every value is blank or excluded
    std::optional<std::string> unit;  // of an amount: the most frequent one
    int figures = 0, blanks = 0;
    std::vector<Exclusion> excluded;
};

// Points into the reports that it was made of.
struct Summary {
    std::shared_ptr<const FormDefinition> form;
    int year = 0;
    std::vector<const UnitReport*> reports;     // added up; a unit once, in the order given
    std::vector<const UnitReport*> superseded;  // of a unit in `reports` that sent again later
    std::vector<const UnitReport*> undated;     // of this form with no year: may belong here
    std::vector<SummaryCell> cells;             // one for each of form->slots
};

// Reports of other forms and years are passed over. `reports` must outlive the result.
Summary summarise(const SummaryChoice& choice, const std::vector<UnitReport>& reports);

// "flagged", "place_flagged", "other_unit", "too_large".
const char* to_string(ExclusionReason reason);

}  // namespace biaod::models
