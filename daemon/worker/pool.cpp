#include "daemon/worker/pool.hpp"

#include <poll.h>

#include <algorithm>

namespace biaod::daemon {

using models::Result;

WorkerPool::WorkerPool(WorkerCommand command, const queue::Clock& clock)
    : command_(std::move(command)), clock_(clock) {}

Result<void> WorkerPool::start(std::int64_t key, const ReadRequest& request, const queue::Fd& document,
                               const std::string& sha256) {
    auto worker = WorkerProcess::start(command_, request, document, sha256, clock_.monotonic_ms());
    if (!worker) return tl::unexpected(worker.error());
    workers_.emplace(key, std::move(*worker));
    return {};
}

std::vector<FinishedWork> WorkerPool::wait(int timeout_ms, int wake_fd) {
    std::vector<pollfd> polled{{wake_fd, POLLIN, 0}};
    std::vector<std::int64_t> polled_keys;
    std::int64_t until = clock_.monotonic_ms() + timeout_ms;
    for (const auto& [key, worker] : workers_) {
        polled.push_back({worker.pipe(), POLLIN, 0});
        polled_keys.push_back(key);
        until = std::min(until, worker.deadline_ms());
    }
    const auto left = std::max<std::int64_t>(0, until - clock_.monotonic_ms());
    ::poll(polled.data(), polled.size(), static_cast<int>(left));

    std::vector<FinishedWork> finished;
    const std::int64_t now = clock_.monotonic_ms();
    for (std::size_t i = 0; i < polled_keys.size(); ++i) {
        const auto found = workers_.find(polled_keys[i]);
        const bool over = polled[i + 1].revents != 0 && !found->second.read(now);
        const bool late = !over && now >= found->second.deadline_ms();
        if (!over && !late) continue;
        finished.push_back({found->first, found->second.end(late, now)});
        workers_.erase(found);
    }
    return finished;
}

std::vector<std::int64_t> WorkerPool::keys() const {
    std::vector<std::int64_t> all;
    for (const auto& [key, worker] : workers_) all.push_back(key);
    return all;
}

const PipeProgress* WorkerPool::progress(std::int64_t key) const {
    const auto found = workers_.find(key);
    return found != workers_.end() && found->second.progress() ? &*found->second.progress() : nullptr;
}

void WorkerPool::kill_all() { workers_.clear(); }

}  // namespace biaod::daemon
