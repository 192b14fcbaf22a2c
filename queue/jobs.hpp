// The journal's face for intake and supervisor: jobs, arrivals, leases, and the transactions that end a job.
//
// The rules for all faces (threads, errors, durability) are in store.hpp.
#pragma once

#include <cstdint>
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
    // `record`: an object with "id" and "report"; "revision" is set here to the highest of this id so far + 1, and the
    // history of corrections is carried on (models/correction_history.hpp).
    virtual models::Result<bool> finish(const Lease& lease, nlohmann::ordered_json record) = 0;
    virtual models::Result<bool> fail(const Lease& lease, const Failure& failure) = 0;
    virtual models::Result<bool> give_back(const Lease& lease, const Setback& setback) = 0;

    // Done or failed → waiting, counters at zero. false: no such job, or it is not at rest.
    virtual models::Result<bool> requeue(std::int64_t job) = 0;

    // At start, with no other daemon on this journal: running jobs wait again, and nobody keeps their lease. How many.
    virtual models::Result<int> recover() = 0;
};

}  // namespace biaod::queue
