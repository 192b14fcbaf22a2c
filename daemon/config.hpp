// The administrator's settings: a TOML file, documented key by key in deploy/biaod.toml.
//
// A key that is not known, of another type or out of its range is an error that names file and line: a mistyped limit
// must not become a default. Relative paths are relative to the configuration file's folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/error.hpp"

namespace biaod::daemon {

inline constexpr const char* default_config_path = "/etc/biaod/biaod.toml";

struct IntakeConfig {
    std::string inbox;   // required by `run`
    std::string done;    // default: <inbox>/done
    std::string failed;  // default: <inbox>/failed
    std::int64_t settle_ms = 2000;
    std::int64_t empty_ms = 60'000;
    std::int64_t rescan_ms = 30'000;
    std::int64_t rescan_network_ms = 5000;
    std::uint64_t min_free_bytes = 1024ull << 20;
};

struct LimitsConfig {
    std::uint64_t file_bytes = 512ull << 20;
    int pages = 2000;
    std::int64_t pixels_per_page = 100'000'000;
    std::uint64_t memory_bytes = 3072ull << 20;  // 0: no limit
    std::uint64_t result_bytes = 64ull << 20;
};

struct WorkerConfig {
    int count = 0;                     // 0: as many as cores
    std::vector<std::string> command;  // empty: this program
    std::string languages = "chi_sim";
    std::string sandbox = "on";     // "on", "debug"
    std::int64_t base_ms = 60'000;  // wall time for a document: base + per page
    std::int64_t per_page_ms = 30'000;
};

struct RetryConfig {
    int attempts = 10;  // of a temporary failure
    int deaths = 3;     // of workers on one document
    std::int64_t first_ms = 5000;
    std::int64_t longest_ms = 600'000;
};

struct BusConfig {
    std::string publish = "ipc:///run/biaod/publish.sock";
    std::string pull = "ipc:///run/biaod/pull.sock";
    std::string secret;     // file of the bus's key; empty: no keys, this host only
    std::string consumers;  // file of the keys that may connect
};

struct RetentionConfig {
    std::int64_t acknowledged_ms = 30ll * 86'400'000;
    std::int64_t unacknowledged_ms = 180ll * 86'400'000;
    std::int64_t spool_ms = 30ll * 86'400'000;
};

struct MetricsConfig {
    int port = 0;  // on 127.0.0.1; 0: none
};

// The review page (web/server.hpp).
struct WebConfig {
    std::string host;  // empty: no page
    int port = 0;
    std::string token_file;                // what people sign in with; empty: everybody who reaches the page
    std::string certificate, private_key;  // PEM; with both the page is served by TLS
    bool behind_tls_proxy = false;         // somebody else does TLS
    std::string roster;                    // CSV of the units that must report; empty: none

    bool tls() const { return !certificate.empty(); }
    bool is_loopback() const { return host == "127.0.0.1" || host == "::1" || host == "localhost"; }
};

struct Config {
    std::string state = "/var/lib/biaod";
    std::string log_level = "info";
    std::int64_t stop_ms = 20'000;
    IntakeConfig intake;
    LimitsConfig limits;
    WorkerConfig worker;
    RetryConfig retry;
    BusConfig bus;
    RetentionConfig retention;
    MetricsConfig metrics;
    WebConfig web;

    std::string journal_path() const;
    std::string spool_path() const;
};

// The text of a configuration file; `path` is for messages and for relative paths. Errors: those of load_config().
models::Result<Config> read_config(std::string_view text, const std::string& path);

// Errors: config, "file:line: what is wrong".
models::Result<Config> load_config(const std::string& path);

}  // namespace biaod::daemon
