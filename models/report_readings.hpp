// The figures of a record's report as readings: what a form's sums are evaluated over when values were changed by hand.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "models/form_definition.hpp"
#include "models/form_values.hpp"
#include "models/forms.hpp"
#include "models/record.hpp"

namespace biaod::models {

// Null when the report is none of the known forms.
std::shared_ptr<const FormDefinition> form_of(const FormSet& forms, const Record& record);

// Fields that a person accepted or corrected since the file was read last, and did not undo.
std::set<std::string> settled_fields(const Record& record);

// One Reading for each of the form's slots; refers to the record's cells. A null is a blank where a person settled it,
// otherwise what is printed in its cell; without a cell it was not found. What a person settled has no second reading.
// Sure is what nobody doubts, but for its sums.
std::vector<Reading> report_readings(const FormDefinition& form, const Record& record);

}  // namespace biaod::models
