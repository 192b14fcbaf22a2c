#include "daemon/web/reply.hpp"

#include <charconv>

#include "queue/messages.hpp"

namespace biaod::daemon {

using nlohmann::ordered_json;

namespace {

constexpr int deepest = 8;  // of what a page sends

}  // namespace

void reply(httplib::Response& response, const ordered_json& json) {
    response.set_header("Cache-Control", "no-store");
    response.set_content(json.dump(-1, ' ', false, ordered_json::error_handler_t::replace), "application/json");
}

void refuse(httplib::Response& response, int status, const std::string& word, const std::string& reason) {
    response.status = status;
    reply(response, {{"error", word}, {"reason", reason}});
}

void refuse(httplib::Response& response, const models::Error& error) {
    using models::ErrorKind;
    const int status = error.kind == ErrorKind::bad_input ? 400 : error.kind == ErrorKind::temporary ? 503 : 500;
    refuse(response, status, models::to_string(error.kind), queue::utf8_of(error.reason));
}

std::optional<ordered_json> body_of(const httplib::Request& request, httplib::Response& response) {
    const auto bounded = [](int depth, ordered_json::parse_event_t, ordered_json&) { return depth <= deepest; };
    ordered_json json = ordered_json::parse(request.body, bounded, false);
    if (json.is_object()) return json;
    refuse(response, 400, "body", "not a JSON object");
    return std::nullopt;
}

std::int64_t number_of(const httplib::Request& request, const char* key, std::int64_t otherwise) {
    const std::string text = request.get_param_value(key);
    std::int64_t number = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    return !text.empty() && parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() ? number : otherwise;
}

}  // namespace biaod::daemon
