// Gives files that nobody should have to read to the real daemon with its real reader, and accounts for each.
// Shared by the test and by biaod-bad-input.
#pragma once

#include <string>
#include <vector>

namespace biaod::tests {

struct BadFile {
    std::string path;  // below the inbox; its first folder is its kind
    std::string content;
};

struct BadOutcome {
    std::string path;
    std::string end;     // the record's status; or the failure's kind; "" when the file is not accounted for
    std::string stage;   // of a failure
    std::string limit;   // that was hit
    std::string reason;  // of a failure
    int page = 0;        // of a failure; 0: none
    int pages = 0;       // of a record
    int deaths = 0;      // of workers
    bool failed = false;
};

// One reading of a file, as the daemon's log tells it.
struct BadAttempt {
    std::string name;  // of the file, without its folder
    double seconds = 0;
    int peak_mib = 0;
};

struct BadRun {
    std::vector<BadOutcome> outcomes;  // in the order of the files
    std::vector<BadAttempt> attempts;  // the good documents' too
    std::vector<std::string> faults;   // sentences; empty: every file ended as it should, the daemon stayed up
    int good = 0;                      // good documents, before, among and after the bad ones, that became records
    double seconds = 0;
};

// `program`: biaod. A good document is dropped after each `every` bad ones and at both ends; files wait in this order.
BadRun feed_bad_files(const std::string& program, const std::vector<BadFile>& files, int every, double patience_s);

// Kinds of files down, ends across, with sums; then failures by stage, kind and limit; then the longest and the largest
// attempts.
std::string table_of(const BadRun& run);

}  // namespace biaod::tests
