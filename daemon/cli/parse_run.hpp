// The work of `biaod parse`: a pool of worker processes over a list of files.
//
// Output, in the order of the files: a record a line; for a file that failed one line on the error stream, "name: page
// N: reason (stage, kind)", and with `failures` its biaod.failure/1 on the output. A worker that dies fails its file
// only.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace biaod::daemon {

struct ParseOptions {
    std::vector<std::string> files;
    int jobs = 1;
    bool failures = false;
    std::string overlay_dir;  // empty: none
    std::string languages = "chi_sim";
    bool sandbox_debug = false;
};

// `worker`: program and arguments of a worker process. Returns the exit code.
int run_parse(const ParseOptions& options, const std::vector<std::string>& worker, std::ostream& out,
              std::ostream& err);

}  // namespace biaod::daemon
