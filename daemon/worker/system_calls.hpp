// The system calls that a worker may make once it is locked down (libseccomp). Used by sandbox.cpp only.
#pragma once

#include "models/error.hpp"

namespace biaod::daemon {

enum class FileCalls {
    none,   // opening a file is answered with EACCES
    read,   // opening for reading reaches the kernel (and its Landlock)
    write,  // so do opening for writing and making
};

// What is not on the list kills the process; `debug`: it is named first (sandbox.hpp). Holds for all threads, sets
// no_new_privs. Errors: internal.
models::Result<void> restrict_system_calls(FileCalls files, bool debug);

}  // namespace biaod::daemon
