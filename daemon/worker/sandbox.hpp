// Locks this process down before it touches an untrusted document. Called once, by the worker, with one thread running.
//
// Two layers, because each sees what the other cannot:
//   Landlock   paths: nothing can be opened but what stands below the plan's folders (kernel 5.13, a default of Debian
//              12). TCP and signals to others are refused, too, where the kernel's Landlock knows them.
//   seccomp    system calls: an allow-list; anything else kills the process (SIGSYS). Calls that take a path are not
//              killed but answered with EACCES, since libraries ask for files (fonts, time zones) and do well without.
//
// Decision: what can be loaded before is loaded before (models, the index of fonts, Poppler's list of encodings). Fonts
// that a PDF names without embedding, and the CMaps of such fonts, are hundreds of MB of which a document needs two or
// three: their folders stay readable through Landlock. On a kernel without Landlock nothing can be opened at all: such
// documents then lose those fonts, and their text is read from what was drawn or is flagged.
// Rejected: a mount namespace (needs privileges or user namespaces, which the unit forbids); a helper process that
// opens files on request (one more parser of untrusted bytes).
//
// SECURITY: without the system call filter no document is read. There is no setting that turns it off.
#pragma once

#include <string>
#include <vector>

#include "models/error.hpp"

namespace biaod::daemon {

struct SandboxPlan {
    std::vector<std::string> readable;  // absolute paths of folders whose files may be opened for reading
    std::vector<std::string>
        writable;  // folders in which files may be made (`parse --overlay`); refused without Landlock
    // A refused system call is named on standard error and in a failure frame (pipe.hpp) before the process
    // ends, in place of the bare kill.
    bool debug = false;
};

// The version of Landlock that the kernel offers; 0: none.
int landlock_version();

// False in a build with AddressSanitizer, whose runtime needs files and system calls of its own: there lock_down() does
// nothing.
bool sandbox_is_built_in();

// Errors: internal (the kernel has no seccomp, more than one thread runs, a limit cannot be set). Nothing may be read
// then. Cannot be undone.
models::Result<void> lock_down(const SandboxPlan& plan);

}  // namespace biaod::daemon
