// What a worker says is a record, checked before it is believed.
//
// SECURITY: this is the border between a process that read an untrusted file and the journal. It bounds the depth and
// requires each member of a record with its type; the content stays the worker's word.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "models/error.hpp"

namespace biaod::daemon {

inline constexpr int record_depth_at_most = 64;

// The parsed record. Errors (internal): not JSON, too deep, another schema, a missing key, or an id other than
// `sha256` (empty: any hash is accepted).
models::Result<nlohmann::ordered_json> check_record(const std::string& text, const std::string& sha256);

}  // namespace biaod::daemon
