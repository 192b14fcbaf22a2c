#include "daemon/web/guard.hpp"

#include <httplib.h>
#include <openssl/crypto.h>
#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <fstream>

namespace biaod::daemon {

using models::ErrorKind;
using models::Result;

namespace {

constexpr std::size_t shortest_token = 16;
constexpr std::int64_t session_ms = 12ll * 3'600'000;
constexpr std::size_t sessions_at_most = 1000;
constexpr std::uint64_t json_at_most = 64u << 10;
constexpr const char* cookie_name = "biaod_session";

tl::unexpected<models::Error> bad_token(const std::string& path, const std::string& why) {
    return models::fail(ErrorKind::config, "web", "web.token_file: " + path + " " + why);
}

Result<std::string> read_token(const std::string& path) {
    struct stat status {};
    std::ifstream file(path);
    std::string token;
    if (::stat(path.c_str(), &status) != 0 || !std::getline(file, token)) return bad_token(path, "cannot be read");
    if ((status.st_mode & (S_IROTH | S_IWOTH)) != 0) return bad_token(path, "may be read by everybody (chmod o=)");
    if (token.size() < shortest_token) return bad_token(path, "must hold 16 characters or more in its first line");
    return token;
}

bool same(const std::string& a, const std::string& b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string cookie_of(const httplib::Request& request) {
    const std::string all = request.get_header_value("Cookie");
    const std::string key = std::string(cookie_name) + "=";
    for (std::size_t at = 0; at < all.size();) {
        const std::size_t end = std::min(all.find(';', at), all.size());
        const std::size_t from = std::min(all.find_first_not_of(' ', at), end);
        if (all.compare(from, key.size(), key) == 0) return all.substr(from + key.size(), end - from - key.size());
        at = end + 1;
    }
    return {};
}

bool is_change(const httplib::Request& request) { return request.method == "POST" || request.method == "PUT"; }

bool is_data(const std::string& path) { return path.starts_with("/api/"); }

bool is_open_to_all(const std::string& path) { return path == "/api/session" || path == "/api/sign-in"; }

}  // namespace

WebGuard::WebGuard(const WebConfig& config, std::string token, const queue::Clock& clock, queue::Random& random)
    : config_(config),
      token_(std::move(token)),
      clock_(clock),
      random_(random),
      first_csrf_(queue::random_hex(random, 16)) {}

Result<std::unique_ptr<WebGuard>> WebGuard::make(const WebConfig& config, const queue::Clock& clock,
                                                 queue::Random& random) {
    std::string token;
    if (!config.token_file.empty()) {
        auto read = read_token(config.token_file);
        if (!read) return tl::unexpected(read.error());
        token = std::move(*read);
    }
    return std::unique_ptr<WebGuard>(new WebGuard(config, std::move(token), clock, random));
}

bool WebGuard::host_is_ours(const std::string& host) const {
    if (!config_.is_loopback() || config_.behind_tls_proxy) return !host.empty();
    const std::string port = ":" + std::to_string(config_.port);
    return host == "127.0.0.1" + port || host == "localhost" + port || host == "[::1]" + port;
}

std::optional<Refusal> WebGuard::refusal(const httplib::Request& request) {
    const std::string host = request.get_header_value("Host");
    if (!host_is_ours(host)) return Refusal{421, "host"};
    if (!is_change(request) && request.method != "GET" && request.method != "HEAD") return Refusal{405, "method"};
    const std::string site = request.get_header_value("Sec-Fetch-Site");
    const bool foreign = !site.empty() && site != "same-origin" && site != "none";
    if (foreign && (is_data(request.path) || is_change(request))) return Refusal{403, "origin"};
    if (is_change(request)) {
        if (auto refused = refuse_change(request)) return refused;
    }
    if (is_data(request.path) && !is_open_to_all(request.path) && !signed_in(request)) return Refusal{401, "sign_in"};
    return std::nullopt;
}

std::optional<Refusal> WebGuard::refuse_change(const httplib::Request& request) {
    if (request.has_header("Origin")) {
        const bool secure = config_.tls() || config_.behind_tls_proxy;
        const std::string ours = (secure ? "https://" : "http://") + request.get_header_value("Host");
        if (request.get_header_value("Origin") != ours) return Refusal{403, "origin"};
    }
    if (!same(request.get_header_value("X-Biaod-Csrf"), csrf_word(request))) return Refusal{403, "csrf"};
    if (request.has_header("Content-Encoding") || request.has_header("Transfer-Encoding"))
        return Refusal{415, "encoding"};
    const std::string type = request.get_header_value("Content-Type");
    const bool upload = request.method == "PUT";
    if (type != (upload ? "application/octet-stream" : "application/json")) return Refusal{415, "type"};
    const std::string length = request.get_header_value("Content-Length");
    std::uint64_t bytes = 0;
    const auto parsed = std::from_chars(length.data(), length.data() + length.size(), bytes);
    if (length.empty() || parsed.ec != std::errc() || parsed.ptr != length.data() + length.size())
        return Refusal{411, "length"};
    if (!upload && bytes > json_at_most) return Refusal{413, "length"};
    return std::nullopt;
}

std::optional<WebGuard::Session> WebGuard::session(const httplib::Request& request) {
    const std::string cookie = cookie_of(request);
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(cookie);
    if (found == sessions_.end() || found->second.ends_ms < clock_.monotonic_ms()) return std::nullopt;
    return found->second;
}

bool WebGuard::signed_in(const httplib::Request& request) { return token_.empty() || session(request).has_value(); }

std::string WebGuard::csrf_word(const httplib::Request& request) {
    const auto found = session(request);
    return found ? found->csrf : first_csrf_;
}

std::optional<std::string> WebGuard::sign_in(const std::string& token) {
    if (token_.empty() || !same(token, token_)) return std::nullopt;
    const std::lock_guard lock(mutex_);
    const std::int64_t now = clock_.monotonic_ms();
    std::erase_if(sessions_, [&](const auto& entry) { return entry.second.ends_ms < now; });
    if (sessions_.size() >= sessions_at_most) sessions_.clear();
    const std::string cookie = queue::random_hex(random_, 16);
    sessions_[cookie] = {queue::random_hex(random_, 16), now + session_ms};
    const bool secure = config_.tls() || config_.behind_tls_proxy;
    return std::string(cookie_name) + "=" + cookie + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200" +
           (secure ? "; Secure" : "");
}

}  // namespace biaod::daemon
