// The checks that only warn: their failing flags nothing.
#pragma once

#include <vector>

#include "models/form_definition.hpp"
#include "models/form_meta.hpp"
#include "models/form_values.hpp"
#include "models/record.hpp"

namespace biaod::models {

std::vector<Check> soft_checks(const FormDefinition& form, const Meta& meta, const std::vector<Reading>& readings,
                               const Record& record);

}  // namespace biaod::models
