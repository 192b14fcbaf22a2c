// The journal in one SQLite file: for one host, the default. The schema is described in sqlite_schema.hpp.
#pragma once

#include <memory>
#include <string>

#include "queue/store.hpp"
#include "queue/system.hpp"

namespace biaod::queue {

struct SqliteOptions {
    std::string path;
    // Results of one pipeline version replace each other by revision; a job is unique by content and this version.
    std::string pipeline_version;
    // Look through the whole file first, when it was not closed well: a damaged journal is refused at the start and not
    // in the middle of the work. For the first who opens it.
    bool examine = false;
};

// Opens, creates or migrates. Clock and Random must outlive the store. config: not a journal, or a damaged one.
models::Result<std::unique_ptr<Store>> open_sqlite_store(const SqliteOptions& options, const Clock& clock,
                                                         Random& random);

// For `status`, `list` and `show` beside a running daemon: writes fail. Needs no permission to write but for SQLite's
// own -shm file. config when there is no journal.
models::Result<std::unique_ptr<Store>> open_sqlite_store_read_only(const std::string& path, const Clock& clock);

}  // namespace biaod::queue
