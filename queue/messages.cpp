#include "queue/messages.hpp"

#include <algorithm>
#include <cstdint>

#include "models/record_json.hpp"
#include "queue/system.hpp"

namespace biaod::queue {

using nlohmann::ordered_json;

namespace {

bool is_identifier(const std::string& text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

// The length of the well-formed UTF-8 sequence that starts at `at` (Unicode, table 3-7), or 0.
std::size_t sequence_length(const std::string& text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(i < text.size() ? text[i] : 0); };
    const unsigned lead = byte(at);
    if (lead < 0x80) return 1;
    std::size_t length = 0;
    unsigned low = 0x80, high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
    } else {
        return 0;
    }
    if (byte(at + 1) < low || byte(at + 1) > high) return 0;
    for (std::size_t i = 2; i < length; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) return 0;
    }
    return length;
}

}  // namespace

std::string record_topic(const ordered_json& record) {
    std::string type = "document";
    if (const auto report = record.find("report"); report != record.end() && report->is_object()) {
        const auto named = report->find("type");
        if (named != report->end() && named->is_string() && is_identifier(named->get_ref<const std::string&>())) {
            type = named->get<std::string>();
        }
    }
    return "v1/record/" + type + "/";
}

std::string record_meta(const ordered_json& record, std::int64_t now_ms) {
    ordered_json meta{{"schema", "biaod.record/1"}};
    for (const char* key : {"id", "revision", "status"}) {
        if (const auto found = record.find(key); found != record.end()) meta[key] = *found;
    }
    meta["published_at"] = rfc3339(now_ms);
    return meta.dump();
}

std::string failure_meta(const Content* content, const Failure& failure, int attempts, std::int64_t now_ms) {
    ordered_json meta{{"schema", "biaod.failure/1"}};
    if (content) meta["id"] = content->sha256;
    meta["attempts"] = attempts;
    meta["limit"] = failure.limit.empty() ? ordered_json(nullptr) : ordered_json(failure.limit);
    meta["published_at"] = rfc3339(now_ms);
    return meta.dump();
}

ordered_json failure_body(const Arrival& arrival, const Content* content, const models::Error& error) {
    models::Source source;
    source.name = utf8_of(arrival.name);
    source.media_type = "application/octet-stream";  // nothing was recognised
    source.received_at = rfc3339(arrival.received_ms);
    for (const std::string& label : arrival.labels) source.labels.push_back(utf8_of(label));
    if (content) {
        source.sha256 = content->sha256;
        source.bytes = content->bytes;
    }
    ordered_json body = models::failure_to_json(source, error);
    if (!content) {
        body["source"].erase("sha256");
        body["source"].erase("bytes");
    }
    return body;
}

ordered_json error_json(const models::Error& error) {
    ordered_json json{{"stage", utf8_of(error.stage)}, {"kind", models::to_string(error.kind)}};
    json["page"] = error.page > 0 ? ordered_json(error.page) : ordered_json(nullptr);
    json["reason"] = utf8_of(error.reason);
    if (!error.limit.empty()) json["limit"] = utf8_of(error.limit);
    return json;
}

std::optional<models::Error> error_from_json(const ordered_json& json) {
    using models::ErrorKind;
    if (!json.is_object()) return std::nullopt;
    const auto text = [&](const char* key) -> std::optional<std::string> {
        const auto found = json.find(key);
        if (found == json.end() || !found->is_string()) return std::nullopt;
        return found->get<std::string>();
    };
    const auto stage = text("stage"), kind = text("kind"), reason = text("reason");
    if (!stage || !kind || !reason) return std::nullopt;
    models::Error error{ErrorKind::internal, *stage, 0, *reason};
    bool known = false;
    for (const ErrorKind each :
         {ErrorKind::temporary, ErrorKind::bad_input, ErrorKind::unsupported, ErrorKind::config, ErrorKind::internal}) {
        if (*kind == models::to_string(each)) {
            error.kind = each;
            known = true;
        }
    }
    if (!known) return std::nullopt;
    const auto page = json.find("page");
    if (page != json.end() && page->is_number_integer()) {
        const auto number = page->get<std::int64_t>();
        if (number > 0 && number <= 1'000'000) error.page = static_cast<int>(number);
    }
    if (const auto limit = text("limit"); limit && limit->size() <= 32) error.limit = *limit;
    return error;
}

ordered_json failure_json(const Failure& failure) {
    ordered_json json = error_json(failure.error);
    if (!failure.limit.empty()) json["limit"] = failure.limit;
    return json;
}

std::string failure_text(const Failure& failure) { return failure_json(failure).dump(); }

std::optional<Failure> failure_from_text(const std::string& text) {
    const ordered_json json = ordered_json::parse(text, nullptr, false);
    const auto error = error_from_json(json);
    if (!error) return std::nullopt;
    return Failure{*error, error->limit};
}

std::string utf8_of(const std::string& bytes) {
    std::string text;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t length = sequence_length(bytes, at);
        if (length == 0) {
            const unsigned char byte = static_cast<unsigned char>(bytes[at]);
            text += "\\x" + to_hex({&byte, 1});
            ++at;
        } else {
            text.append(bytes, at, length);
            at += length;
        }
    }
    return text;
}

}  // namespace biaod::queue
