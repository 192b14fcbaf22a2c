// The journal's face for people: what is known of jobs, arrivals and records. Changes nothing.
//
// The rules for all faces (threads, errors, durability) are in store.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/error.hpp"
#include "queue/jobs.hpp"

namespace biaod::queue {

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

}  // namespace biaod::queue
