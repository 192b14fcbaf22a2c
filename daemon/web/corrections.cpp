#include "models/corrections.hpp"

#include "daemon/web/context.hpp"
#include "daemon/web/reply.hpp"
#include "models/record_json.hpp"
#include "queue/crash_point.hpp"
#include "queue/messages.hpp"

namespace biaod::daemon {

using models::ErrorKind;
using models::Record;
using models::Result;
using models::text_member;
using nlohmann::ordered_json;

namespace {

constexpr std::size_t longest_by = 100;     // bytes
constexpr std::size_t longest_value = 500;  // bytes

Result<Record> record_at(queue::Store& store, const std::string& sha256, int revision) {
    const auto text = store.corrections().revision(sha256, revision);
    if (!text) return tl::unexpected(text.error());
    if (!*text) return models::fail(ErrorKind::bad_input, "correction", "there is no such revision");
    return models::parse_record(**text);
}

Result<Record> undone(queue::Store& store, const Record& record, const models::Change& change) {
    const models::Correction* entry = models::undoable(record);
    if (!entry) return models::fail(ErrorKind::bad_input, "correction", "there is nothing to undo");
    auto before = record_at(store, record.id, entry->revision - 1);
    if (!before) return before;
    return models::undo(record, std::move(*before), change);
}

Result<Record> changed(const WebContext& context, queue::Store& store, const Record& record, const std::string& action,
                       const models::Change& change) {
    if (action == "accept") return models::accept_value(context.forms, record, change);
    if (action == "correct") return models::correct_value(context.forms, record, change);
    if (action == "undo") return undone(store, record, change);
    return models::fail(ErrorKind::bad_input, "correction", "the action is accept, correct or undo");
}

// {"revision", "action", "field", "value", "by"}: made from that revision and no other.
void correct(const WebContext& context, const httplib::Request& request, httplib::Response& response) {
    const auto body = body_of(request, response);
    if (!body) return;
    const models::Change change{text_member(*body, "field"), text_member(*body, "value"), text_member(*body, "by"),
                                queue::rfc3339(context.parts.clock.unix_ms())};
    const auto revision = body->find("revision");
    if (revision == body->end() || !revision->is_number_integer()) return refuse(response, 400, "revision");
    if (change.by.empty() || change.by.size() > longest_by) return refuse(response, 400, "by");
    if (change.value.size() > longest_value) return refuse(response, 400, "value");

    const auto store = context.open_to_write();
    if (!store) return refuse(response, store.error());
    const auto text = newest_record(**store, request.matches[1], response);
    if (!text) return;
    const auto record = models::parse_record(*text);
    if (!record) return refuse(response, record.error());
    if (ordered_json(record->revision) != *revision) return refuse(response, 409, "stale");
    const auto next = changed(context, **store, *record, text_member(*body, "action"), change);
    if (!next) return refuse(response, 400, "value", next.error().reason);
    const auto written = (*store)->corrections().revise(record->id, record->revision, models::to_json(*next));
    if (!written) return refuse(response, written.error());
    if (!*written) return refuse(response, 409, "stale");
    queue::crash_point("corrections.committed");
    context.parts.published();
    reply(response, {{"revision", next->revision}, {"status", models::to_string(next->status)}});
}

}  // namespace

void add_corrections(httplib::Server& server, WebContext& context) {
    server.Post("/api/documents/([0-9a-f]{64})/corrections",
                [&context](const auto& request, auto& response) { correct(context, request, response); });
}

}  // namespace biaod::daemon
