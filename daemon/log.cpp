#include "daemon/log.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <cstdlib>

#include "queue/messages.hpp"

namespace biaod::daemon {
namespace {

class PriorityFlag : public spdlog::custom_flag_formatter {
  public:
    void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& target) override {
        char priority = '6';
        if (message.level <= spdlog::level::debug) priority = '7';
        if (message.level == spdlog::level::warn) priority = '4';
        if (message.level >= spdlog::level::err) priority = '3';
        target.push_back('<');
        target.push_back(priority);
        target.push_back('>');
    }
    std::unique_ptr<custom_flag_formatter> clone() const override { return std::make_unique<PriorityFlag>(); }
};

// Unicode's direction marks, embeddings, overrides and isolates, and the line separators.
bool turns_text(unsigned code) {
    return code == 0x061C || (code >= 0x200E && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

unsigned decode(const std::string& text, std::size_t at, std::size_t& length) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const unsigned lead = byte(0);
    length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (length == 1) return lead;
    unsigned code = lead & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) code = code << 6 | (byte(i) & 0x3Fu);
    return code;
}

}  // namespace

void start_logging(const std::string& level) {
    auto logger = std::make_shared<spdlog::logger>("biaod", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
    if (std::getenv("JOURNAL_STREAM")) {
        auto formatter = std::make_unique<spdlog::pattern_formatter>();
        formatter->add_flag<PriorityFlag>('*').set_pattern("%*%v");
        logger->set_formatter(std::move(formatter));
    } else {
        logger->set_pattern("%Y-%m-%d %H:%M:%S.%e %^%l%$ %v");
    }
    logger->set_level(spdlog::level::from_str(level));
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(logger);
}

void set_log_level(const std::string& level) { spdlog::default_logger()->set_level(spdlog::level::from_str(level)); }

std::string shown(const std::string& bytes) {
    const std::string text = queue::utf8_of(bytes);
    std::string safe;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t length = 1;
        const unsigned code = decode(text, at, length);
        char escaped[16];
        if (code < 0x20 || (code >= 0x7F && code < 0xA0)) {
            std::snprintf(escaped, sizeof escaped, "\\x%02x", code);
            safe += escaped;
        } else if (turns_text(code)) {
            std::snprintf(escaped, sizeof escaped, "\\u{%04x}", code);
            safe += escaped;
        } else {
            safe.append(text, at, length);
        }
        at += length;
    }
    return safe;
}

}  // namespace biaod::daemon
