// Named places at which a test can let the process die, as if it were killed from outside just then.
//
// They are compiled into every build, so that what is tested is what runs. They do nothing unless the environment
// variable BIAOD_CRASH_AT names one when the process starts: "spool.synced", or "spool.synced:3" for the third pass.
// The name stands in a table below; tests/daemon/crash_test.cpp kills the daemon at each.
//
// SECURITY: who can set the daemon's environment can kill it anyway. Workers get an environment of their own.
#pragma once

#include <array>
#include <string_view>

namespace biaod::queue {

inline constexpr std::array<std::string_view, 23> crash_points{
    "schema.mid_migration",      // tables made, not committed
    "intake.claimed",            // renamed into the claim folder
    "spool.mid_copy",            // some bytes are in spool/tmp
    "spool.synced",              // the copy is on disk, under its temporary name
    "spool.renamed",             // under its hash, the folder not synced
    "intake.before_accept",      // spooled, not in the journal
    "store.accept_uncommitted",  // in the transaction
    "intake.after_accept",       // in the journal
    "intake.after_reject",       // a refused file's row is written, the file not moved
    "supervisor.claimed",        // leased, no worker yet
    "supervisor.started",        // the worker runs
    "worker.progress",           // the worker is between pages
    "supervisor.result",         // the result was received
    "supervisor.before_finish",  // and will be written
    "store.finish_uncommitted",  // record, message and state in the transaction
    "supervisor.after_finish",   // committed; nobody was told
    "bus.published",             // PUB has sent it
    "bus.before_ack",            // ACK received
    "bus.after_ack",             // ACK on disk, ACKED not sent
    "put_away.before_move",      // at rest, the original still claimed
    "put_away.reason_written",   // the reason stands in failed/, the original not yet
    "put_away.moved",            // moved, the claim folder not removed
    "store.retain_uncommitted",  // old messages removed in the transaction
};

// Passed only when a figure is corrected on the page.
inline constexpr std::array<std::string_view, 2> correction_crash_points{
    "store.revise_uncommitted",  // the new revision and its message in the transaction
    "corrections.committed",     // on disk; neither the bus nor the clerk was told
};

// Dies by SIGKILL when this pass is the one that was asked for. `name` is one of the tables'. Any thread.
void crash_point(std::string_view name);

}  // namespace biaod::queue
