// What goes into the outbox beside the record itself: topics, meta, failure messages, and errors as JSON.
//
// Topics end in "/", so that a subscription by prefix never takes half a word:
//   v1/record/<type>/   a record; <type> is report.type, or "document" when no form was recognised
//   v1/failed/          a file that could not be read ("biaod.failure/1")
//   v1/head/            not in the outbox: sent by the bus each second
//
// Meta is an object: { "schema", "id", "published_at" }, for records also "revision" and "status", for failures
// "attempts" and "limit" (null when none was hit). "id" is missing for a file that was never spooled.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "models/error.hpp"
#include "queue/store.hpp"

namespace biaod::queue {

inline constexpr const char* failed_topic = "v1/failed/";
inline constexpr const char* head_topic = "v1/head/";

// A type that is no lower-case identifier is published as "document": it comes from a worker.
std::string record_topic(const nlohmann::ordered_json& record);
std::string record_meta(const nlohmann::ordered_json& record, std::int64_t now_ms);

std::string failure_meta(const Content* content, const Failure& failure, int attempts, std::int64_t now_ms);
// "biaod.failure/1" (models/record_json.hpp). Without content, source has neither "sha256" nor "bytes".
nlohmann::ordered_json failure_body(const Arrival& arrival, const Content* content, const models::Error& error);

// { "stage", "kind", "page" (null when none), "reason" }, and "limit" where one was hit
nlohmann::ordered_json error_json(const models::Error& error);
// nullopt when it is no such object.
std::optional<models::Error> error_from_json(const nlohmann::ordered_json& json);

// The same, as the journal keeps it.
nlohmann::ordered_json failure_json(const Failure& failure);
std::string failure_text(const Failure& failure);
std::optional<Failure> failure_from_text(const std::string& text);

// File names are bytes. Text that is not UTF-8 keeps its good parts; each other byte becomes "\xNN".
std::string utf8_of(const std::string& bytes);

}  // namespace biaod::queue
