#include "daemon/cli/journal.hpp"

#include <algorithm>
#include <charconv>

#include "queue/messages.hpp"
#include "queue/sqlite_store.hpp"
#include "queue/system.hpp"

namespace biaod::daemon {

using models::ErrorKind;
using models::Result;
using nlohmann::ordered_json;

namespace {

constexpr std::size_t shortest_prefix = 8;

bool is_hash_prefix(const std::string& text) {
    return text.size() >= shortest_prefix && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

}  // namespace

Result<std::unique_ptr<queue::Store>> open_journal(const Config& config) {
    return queue::open_sqlite_store_read_only(config.journal_path(), queue::system_clock());
}

ordered_json job_json(const queue::JobRow& job) {
    ordered_json json{{"job", job.id},
                      {"id", job.sha256},
                      {"name", queue::utf8_of(job.name)},
                      {"bytes", job.bytes},
                      {"state", queue::to_string(job.state)},
                      {"attempts", job.attempts},
                      {"worker_deaths", job.deaths},
                      {"changed_at", queue::rfc3339(job.changed_ms)}};
    json["revision"] = job.revision ? ordered_json(*job.revision) : ordered_json(nullptr);
    json["error"] = job.failure ? queue::error_json(job.failure->error) : ordered_json(nullptr);
    return json;
}

Result<queue::JobRow> find_job(queue::Catalogue& catalogue, const std::string& id) {
    std::int64_t number = 0;
    const auto parsed = std::from_chars(id.data(), id.data() + id.size(), number);
    // Eight digits and more may be meant as a hash; such a job number is looked for first.
    if (parsed.ec == std::errc() && parsed.ptr == id.data() + id.size()) {
        const auto job = catalogue.job(number);
        if (!job) return tl::unexpected(job.error());
        if (*job) return **job;
    }
    if (is_hash_prefix(id)) {
        const auto jobs = catalogue.by_sha256(id);
        if (!jobs) return tl::unexpected(jobs.error());
        const bool one_content = std::all_of(
            jobs->begin(), jobs->end(), [&](const queue::JobRow& job) { return job.sha256 == jobs->front().sha256; });
        if (!one_content) return models::fail(ErrorKind::bad_input, "journal", id + " begins more than one hash");
        if (!jobs->empty()) return jobs->front();
    }
    return models::fail(ErrorKind::bad_input, "journal",
                        "there is no job " + id + " (a number, or 8 or more digits of the hash)");
}

}  // namespace biaod::daemon
