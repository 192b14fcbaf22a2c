#include "daemon/config.hpp"

#include <fstream>
#include <iterator>

#include "daemon/config_reader.hpp"

namespace biaod::daemon {

using models::ErrorKind;
using models::Result;

namespace {

constexpr double second = 1000, day = 86'400'000, mib = 1 << 20;

void read_intake(ConfigReader reader, IntakeConfig& intake) {
    reader.path("inbox", intake.inbox);
    reader.path("done", intake.done);
    reader.path("failed", intake.failed);
    reader.number("settle_seconds", intake.settle_ms, 0.05, 3600, second);
    reader.number("empty_seconds", intake.empty_ms, 0.05, 86'400, second);
    reader.number("rescan_seconds", intake.rescan_ms, 0.1, 3600, second);
    reader.number("rescan_network_seconds", intake.rescan_network_ms, 0.1, 3600, second);
    reader.number("min_free_mib", intake.min_free_bytes, 0, 1 << 30, mib);
    reader.done();
    if (intake.done.empty() && !intake.inbox.empty()) intake.done = intake.inbox + "/done";
    if (intake.failed.empty() && !intake.inbox.empty()) intake.failed = intake.inbox + "/failed";
}

void read_limits(ConfigReader reader, LimitsConfig& limits) {
    reader.number("file_mib", limits.file_bytes, 1, 16'384, mib);
    reader.number("pages", limits.pages, 1, 100'000);
    reader.number("megapixels", limits.pixels_per_page, 1, 2000, 1'000'000);
    reader.number("memory_mib", limits.memory_bytes, 0, 1 << 20, mib);
    reader.number("result_mib", limits.result_bytes, 1, 1024, mib);
    reader.done();
}

void read_worker(ConfigReader reader, WorkerConfig& worker) {
    reader.number("count", worker.count, 0, 256);
    reader.texts("command", worker.command);
    reader.text("languages", worker.languages);
    reader.choice("sandbox", worker.sandbox, {"on", "debug"});
    reader.number("base_seconds", worker.base_ms, 0.1, 86'400, second);
    reader.number("page_seconds", worker.per_page_ms, 0, 3600, second);
    reader.done();
}

void read_retry(ConfigReader reader, RetryConfig& retry) {
    reader.number("attempts", retry.attempts, 1, 1000);
    reader.number("deaths", retry.deaths, 1, 100);
    reader.number("first_seconds", retry.first_ms, 0, 3600, second);
    reader.number("longest_seconds", retry.longest_ms, 0, 86'400, second);
    reader.done();
}

void read_web(ConfigReader reader, WebConfig& web) {
    reader.address("listen", web.host, web.port);
    reader.path("token_file", web.token_file);
    reader.path("certificate", web.certificate);
    reader.path("private_key", web.private_key);
    reader.flag("behind_tls_proxy", web.behind_tls_proxy);
    reader.path("roster", web.roster);
    reader.require("certificate", !web.private_key.empty(), "private_key belongs to it");
    reader.require("private_key", !web.certificate.empty(), "certificate belongs to it");
    const bool others = !web.host.empty() && !web.is_loopback();
    reader.require("listen", !others || !web.token_file.empty(),
                   "other hosts can reach this address: set token_file, or use 127.0.0.1");
    reader.require("listen", !others || web.tls() || web.behind_tls_proxy,
                   "other hosts can reach this address: set certificate and private_key, or behind_tls_proxy");
    reader.require("behind_tls_proxy", !web.behind_tls_proxy || !web.token_file.empty(),
                   "other hosts come through the proxy: set token_file");
    reader.done();
}

void read_retention(ConfigReader reader, RetentionConfig& retention) {
    reader.number("acknowledged_days", retention.acknowledged_ms, 0, 36'500, day);
    reader.number("unacknowledged_days", retention.unacknowledged_ms, 0, 36'500, day);
    reader.number("spool_days", retention.spool_ms, 0, 36'500, day);
    reader.done();
}

}  // namespace

std::string Config::journal_path() const { return state + "/journal.sqlite"; }
std::string Config::spool_path() const { return state + "/spool"; }

Result<Config> load_config(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    if (!file.is_open() || file.bad()) {
        return models::fail(ErrorKind::config, "config", path + ": the file cannot be read");
    }
    return read_config(text, path);
}

Result<Config> read_config(std::string_view text, const std::string& path) {
    toml::table table;
    try {
        table = toml::parse(text, path);
    } catch (const toml::parse_error& error) {
        const auto line = error.source().begin.line;
        return models::fail(
            ErrorKind::config, "config",
            path + (line > 0 ? ":" + std::to_string(line) : "") + ": " + std::string(error.description()));
    }
    Config config;
    std::string mistake;
    ConfigReader reader(&table, path, "", mistake);
    reader.path("state", config.state);
    reader.choice("log_level", config.log_level, {"debug", "info", "warn", "error"});
    reader.number("stop_seconds", config.stop_ms, 0, 3600, second);
    read_intake(reader.section("intake"), config.intake);
    read_limits(reader.section("limits"), config.limits);
    read_worker(reader.section("worker"), config.worker);
    read_retry(reader.section("retry"), config.retry);
    ConfigReader bus = reader.section("bus");
    bus.path("secret", config.bus.secret);
    bus.path("consumers", config.bus.consumers);
    bus.endpoint("publish", config.bus.publish, !config.bus.secret.empty());
    bus.endpoint("pull", config.bus.pull, !config.bus.secret.empty());
    bus.done();
    ConfigReader metrics = reader.section("metrics");
    metrics.number("port", config.metrics.port, 0, 65'535);
    metrics.done();
    read_web(reader.section("web"), config.web);
    read_retention(reader.section("retention"), config.retention);
    reader.done();
    if (!mistake.empty()) return models::fail(ErrorKind::config, "config", mistake);
    return config;
}

}  // namespace biaod::daemon
