#include "schema_validator.hpp"

#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "models/record_json.hpp"

namespace biaod::models::testing {

std::string schema_errors(std::string_view schema_text, std::string_view json_text) {
    const auto schema_json = nlohmann::json::parse(schema_text, nullptr, false);
    const auto json = nlohmann::json::parse(json_text, nullptr, false);
    if (schema_json.is_discarded()) return "the schema is not JSON";
    if (json.is_discarded()) return "not JSON";
    valijson::Schema schema;
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema_json), schema);
    valijson::ValidationResults results;
    valijson::Validator validator;
    std::string errors;
    if (validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(json), &results)) return errors;
    valijson::ValidationResults::Error error;
    while (results.popError(error)) {
        for (const std::string& step : error.context) errors += step;
        errors += ": " + error.description + "\n";
    }
    return errors.empty() ? "invalid" : errors;
}

std::string record_errors(const nlohmann::ordered_json& record) { return schema_errors(record_schema(), dump(record)); }

}  // namespace biaod::models::testing
