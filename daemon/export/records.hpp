// Where `biaod export` finds its records: files of NDJSON as `biaod parse` writes them, or the journal.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "models/error.hpp"
#include "models/record.hpp"

namespace biaod::daemon {

struct RecordSource {
    std::vector<std::string> files;  // "-" is standard input; none: the journal of `config`
    std::string config;
    std::vector<std::string> ids;  // as find_job() takes them; in files, 8 or more digits of the hash; none: all
};

// Calls `take` with each document once, in its highest revision, oldest first. A line that is no record, a failure that
// stands among them and an id that is not there are complained about on `errors`. Returns how many of these there were;
// an Error when the source as a whole cannot be read.
models::Result<int> for_each_record(const RecordSource& source, std::istream& standard_input, std::ostream& errors,
                                    const std::function<void(const models::Record&)>& take);

}  // namespace biaod::daemon
