#include "daemon/worker/pipe.hpp"

#include <nlohmann/json.hpp>

#include "queue/messages.hpp"

namespace biaod::daemon {
namespace {

constexpr std::size_t header_bytes = 5;
constexpr std::size_t progress_bytes = 8;

std::uint32_t big_endian(std::string_view bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

std::string big_endian_bytes(std::uint32_t value) {
    std::string bytes(4, '\0');
    for (std::size_t i = 4; i-- > 0; value >>= 8) bytes[i] = static_cast<char>(value & 0xFF);
    return bytes;
}

std::string frame(char type, std::string_view payload) {
    std::string bytes(1, type);
    bytes += big_endian_bytes(static_cast<std::uint32_t>(payload.size()));
    bytes += payload;
    return bytes;
}

}  // namespace

bool FrameReader::check_header(char type, std::size_t length) {
    if (result_ || failure_) {
        broken_ = "bytes after the last frame";
    } else if (type == 'P') {
        if (length != progress_bytes) broken_ = "a progress frame of a wrong length";
    } else if (type == 'R') {
        too_large_ = length > result_at_most_;
        if (too_large_) broken_ = "a record larger than the limit of " + std::to_string(result_at_most_) + " bytes";
    } else if (type == 'F') {
        if (length > failure_at_most_bytes) broken_ = "a failure frame that is too long";
    } else {
        broken_ = "bytes that are no frame";
    }
    return broken_.empty();
}

void FrameReader::take(std::string_view bytes) {
    if (!broken_.empty()) return;
    pending_ += bytes;
    std::size_t at = 0;
    while (pending_.size() - at >= header_bytes) {
        const char type = pending_[at];
        const std::size_t length = big_endian(std::string_view(pending_).substr(at + 1));
        if (!check_header(type, length)) {
            pending_.clear();
            return;
        }
        if (pending_.size() - at < header_bytes + length) break;
        finish_frame(type, pending_.substr(at + header_bytes, length));
        at += header_bytes + length;
    }
    pending_.erase(0, at);
    if (!pending_.empty() && (result_ || failure_)) broken_ = "bytes after the last frame";
}

void FrameReader::finish_frame(char type, std::string payload) {
    if (type == 'P') {
        progress_ = PipeProgress{big_endian(payload), big_endian(std::string_view(payload).substr(4))};
    } else if (type == 'R') {
        result_ = std::move(payload);
    } else {
        const auto json = nlohmann::ordered_json::parse(payload, nullptr, false);
        failure_ = queue::error_from_json(json);
        if (!failure_) broken_ = "a failure frame that cannot be understood";
    }
}

std::string progress_frame(const PipeProgress& progress) {
    return frame('P', big_endian_bytes(progress.pages_done) + big_endian_bytes(progress.pages_total));
}

std::string result_frame(std::string_view record) { return frame('R', record); }

std::string failure_frame(const models::Error& error) {
    models::Error shortened = error;
    shortened.reason.resize(std::min<std::size_t>(shortened.reason.size(), 4096));
    return frame('F', queue::error_json(shortened).dump());
}

}  // namespace biaod::daemon
