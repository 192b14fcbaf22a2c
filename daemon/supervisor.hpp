// Takes jobs from the journal, gives each to a worker process, and writes down what came of it.
//
// One thread of its own owns the pool, its Store, and the leases. Verdicts:
//   record                              finish
//   bad_input, unsupported, internal    fail: reading it again would end the same way
//   temporary, config                   back to the queue with a growing delay; fail after `attempts`
//   death of the worker                 back to the queue; fail (internal) after `deaths`
// A verdict that the journal cannot take now (disk full, locked) is kept, with its lease, and tried again.
// stop() lets running documents finish for a while, then kills their workers and hands the jobs back.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "daemon/config.hpp"
#include "daemon/metrics.hpp"
#include "daemon/worker/pool.hpp"
#include "queue/spool.hpp"
#include "queue/store.hpp"

namespace biaod::daemon {

// A document that is being read; no pages while their number is not known.
struct RunningDocument {
    std::int64_t job = 0;
    std::uint32_t pages_done = 0, pages_total = 0;
};

class Supervisor {
  public:
    // `at_rest` is called from the supervisor's thread after a job became done or failed.
    using AtRest = std::function<void(std::int64_t job)>;

    // The spool must outlive the supervisor.
    Supervisor(const Config& config, std::unique_ptr<queue::Store> store, queue::Spool& spool,
               const queue::Clock& clock, AtRest at_rest);
    ~Supervisor();

    void wake();  // there may be new jobs. Any thread
    void stop();  // returns when nothing runs any more

    const WorkCounters& counters() const { return counters_; }  // any thread
    std::uint64_t rounds() const { return rounds_; }            // grows at least once a second. Any thread
    std::size_t running() const { return running_; }            // documents. Any thread
    std::vector<RunningDocument> documents() const;             // at most a second old. Any thread

  private:
    struct Work {
        queue::Lease lease;
        std::int64_t beat_ms = 0;   // monotonic time of the next heartbeat
        std::int64_t begun_ms = 0;  // monotonic
        bool judged = false;
        Outcome outcome;
    };

    void run();
    bool start_one();  // false: nothing to do now
    void begin(const queue::Lease& lease);
    void judge(Work& work);
    models::Result<bool> write_verdict(const Work& work);
    models::Result<bool> write_setback(const Work& work);
    std::int64_t delay_after(int times) const;
    void tell_progress();
    void write_verdicts();
    void count(const Work& work, std::int64_t written_ms);
    void beat();
    void hand_back();

    Config config_;
    std::unique_ptr<queue::Store> store_;
    queue::Spool& spool_;
    const queue::Clock& clock_;
    AtRest at_rest_;
    WorkCounters counters_;
    std::size_t slots_;
    WorkerPool pool_;
    std::map<std::int64_t, Work> work_;  // by job
    queue::Fd wake_;
    std::atomic<bool> stop_ = false;
    std::atomic<std::uint64_t> rounds_ = 0;
    std::atomic<std::size_t> running_ = 0;
    mutable std::mutex documents_mutex_;
    std::vector<RunningDocument> documents_;
    bool claim_trouble_ = false;
    std::thread thread_;
};

// From the configuration: what `run` starts for each document.
WorkerCommand worker_command(const Config& config);
// Limits and languages from the configuration; the rest is the caller's.
ReadRequest base_request(const Config& config);

}  // namespace biaod::daemon
