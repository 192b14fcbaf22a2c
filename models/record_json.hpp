// The record and the failure as JSON: "biaod.record/1" and "biaod.failure/1".
//
// Writing never throws on content: text that is not UTF-8 is repaired (U+FFFD), numbers that are not finite become 0.
// Box coordinates are rounded to 2 decimals, confidences to 4. Reading is for the consumers of the bus and for the
// journal: it checks every member's presence and type and leaves ranges to the JSON Schema.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "models/error.hpp"
#include "models/record.hpp"

namespace biaod::models {

nlohmann::ordered_json to_json(const Record& record);
nlohmann::ordered_json to_json(const Source& source);

// The failure of a file: {schema, source, stage, kind, page, reason}; page is null when no page is concerned.
nlohmann::ordered_json failure_to_json(const Source& source, const Error& error);

// One line without a line feed at its end. Never throws on content.
std::string dump(const nlohmann::ordered_json& json);

// The member as text; "" when it is missing or of another type, or `object` is none.
std::string text_member(const nlohmann::ordered_json& object, const char* key);

// Errors: bad_input, naming the JSON pointer at fault. SECURITY: for bytes from a worker or from the bus.
Result<Record> record_from_json(const nlohmann::ordered_json& json);
Result<Record> parse_record(std::string_view text);

// The words used in the JSON.
const char* to_string(TextSource value);
const char* to_string(BlockType value);
const char* to_string(CheckStatus value);
const char* to_string(ReviewReason value);
const char* to_string(CorrectionAction value);
const char* to_string(Status value);

// The JSON Schemas (draft 7) as text, embedded at build time.
std::string_view record_schema();
std::string_view failure_schema();

}  // namespace biaod::models
