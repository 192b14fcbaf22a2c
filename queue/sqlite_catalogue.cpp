#include <algorithm>

#include "queue/messages.hpp"
#include "queue/sqlite_faces.hpp"

namespace biaod::queue {

using models::Result;

namespace {

// The columns that read_row() takes, in its order.
#define BIAOD_JOB_COLUMNS                                                              \
    "SELECT id, sha256, bytes, state, attempts, deaths, changed_ms, error, revision, " \
    "(SELECT name FROM arrival WHERE arrival.job = job.id ORDER BY arrival.id LIMIT 1) FROM job "

JobRow read_row(Statement& select) {
    JobRow row;
    row.id = select.integer();
    row.sha256 = select.text();
    row.bytes = static_cast<std::uint64_t>(select.integer());
    row.state = job_state_from(select.text()).value_or(JobState::waiting);
    row.attempts = static_cast<int>(select.integer());
    row.deaths = static_cast<int>(select.integer());
    row.changed_ms = select.integer();
    row.failure = failure_from_text(select.text());
    const bool none = select.next_is_null();
    const auto revision = static_cast<int>(select.integer());
    if (!none) row.revision = revision;
    row.name = select.text();
    return row;
}

ArrivalRow read_arrival(Statement& select) {
    ArrivalRow row;
    const bool rejected = select.next_is_null();
    const std::int64_t job = select.integer();
    if (!rejected) row.job = job;
    row.arrival.claim = select.text();
    row.arrival.name = select.text();
    row.arrival.labels = labels_of(select.text());
    row.arrival.received_ms = select.integer();
    row.failure = failure_from_text(select.text());
    return row;
}

std::vector<JobRow> read_rows(Statement& select) {
    std::vector<JobRow> rows;
    while (select.step()) rows.push_back(read_row(select));
    return rows;
}

}  // namespace

const char* to_string(JobState state) {
    switch (state) {
        case JobState::waiting:
            return "waiting";
        case JobState::running:
            return "running";
        case JobState::done:
            return "done";
        case JobState::failed:
            return "failed";
    }
    return "waiting";
}

std::optional<JobState> job_state_from(const std::string& text) {
    for (const JobState state : {JobState::waiting, JobState::running, JobState::done, JobState::failed}) {
        if (text == to_string(state)) return state;
    }
    return std::nullopt;
}

SqliteCatalogue::SqliteCatalogue(Database& database) : database_(database) {}

Result<Counts> SqliteCatalogue::counts() {
    return guarded<Counts>([&] {
        Counts counts;
        Statement select = database_.prepare("SELECT state, count(*) FROM job GROUP BY state");
        while (select.step()) {
            const std::string state = select.text();
            const auto count = static_cast<std::uint64_t>(select.integer());
            if (state == "waiting") counts.waiting = count;
            if (state == "running") counts.running = count;
            if (state == "done") counts.done = count;
            if (state == "failed") counts.failed = count;
        }
        Statement oldest = database_.prepare(
            "SELECT min(received_ms) FROM arrival JOIN job ON job.id = arrival.job WHERE job.state = 'waiting'");
        if (oldest.step() && !oldest.next_is_null()) counts.oldest_waiting_ms = oldest.integer();
        return counts;
    });
}

Result<std::vector<JobRow>> SqliteCatalogue::list(std::optional<JobState> state, std::size_t max_n) {
    return guarded<std::vector<JobRow>>([&] {
        const auto limit = static_cast<std::int64_t>(std::min<std::size_t>(max_n, 1'000'000'000));
        if (!state) {
            Statement select = database_.prepare(BIAOD_JOB_COLUMNS "ORDER BY id DESC LIMIT ?");
            return read_rows(select.bind(limit));
        }
        Statement select = database_.prepare(BIAOD_JOB_COLUMNS "WHERE state = ? ORDER BY id DESC LIMIT ?");
        return read_rows(select.bind(std::string_view(to_string(*state))).bind(limit));
    });
}

Result<std::optional<JobRow>> SqliteCatalogue::job(std::int64_t id) {
    return guarded<std::optional<JobRow>>([&]() -> std::optional<JobRow> {
        Statement select = database_.prepare(BIAOD_JOB_COLUMNS "WHERE id = ?");
        if (!select.bind(id).step()) return std::nullopt;
        return read_row(select);
    });
}

Result<std::vector<JobRow>> SqliteCatalogue::by_sha256(const std::string& prefix) {
    return guarded<std::vector<JobRow>>([&] {
        Statement select =
            database_.prepare(BIAOD_JOB_COLUMNS "WHERE sha256 >= ?1 AND sha256 < ?1 || 'g' ORDER BY id DESC");
        return read_rows(select.bind(prefix));
    });
}

Result<std::optional<std::string>> SqliteCatalogue::record(const std::string& sha256) {
    return guarded<std::optional<std::string>>([&]() -> std::optional<std::string> {
        Statement select = database_.prepare("SELECT body FROM record WHERE sha256 = ? ORDER BY revision DESC LIMIT 1");
        if (!select.bind(sha256).step()) return std::nullopt;
        return select.text();
    });
}

Result<std::vector<ArrivalRow>> SqliteCatalogue::arrivals(std::int64_t job) {
    return guarded<std::vector<ArrivalRow>>([&] {
        std::vector<ArrivalRow> rows;
        Statement select = database_.prepare(
            "SELECT job, claim, name, labels, received_ms, error FROM arrival WHERE job = ? ORDER BY id");
        select.bind(job);
        while (select.step()) rows.push_back(read_arrival(select));
        return rows;
    });
}

Result<std::optional<ArrivalRow>> SqliteCatalogue::arrival(const std::string& claim) {
    return guarded<std::optional<ArrivalRow>>([&]() -> std::optional<ArrivalRow> {
        Statement select =
            database_.prepare("SELECT job, claim, name, labels, received_ms, error FROM arrival WHERE claim = ?");
        if (!select.bind(claim).step()) return std::nullopt;
        return read_arrival(select);
    });
}

}  // namespace biaod::queue
