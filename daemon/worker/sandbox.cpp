#include "daemon/worker/sandbox.hpp"

#include <dirent.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "daemon/worker/landlock.hpp"
#include "daemon/worker/system_calls.hpp"

namespace biaod::daemon {

using models::ErrorKind;
using models::Result;

namespace {

constexpr int thread_ends_within_ms = 1000;
constexpr rlim_t open_files = 64;  // a document's fonts, three at a time; nothing here holds descriptors

int count_threads() {
    const std::unique_ptr<DIR, int (*)(DIR*)> tasks(::opendir("/proc/self/task"), ::closedir);
    int count = 0;
    while (const dirent* entry = tasks ? ::readdir(tasks.get()) : nullptr) count += entry->d_name[0] != '.';
    return count;
}

// Landlock closes over the calling thread only: another one would keep its rights. One that was joined is still counted
// for a moment.
bool is_single_threaded() {
    for (int waited_ms = 0; count_threads() != 1; ++waited_ms) {
        if (waited_ms == thread_ends_within_ms) return false;
        ::usleep(1000);
    }
    return true;
}

bool limit(__rlimit_resource resource, rlim_t value) {
    struct rlimit both {};
    if (::getrlimit(resource, &both) != 0) return false;
    both.rlim_cur = both.rlim_max = std::min(value, both.rlim_max);
    return ::setrlimit(resource, &both) == 0;
}

}  // namespace

int landlock_version() { return landlock_abi(); }

bool sandbox_is_built_in() {
#ifdef __SANITIZE_ADDRESS__
    return false;
#else
    return true;
#endif
}

Result<void> lock_down(const SandboxPlan& plan) {
    if (!sandbox_is_built_in()) return {};
    if (!is_single_threaded()) {
        return models::fail(ErrorKind::internal, "sandbox", "a thread was started before the sandbox was closed");
    }
    const bool writes = !plan.writable.empty();
    const int abi = landlock_abi();
    if (writes && abi == 0) {
        return models::fail(ErrorKind::config, "sandbox", "pictures can be written on a kernel with Landlock only");
    }
    if (!limit(RLIMIT_NOFILE, open_files) || (!writes && !plan.debug && !limit(RLIMIT_FSIZE, 0))) {
        return models::fail(ErrorKind::internal, "sandbox", "the limits cannot be set");
    }
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
        return models::fail(ErrorKind::internal, "sandbox", "privileges cannot be given up");
    }
    if (abi > 0) {
        if (auto restricted = restrict_paths(abi, plan.readable, plan.writable); !restricted) return restricted;
    }
    FileCalls files = abi > 0 && !plan.readable.empty() ? FileCalls::read : FileCalls::none;
    if (writes) files = FileCalls::write;
    return restrict_system_calls(files, plan.debug);
}

}  // namespace biaod::daemon
