#include "daemon/housekeeping.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "daemon/log.hpp"

namespace biaod::daemon {
namespace {

bool is_needed(const std::vector<queue::JobRow>& jobs, std::int64_t keep_since_ms) {
    return std::any_of(jobs.begin(), jobs.end(), [&](const queue::JobRow& job) {
        const bool at_rest = job.state == queue::JobState::done || job.state == queue::JobState::failed;
        return !at_rest || job.changed_ms >= keep_since_ms;
    });
}

}  // namespace

void keep_house(const RetentionConfig& retention, queue::Store& store, queue::Spool& spool, const queue::Clock& clock) {
    const auto removed = store.outbox().retain({retention.acknowledged_ms, retention.unacknowledged_ms});
    if (!removed) spdlog::error("old messages cannot be removed: {}", shown(removed.error().reason));
    if (removed && *removed > 0) spdlog::info("{} old messages removed from the outbox", *removed);

    const auto copies = spool.list();
    if (!copies) {
        spdlog::error("{}", shown(copies.error().reason));
        return;
    }
    const std::int64_t keep_since_ms = clock.unix_ms() - retention.spool_ms;
    for (const std::string& sha256 : *copies) {
        const auto jobs = store.catalogue().by_sha256(sha256);
        if (!jobs || is_needed(*jobs, keep_since_ms)) continue;
        if (auto gone = spool.remove(sha256); !gone) spdlog::error("{}", shown(gone.error().reason));
    }
}

}  // namespace biaod::daemon
