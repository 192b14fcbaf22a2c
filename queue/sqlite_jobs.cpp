#include "models/correction_history.hpp"
#include "queue/crash_point.hpp"
#include "queue/messages.hpp"
#include "queue/sqlite_faces.hpp"

namespace biaod::queue {

using models::Result;
using nlohmann::ordered_json;

SqliteJobs::SqliteJobs(Database& database, const Clock& clock, std::string pipeline_version)
    : database_(database), clock_(clock), pipeline_version_(std::move(pipeline_version)) {}

bool SqliteJobs::write_arrival(const Arrival& arrival, const std::int64_t* job, const std::string& error) {
    Statement insert = database_.prepare(
        "INSERT INTO arrival(job, claim, name, labels, received_ms, error) VALUES(?, ?, ?, ?, ?, ?) "
        "ON CONFLICT(claim) DO NOTHING");
    if (job) {
        insert.bind(*job);
    } else {
        insert.bind_null();
    }
    insert.bind(arrival.claim).bind_blob(arrival.name).bind(labels_text(arrival.labels)).bind(arrival.received_ms);
    if (!error.empty()) insert.bind(error);
    insert.run();
    return database_.changes() == 1;
}

Accepted SqliteJobs::accept_content(const Content& content) {
    const std::int64_t now = clock_.unix_ms();
    database_
        .prepare(
            "INSERT INTO job(sha256, pipeline_version, bytes, state, due_ms, changed_ms) "
            "VALUES(?, ?, ?, 'waiting', ?, ?) ON CONFLICT(sha256, pipeline_version) DO NOTHING")
        .bind(content.sha256)
        .bind(pipeline_version_)
        .bind(static_cast<std::int64_t>(content.bytes))
        .bind(now)
        .bind(now)
        .run();
    Statement select = database_.prepare("SELECT id, state FROM job WHERE sha256 = ? AND pipeline_version = ?");
    select.bind(content.sha256).bind(pipeline_version_).step();
    const std::int64_t id = select.integer();
    return {id, job_state_from(select.text()).value_or(JobState::waiting)};
}

Result<Accepted> SqliteJobs::accept(const Content& content, const Arrival& arrival) {
    return guarded<Accepted>([&] {
        Transaction transaction(database_);
        Accepted accepted = accept_content(content);
        const bool first_time = write_arrival(arrival, &accepted.job, {});
        if (first_time && accepted.state == JobState::failed) {
            const std::int64_t now = clock_.unix_ms();
            database_
                .prepare(
                    "UPDATE job SET state = 'waiting', attempts = 0, deaths = 0, due_ms = ?, changed_ms = ? WHERE id = "
                    "?")
                .bind(now)
                .bind(now)
                .bind(accepted.job)
                .run();
            accepted.state = JobState::waiting;
        }
        crash_point("store.accept_uncommitted");
        transaction.commit();
        return accepted;
    });
}

Result<void> SqliteJobs::reject(const Arrival& arrival, const Failure& failure) {
    return guarded<void>([&]() -> Result<void> {
        Transaction transaction(database_);
        if (write_arrival(arrival, nullptr, failure_text(failure))) {
            const std::int64_t now = clock_.unix_ms();
            database_.prepare("INSERT INTO outbox(sequence, topic, created_ms, meta, body) VALUES(?, ?, ?, ?, ?)")
                .bind(static_cast<std::int64_t>(next_sequence(database_)))
                .bind(std::string_view(failed_topic))
                .bind(now)
                .bind(failure_meta(nullptr, failure, 0, now))
                .bind(failure_body(arrival, nullptr, failure.error).dump())
                .run();
        }
        transaction.commit();
        return {};
    });
}

Arrival SqliteJobs::first_arrival(std::int64_t job) {
    Arrival arrival;
    Statement select =
        database_.prepare("SELECT name, labels, claim, received_ms FROM arrival WHERE job = ? ORDER BY id LIMIT 1");
    if (select.bind(job).step()) {
        arrival.name = select.text();
        arrival.labels = labels_of(select.text());
        arrival.claim = select.text();
        arrival.received_ms = select.integer();
    }
    return arrival;
}

Result<std::optional<Lease>> SqliteJobs::claim(std::int64_t lease_ms) {
    return guarded<std::optional<Lease>>([&]() -> std::optional<Lease> {
        const std::int64_t now = clock_.unix_ms();
        // Looked for outside the write transaction first: an idle daemon must not write.
        std::int64_t job = 0;
        const auto look = [&] {
            Statement select = database_.prepare(
                "SELECT id FROM (SELECT id, due_ms AS due FROM job WHERE state = 'waiting' AND due_ms <= ?1 "
                "UNION ALL SELECT id, lease_ms FROM job WHERE state = 'running' AND lease_ms < ?1) "
                "ORDER BY due, id LIMIT 1");
            const bool found = select.bind(now).step();
            job = found ? select.integer() : 0;
            return found;
        };
        if (!look()) return std::nullopt;
        Transaction transaction(database_);
        if (!look()) return std::nullopt;
        database_
            .prepare(
                "UPDATE job SET state = 'running', attempts = attempts + 1, token = token + 1, lease_ms = ?, "
                "changed_ms = ? WHERE id = ?")
            .bind(now + lease_ms)
            .bind(now)
            .bind(job)
            .run();
        Lease lease;
        {
            Statement select =
                database_.prepare("SELECT id, token, sha256, bytes, attempts, deaths, lease_ms FROM job WHERE id = ?");
            select.bind(job).step();
            lease.job = select.integer();
            lease.token = select.integer();
            lease.content.sha256 = select.text();
            lease.content.bytes = static_cast<std::uint64_t>(select.integer());
            lease.attempts = static_cast<int>(select.integer());
            lease.deaths = static_cast<int>(select.integer());
            lease.expires_ms = select.integer();
        }
        lease.arrival = first_arrival(job);
        transaction.commit();
        return lease;
    });
}

bool SqliteJobs::holds(const Lease& lease) {
    Statement select = database_.prepare("SELECT 1 FROM job WHERE id = ? AND token = ? AND state = 'running'");
    return select.bind(lease.job).bind(lease.token).step();
}

Result<bool> SqliteJobs::heartbeat(const Lease& lease, std::int64_t lease_ms) {
    return guarded<bool>([&] {
        database_.prepare("UPDATE job SET lease_ms = ? WHERE id = ? AND token = ? AND state = 'running'")
            .bind(clock_.unix_ms() + lease_ms)
            .bind(lease.job)
            .bind(lease.token)
            .run();
        return database_.changes() == 1;
    });
}

Result<bool> SqliteJobs::finish(const Lease& lease, ordered_json record) {
    return guarded<bool>([&] {
        Transaction transaction(database_);
        if (!holds(lease)) return false;
        const std::int64_t now = clock_.unix_ms();
        std::int64_t revision = 1;
        std::string before;
        {
            Statement select =
                database_.prepare("SELECT revision, body FROM record WHERE sha256 = ? ORDER BY revision DESC LIMIT 1");
            if (select.bind(lease.content.sha256).step()) {
                revision = select.integer() + 1;
                before = select.text();
            }
        }
        record["revision"] = revision;
        if (!before.empty()) {
            models::carry_corrections(ordered_json::parse(before, nullptr, false), record, rfc3339(now));
        }
        publish_record(database_, lease.content.sha256, record, now);
        database_.prepare("UPDATE job SET state = 'done', revision = ?, error = NULL, changed_ms = ? WHERE id = ?")
            .bind(revision)
            .bind(now)
            .bind(lease.job)
            .run();
        crash_point("store.finish_uncommitted");
        transaction.commit();
        return true;
    });
}

Result<bool> SqliteJobs::fail(const Lease& lease, const Failure& failure) {
    return guarded<bool>([&] {
        Transaction transaction(database_);
        if (!holds(lease)) return false;
        const std::int64_t now = clock_.unix_ms();
        database_.prepare("INSERT INTO outbox(sequence, topic, created_ms, meta, body) VALUES(?, ?, ?, ?, ?)")
            .bind(static_cast<std::int64_t>(next_sequence(database_)))
            .bind(std::string_view(failed_topic))
            .bind(now)
            .bind(failure_meta(&lease.content, failure, lease.attempts, now))
            .bind(failure_body(lease.arrival, &lease.content, failure.error).dump())
            .run();
        database_.prepare("UPDATE job SET state = 'failed', error = ?, deaths = ?, changed_ms = ? WHERE id = ?")
            .bind(failure_text(failure))
            .bind(std::int64_t{lease.deaths})
            .bind(now)
            .bind(lease.job)
            .run();
        crash_point("store.finish_uncommitted");
        transaction.commit();
        return true;
    });
}

Result<bool> SqliteJobs::give_back(const Lease& lease, const Setback& setback) {
    return guarded<bool>([&] {
        const bool stopped = setback.kind == Setback::Kind::stopped;
        const std::int64_t now = clock_.unix_ms();
        Statement update = database_.prepare(
            "UPDATE job SET state = 'waiting', attempts = attempts - ?, deaths = deaths + ?, due_ms = ?, "
            "changed_ms = ?, error = coalesce(?, error) WHERE id = ? AND token = ? AND state = 'running'");
        update.bind(std::int64_t{stopped ? 1 : 0});
        update.bind(std::int64_t{setback.kind == Setback::Kind::death ? 1 : 0});
        update.bind(now + setback.delay_ms).bind(now);
        if (stopped) {
            update.bind_null();
        } else {
            update.bind(failure_text(setback.failure));
        }
        update.bind(lease.job).bind(lease.token).run();
        return database_.changes() == 1;
    });
}

Result<bool> SqliteJobs::requeue(std::int64_t job) {
    return guarded<bool>([&] {
        const std::int64_t now = clock_.unix_ms();
        database_
            .prepare(
                "UPDATE job SET state = 'waiting', attempts = 0, deaths = 0, due_ms = ?, changed_ms = ? "
                "WHERE id = ? AND state IN ('done', 'failed')")
            .bind(now)
            .bind(now)
            .bind(job)
            .run();
        return database_.changes() == 1;
    });
}

Result<int> SqliteJobs::recover() {
    return guarded<int>([&] {
        const std::int64_t now = clock_.unix_ms();
        database_
            .prepare(
                "UPDATE job SET state = 'waiting', attempts = attempts - 1, token = token + 1, due_ms = ?, "
                "changed_ms = ? WHERE state = 'running'")
            .bind(now)
            .bind(now)
            .run();
        return database_.changes();
    });
}

}  // namespace biaod::queue
