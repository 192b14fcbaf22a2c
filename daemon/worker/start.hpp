// fork and exec of a worker: what happens between the two. Used by process.cpp only.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "models/error.hpp"

namespace biaod::daemon {

struct ChildPlan {
    std::vector<std::string> arguments;
    int standard_input = -1;  // becomes 0
    int document = -1;        // becomes 3
    int result = -1;          // becomes 4
    std::uint64_t memory_bytes = 0;
    std::uint64_t cpu_seconds = 0;
    bool quiet = true;  // standard output and error lead nowhere
};

// Everything that allocates is done before the fork: this process has threads, and the child may only make
// async-signal-safe calls. The environment is OMP_THREAD_LIMIT, GLIBC_TUNABLES, and LANG and TESSDATA_PREFIX where this
// process has them. A program that cannot be executed shows as exit code 127.
//
// SECURITY: what libraries print may be the document's words; it must not reach the log, where a line can be forged.
models::Result<pid_t> start_child(const ChildPlan& plan);

}  // namespace biaod::daemon
