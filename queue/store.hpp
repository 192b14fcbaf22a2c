// The journal: what was accepted, what became of it, and what is to be published.
//
// A store has three faces: Jobs (the life of a file), Outbox (the numbered messages and who has them) and Catalogue
// (reading for people). All promises of the design rest on single transactions here:
//   accept   job (unique by content and pipeline version) and arrival
//   finish   record with its revision, outbox sequence number, job done
//   fail     outbox sequence number of the failure message, job failed
// A function that returns without an Error has its change on disk.
//
// Sequence numbers come from one locked head row and are committed with their message: 1, 2, 3, ... without a gap, and a
// reader that sees n has seen all below n. (Rejected: a database sequence or AUTOINCREMENT alone; numbers that are
// drawn before the commit become visible out of order, and a tailing reader skips rows.)
//
// A store object belongs to one thread at a time; each thread opens its own on the same journal. Several processes may
// have it open. Implementations: SqliteStore (one host). The interface asks nothing that PostgreSQL could not do for
// several hosts: claim() takes a row that nobody holds, leases expire by the store's clock, fencing tokens only grow.
//
// Errors: temporary (locked, disk full), config (not our journal, newer version), internal (damaged, our own fault).
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "models/error.hpp"

namespace biaod::queue {

enum class JobState { waiting, running, done, failed };
const char* to_string(JobState state);
std::optional<JobState> job_state_from(const std::string& text);

struct Content {
    std::string sha256;
    std::uint64_t bytes = 0;
};

// One file that was dropped. Names and labels are bytes as the file system gave them.
struct Arrival {
    std::string name;
    std::vector<std::string> labels;  // sub-folders of the inbox, outermost first
    std::string claim;                // the random name under which the original was claimed: unique
    std::int64_t received_ms = 0;     // unix time
};

struct Accepted {
    std::int64_t job = 0;
    JobState state = JobState::waiting;
};

// The right to work on a job until expires_ms. `token` grows with each claim: an older holder can change nothing.
struct Lease {
    std::int64_t job = 0;
    std::int64_t token = 0;
    Content content;
    Arrival arrival;   // the first one
    int attempts = 0;  // claims so far, this one included
    int deaths = 0;    // workers that died on it so far; fail() writes it down
    std::int64_t expires_ms = 0;
};

// A failure, and which limit was hit: "" (none), "file_size", "wall_time", "cpu_time", "memory", "result_size".
struct Failure {
    models::Error error;
    std::string limit;
};

// Why a job goes back to the queue.
struct Setback {
    enum class Kind { temporary, death, stopped } kind = Kind::temporary;  // stopped: not the file's doing, not counted
    Failure failure;
    std::int64_t delay_ms = 0;  // not claimed again before
};

class Jobs {
  public:
    virtual ~Jobs() = default;

    // Content that is new makes a waiting job. Content that failed before waits again: a person who drops a file anew
    // wants it tried anew. The same claim name twice (a crash between accept and what follows) is one arrival.
    virtual models::Result<Accepted> accept(const Content& content, const Arrival& arrival) = 0;

    // A file that cannot even be spooled (too large): an arrival without a job, and the failure message.
    virtual models::Result<void> reject(const Arrival& arrival, const Failure& failure) = 0;

    // The oldest waiting job that is due, or one whose lease has run out. nullopt: nothing to do now.
    virtual models::Result<std::optional<Lease>> claim(std::int64_t lease_ms) = 0;

    // These return false, and change nothing, when the lease was lost to somebody else.
    virtual models::Result<bool> heartbeat(const Lease& lease, std::int64_t lease_ms) = 0;
    // `record`: an object with "id" and "report"; "revision" is set here to the highest of this id so far + 1.
    virtual models::Result<bool> finish(const Lease& lease, nlohmann::ordered_json record) = 0;
    virtual models::Result<bool> fail(const Lease& lease, const Failure& failure) = 0;
    virtual models::Result<bool> give_back(const Lease& lease, const Setback& setback) = 0;

    // Done or failed → waiting, counters at zero. false: no such job, or it is not at rest.
    virtual models::Result<bool> requeue(std::int64_t job) = 0;

    // At start, with no other daemon on this journal: running jobs wait again, and nobody keeps their lease. How many.
    virtual models::Result<int> recover() = 0;
};

struct StreamHead {
    std::string stream;       // 16 random bytes, drawn when the journal was made
    std::uint64_t first = 1;  // oldest message that is kept; head + 1 when none is
    std::uint64_t head = 0;   // newest
};

struct Message {
    std::uint64_t sequence = 0;
    std::string topic;
    std::string meta;  // JSON
    std::string body;  // JSON
};

struct Window {
    std::vector<Message> messages;
    std::uint64_t through = 0;  // all up to here that match the filter are in the window (or were before `from`)
    StreamHead head;
};

struct Consumer {
    std::string name;
    std::string filter;
    std::uint64_t acked = 0;
    std::uint64_t epoch = 0;
    std::int64_t seen_ms = 0;
};

struct Retention {
    std::int64_t acknowledged_ms = 0;    // messages older than this that every consumer has acknowledged go
    std::int64_t unacknowledged_ms = 0;  // messages older than this go in any case
};

class Outbox {
  public:
    virtual ~Outbox() = default;

    virtual models::Result<StreamHead> head() = 0;

    // Messages from `from` whose topic starts with `filter`, at most max_n and about max_bytes, but always at least one
    // if there is one. At a cost that does not depend on the length of the outbox, but for rows that are filtered out.
    virtual models::Result<Window> fetch(std::uint64_t from, std::size_t max_n, std::size_t max_bytes,
                                         const std::string& filter) = 0;

    // A session of a named consumer begins: its epoch grows, which fences the session before. `known_epoch` 0 is a new
    // session; otherwise the session goes on, and nullopt means that it was fenced. A new name starts at acked = first
    // - 1. The filter is remembered for show.
    virtual models::Result<std::optional<Consumer>> attach(const std::string& name, const std::string& filter,
                                                           std::uint64_t known_epoch) = 0;

    // false: fenced (the epoch is not the current one). Never goes back: a smaller sequence changes nothing.
    virtual models::Result<bool> acknowledge(const std::string& name, std::uint64_t epoch, std::uint64_t sequence) = 0;

    virtual models::Result<std::vector<Consumer>> consumers() = 0;

    // Removes messages from the front. How many.
    virtual models::Result<std::uint64_t> retain(const Retention& retention) = 0;
};

struct JobRow {
    std::int64_t id = 0;
    std::string sha256;
    std::uint64_t bytes = 0;
    JobState state = JobState::waiting;
    int attempts = 0;
    int deaths = 0;
    std::int64_t changed_ms = 0;
    std::string name;                // of the first arrival
    std::optional<Failure> failure;  // the last one
    std::optional<int> revision;     // of the record that this job made last
};

struct ArrivalRow {
    Arrival arrival;
    std::optional<std::int64_t> job;  // nullopt: rejected
    std::optional<Failure> failure;   // of the rejection
};

struct Counts {
    std::uint64_t waiting = 0, running = 0, done = 0, failed = 0;
    std::optional<std::int64_t> oldest_waiting_ms;  // unix time of its arrival
};

class Catalogue {
  public:
    virtual ~Catalogue() = default;
    virtual models::Result<Counts> counts() = 0;
    // Newest first.
    virtual models::Result<std::vector<JobRow>> list(std::optional<JobState> state, std::size_t max_n) = 0;
    virtual models::Result<std::optional<JobRow>> job(std::int64_t id) = 0;
    // By the beginning of the hash, newest first.
    virtual models::Result<std::vector<JobRow>> by_sha256(const std::string& prefix) = 0;
    // The record's JSON with the highest revision.
    virtual models::Result<std::optional<std::string>> record(const std::string& sha256) = 0;
    virtual models::Result<std::vector<ArrivalRow>> arrivals(std::int64_t job) = 0;
    virtual models::Result<std::optional<ArrivalRow>> arrival(const std::string& claim) = 0;
};

class Store {
  public:
    virtual ~Store() = default;
    virtual Jobs& jobs() = 0;
    virtual Outbox& outbox() = 0;
    virtual Catalogue& catalogue() = 0;
};

}  // namespace biaod::queue
