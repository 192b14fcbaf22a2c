// Validates JSON against a JSON Schema (draft 7).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace biaod::models::testing {

// Empty when the text is valid JSON of the schema; else what is wrong, a line each.
std::string schema_errors(std::string_view schema, std::string_view json_text);

// The same for record_schema() and failure_schema(); `dump` as biaod writes it.
std::string record_errors(const nlohmann::ordered_json& record);

}  // namespace biaod::models::testing
