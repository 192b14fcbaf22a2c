// Every check of a form over its readings: the sums, the kinds of its figures, and those that only warn.
#pragma once

#include <vector>

#include "models/form_definition.hpp"
#include "models/form_meta.hpp"
#include "models/form_values.hpp"
#include "models/record.hpp"

namespace biaod::models {

// In the order of the form: equations, figures of each table, soft checks.
std::vector<Check> all_checks(const FormDefinition& form, const Meta& meta, const std::vector<Reading>& readings,
                              const Record& record);

// Counts are whole and not negative; amounts are not negative. What is no number is allowed here.
bool figure_allowed(const ValueSlot& slot, const Reading& reading);

}  // namespace biaod::models
