#include "daemon/worker/record_check.hpp"

#include <algorithm>

#include "models/record_json.hpp"

namespace biaod::daemon {

using models::ErrorKind;
using models::Result;
using nlohmann::ordered_json;

namespace {

tl::unexpected<models::Error> refused(const std::string& what) {
    return models::fail(ErrorKind::internal, "worker", "the reader returned no valid record: " + what);
}

bool is_sha256(const std::string& text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(),
                                            [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

Result<ordered_json> check_record(const std::string& text, const std::string& sha256) {
    bool too_deep = false;
    const auto watch_depth = [&](int depth, ordered_json::parse_event_t, ordered_json&) {
        too_deep = too_deep || depth > record_depth_at_most;
        return !too_deep;
    };
    ordered_json record = ordered_json::parse(text, watch_depth, false);
    if (too_deep) return refused("nested too deeply");
    if (record.is_discarded()) return refused("not JSON");
    if (!record.is_object()) return refused("not an object");
    if (models::text_member(record, "schema") != "biaod.record/1") return refused("schema is not biaod.record/1");
    const std::string id = models::text_member(record, "id");
    if (!is_sha256(id) || (!sha256.empty() && id != sha256)) return refused("id is not the document's hash");
    for (const char* key : {"source", "engine", "provenance"}) {
        if (!record.contains(key) || !record[key].is_object()) return refused(std::string(key) + " is not an object");
    }
    for (const char* key : {"pages", "blocks", "tables", "checks", "review"}) {
        if (!record.contains(key) || !record[key].is_array()) return refused(std::string(key) + " is not a list");
    }
    if (!record.contains("report") || !(record["report"].is_null() || record["report"].is_object())) {
        return refused("report is neither null nor an object");
    }
    if (record.contains("corrections")) return refused("corrections are people's, a reader makes none");
    const std::string status = models::text_member(record, "status");
    if (status != "complete" && status != "needs_review" && status != "partial") return refused("status is unknown");
    if (const auto whole = models::record_from_json(record); !whole) return refused(whole.error().reason);
    return record;
}

}  // namespace biaod::daemon
