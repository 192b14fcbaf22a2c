#include "queue/bus_protocol.hpp"

#include <algorithm>

namespace biaod::queue {

using models::ErrorKind;
using models::Result;

std::string integer_frame(std::uint64_t value) {
    std::string frame(8, '\0');
    for (int i = 7; i >= 0; --i, value >>= 8) frame[static_cast<std::size_t>(i)] = static_cast<char>(value & 0xFF);
    return frame;
}

std::optional<std::uint64_t> integer_of(std::string_view frame) {
    if (frame.size() != 8) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : frame) value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

Result<void> check_endpoint(const std::string& endpoint, bool has_keys) {
    if (endpoint.starts_with("ipc:///")) {
        // sun_path holds 108 bytes; ZeroMQ's own message for it says only "name too long".
        if (endpoint.size() - std::string_view("ipc://").size() > 107) {
            return models::fail(ErrorKind::config, "bus",
                                "the socket's path in " + endpoint + " is longer than 107 bytes");
        }
        return {};
    }
    if (endpoint.starts_with("tcp://")) {
        const std::string address = endpoint.substr(6);
        const std::size_t colon = address.rfind(':');
        const std::string host = address.substr(0, colon);
        const std::string port = colon == std::string::npos ? std::string() : address.substr(colon + 1);
        const bool digits = !port.empty() && port.size() <= 5 &&
                            std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!digits) return models::fail(ErrorKind::config, "bus", endpoint + " has no port number");
        if (has_keys && !host.empty()) return {};
        if (host == "127.0.0.1" || host == "[::1]") return {};
        return models::fail(ErrorKind::config, "bus",
                            endpoint +
                                " can be reached from other hosts, and the bus has no keys (bus.secret): make them "
                                "with biaod keygen, or use 127.0.0.1, [::1] or an ipc:// path");
    }
    return models::fail(ErrorKind::config, "bus", "'" + endpoint + "' is neither ipc:///path nor tcp://127.0.0.1:port");
}

}  // namespace biaod::queue
