// The worker processes that run now: one poll for all their pipes and deadlines. Used by the daemon's supervisor and by
// `biaod parse`. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "daemon/worker/process.hpp"
#include "queue/system.hpp"

namespace biaod::daemon {

struct FinishedWork {
    std::int64_t key = 0;
    Outcome outcome;
};

class WorkerPool {
  public:
    WorkerPool(WorkerCommand command, const queue::Clock& clock);

    models::Result<void> start(std::int64_t key, const ReadRequest& request, const queue::Fd& document,
                               const std::string& sha256);

    // Waits at most timeout_ms for something to happen, also on `wake_fd` (-1: none). Who has finished.
    std::vector<FinishedWork> wait(int timeout_ms, int wake_fd);

    std::size_t running() const { return workers_.size(); }
    std::vector<std::int64_t> keys() const;
    const PipeProgress* progress(std::int64_t key) const;  // null: not known
    void kill_all();

  private:
    WorkerCommand command_;
    const queue::Clock& clock_;
    std::map<std::int64_t, WorkerProcess> workers_;
};

}  // namespace biaod::daemon
