#include <algorithm>

#include "daemon/export/words.hpp"
#include "daemon/web/context.hpp"
#include "daemon/web/reply.hpp"
#include "models/corrections.hpp"
#include "models/recheck.hpp"
#include "models/record_json.hpp"
#include "queue/messages.hpp"

namespace biaod::daemon {

using nlohmann::ordered_json;

namespace {

constexpr std::int64_t rows_at_most = 200;
constexpr std::size_t drawn_ahead_at_most = 6;

template <typename T>
ordered_json or_null(const std::optional<T>& value) {
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json text_or_null(const std::string& text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); }

ordered_json row_json(const queue::DocumentRow& row) {
    ordered_json labels = ordered_json::array();
    for (const std::string& label : row.labels) labels.push_back(queue::utf8_of(label));
    return {{"job", or_null(row.job)},
            {"id", text_or_null(row.sha256)},
            {"name", queue::utf8_of(row.name)},
            {"labels", labels},
            {"state", queue::to_string(row.state)},
            {"received_at", queue::rfc3339(row.received_ms)},
            {"changed_at", queue::rfc3339(row.changed_ms)},
            {"error", row.failure ? queue::failure_json(*row.failure) : ordered_json(nullptr)},
            {"revision", or_null(row.revision)},
            {"unit", text_or_null(row.unit)},
            {"year", or_null(row.year)},
            {"type", text_or_null(row.type)},
            {"form", text_or_null(row.form)},
            {"title", text_or_null(row.title)},
            {"status", text_or_null(row.status)},
            {"flags", row.flags},
            {"failing", row.failing}};
}

queue::DocumentOrder order_from(const std::string& name) {
    using queue::DocumentOrder;
    static const std::pair<const char*, DocumentOrder> names[] = {
        {"received", DocumentOrder::received}, {"name", DocumentOrder::name}, {"unit", DocumentOrder::unit},
        {"year", DocumentOrder::year},         {"form", DocumentOrder::form}, {"state", DocumentOrder::state},
        {"flags", DocumentOrder::flags}};
    for (const auto& [known, order] : names) {
        if (name == known) return order;
    }
    return DocumentOrder::changed;
}

queue::DocumentQuery query_of(const httplib::Request& request) {
    queue::DocumentQuery query;
    query.search = request.get_param_value("search");
    query.state = request.get_param_value("state");
    if (const auto year = number_of(request, "year", 0); year > 0 && year < 10'000) query.year = static_cast<int>(year);
    query.form = request.get_param_value("form");
    query.order = order_from(request.get_param_value("order"));
    query.descending = request.get_param_value("direction") != "up";
    query.count = static_cast<std::size_t>(std::clamp<std::int64_t>(number_of(request, "count", 50), 1, rows_at_most));
    query.offset =
        static_cast<std::size_t>(std::clamp<std::int64_t>(number_of(request, "offset", 0), 0, 1'000'000'000));
    return query;
}

void list(const WebContext& context, const httplib::Request& request, httplib::Response& response) {
    context.pictures->get_ready();
    const auto store = context.open_to_read();
    if (!store) return refuse(response, store.error());
    const auto page = (*store)->overview().documents(query_of(request));
    if (!page) return refuse(response, page.error());
    const auto choices = (*store)->overview().choices();
    if (!choices) return refuse(response, choices.error());
    ordered_json rows = ordered_json::array();
    for (const queue::DocumentRow& row : page->rows) rows.push_back(row_json(row));
    reply(response, {{"total", page->total}, {"rows", rows}, {"years", choices->years}, {"forms", choices->forms}});
}

// Polled while the list is looked at. `stamp` changes when the list may have.
void progress(const WebContext& context, httplib::Response& response) {
    const auto store = context.open_to_read();
    if (!store) return refuse(response, store.error());
    const auto counts = (*store)->catalogue().counts();
    const auto head = (*store)->outbox().head();
    const auto choices = (*store)->overview().choices();
    if (!counts || !head || !choices) return refuse(response, 503, "temporary");
    ordered_json running = ordered_json::array();
    for (const RunningDocument& document : context.parts.running()) {
        running.push_back({{"job", document.job}, {"done", document.pages_done}, {"total", document.pages_total}});
    }
    const std::string stamp = std::to_string(head->head) + "." + std::to_string(counts->waiting) + "." +
                              std::to_string(counts->running) + "." + std::to_string(counts->done);
    reply(response, {{"stamp", stamp},
                     {"in_inbox", context.parts.in_inbox()},
                     {"waiting", counts->waiting},
                     {"running", counts->running},
                     {"done", counts->done},
                     {"failed", counts->failed},
                     {"flagged", choices->flagged},
                     {"documents", running}});
}

ordered_json sums_json(const models::FormSet& forms, const models::Record& record) {
    ordered_json sums = ordered_json::array();
    for (const models::FailedSum& sum : models::failed_sums(forms, record)) {
        sums.push_back({{"rule", sum.rule}, {"text", sum.text}, {"fields", sum.fields}});
    }
    return sums;
}

// What else the checks found, as the record says it and in the clerk's words.
ordered_json remarks_json(const models::Record& record, const ordered_json& sums) {
    ordered_json remarks = ordered_json::array();
    for (const models::Check& check : record.checks) {
        const auto is_told = [&](const ordered_json& sum) { return sum["text"] == check.detail; };
        if (check.status != models::CheckStatus::fail || std::ranges::any_of(sums, is_told)) continue;
        remarks.push_back({{"detail", check.detail}, {"words", check_words(check.detail)}});
    }
    return remarks;
}

// The pages that the clerk will see first: those with doubtful values, in the order of the review, or the first.
std::vector<models::Page> pages_to_see(const models::Record& record) {
    std::vector<models::Page> pages;
    const auto add = [&](int number) {
        const auto page = std::ranges::find(record.pages, number, &models::Page::number);
        if (page == record.pages.end() || pages.size() >= drawn_ahead_at_most) return;
        if (std::ranges::find(pages, number, &models::Page::number) == pages.end()) pages.push_back(*page);
    };
    for (const models::ReviewItem& item : record.review) add(item.page);
    if (!record.pages.empty()) add(record.pages.front().number);
    return pages;
}

void document(const WebContext& context, const httplib::Request& request, httplib::Response& response) {
    const auto store = context.open_to_read();
    if (!store) return refuse(response, store.error());
    const auto text = newest_record(**store, request.matches[1], response);
    if (!text) return;
    const auto record = models::parse_record(*text);
    if (!record) return refuse(response, record.error());
    context.pictures->get_ready(request.matches[1], pages_to_see(*record));
    const ordered_json sums = sums_json(context.forms, *record);
    reply(response, {{"record", models::to_json(*record)},
                     {"sums", sums},
                     {"remarks", remarks_json(*record, sums)},
                     {"labels", models::field_labels(context.forms, *record)},
                     {"undoable", models::undoable(*record) != nullptr}});
}

void requeue(const WebContext& context, const httplib::Request& request, httplib::Response& response) {
    const auto store = context.open_to_write();
    if (!store) return refuse(response, store.error());
    const auto done = (*store)->jobs().requeue(std::stoll(request.matches[1]));
    if (!done) return refuse(response, done.error());
    if (!*done) return refuse(response, 409, "not_at_rest");
    context.parts.requeued();
    reply(response, ordered_json::object());
}

}  // namespace

std::optional<std::string> newest_record(queue::Store& store, const std::string& sha256, httplib::Response& response) {
    auto text = store.catalogue().record(sha256);
    if (!text) {
        refuse(response, text.error());
        return std::nullopt;
    }
    if (!*text) refuse(response, 404, "not_found");
    return *text;
}

void add_documents(httplib::Server& server, WebContext& context) {
    server.Get("/api/documents", [&context](const auto& request, auto& response) { list(context, request, response); });
    server.Get("/api/progress", [&context](const auto&, auto& response) { progress(context, response); });
    server.Get("/api/documents/([0-9a-f]{64})",
               [&context](const auto& request, auto& response) { document(context, request, response); });
    server.Post("/api/jobs/([0-9]{1,18})/requeue",
                [&context](const auto& request, auto& response) { requeue(context, request, response); });
}

}  // namespace biaod::daemon
