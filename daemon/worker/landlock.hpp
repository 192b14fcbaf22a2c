// Landlock by its system calls: Debian 12's C library has no functions for it. Used by sandbox.cpp only.
//
// Source: Documentation/userspace-api/landlock.rst of the Linux kernel, ABI 1 to 6.
#pragma once

#include <string>
#include <vector>

#include "models/error.hpp"

namespace biaod::daemon {

// 0: the kernel has none, or it is switched off.
int landlock_abi();

// From now on this thread and its children can open files below `readable` for reading and below `writable` for
// reading, writing and making; nothing else. Folders that do not exist are left out. Needs no_new_privs.
// Errors: internal.
models::Result<void> restrict_paths(int abi, const std::vector<std::string>& readable,
                                    const std::vector<std::string>& writable);

}  // namespace biaod::daemon
