// From the text of a form's data file to a FormDefinition. Internal to models; users call FormSet::add().
#pragma once

#include <memory>
#include <string_view>

#include "models/error.hpp"
#include "models/form_definition.hpp"
#include "models/form_node.hpp"

namespace biaod::models {

// Errors (config): "FILE:LINE:COLUMN: ..." for syntax, "FILE: POINTER: ..." for content.
Result<std::shared_ptr<const FormDefinition>> load_form(std::string_view file_name, std::string_view json_text);

// The parts, each in a file of its own; they throw FormFault.
Pattern load_pattern(const FormNode& node, int groups);  // with at least so many groups
std::vector<Pattern> load_patterns(const FormNode& parent, const char* key, int groups);
MetaPatterns load_meta(const FormNode& node);
std::vector<FormTable> load_tables(const FormNode& node);
void load_checks(const FormNode& node, FormDefinition& form);  // requires form.slots

}  // namespace biaod::models
