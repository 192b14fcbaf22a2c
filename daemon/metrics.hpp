// What monitoring is told: counters of this process, and the state of the journal, in Prometheus' text format (0.0.4).
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "queue/store.hpp"
#include "queue/system.hpp"

namespace biaod::daemon {

// Counted since the daemon started, by the supervisor's thread; read by any.
struct WorkCounters {
    std::atomic<std::uint64_t> complete = 0, needs_review = 0, partial = 0;  // records by their status
    std::atomic<std::uint64_t> failed = 0, deaths = 0, temporary = 0;
    std::atomic<std::uint64_t> waited_ms = 0;  // from arrival to the first claim, summed over first claims
    std::atomic<std::uint64_t> read_ms = 0;    // by workers, summed over ends
    std::atomic<std::uint64_t> write_ms = 0;   // verdicts into the journal
    std::atomic<std::uint64_t> first_claims = 0, ends = 0, writes = 0;
};

// What the journal says, at one time.
struct JournalState {
    queue::Counts counts;
    queue::StreamHead head;
    std::vector<queue::Consumer> consumers;
};
models::Result<JournalState> read_journal_state(queue::Store& store);

// Consumer names are escaped as labels are. `paused`: why nothing is taken in; empty: all is well.
std::string metrics_text(const WorkCounters& counters, const JournalState& state, std::size_t in_inbox,
                         const std::string& paused, const queue::Clock& clock);

}  // namespace biaod::daemon
