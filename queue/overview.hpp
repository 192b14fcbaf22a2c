// The journal's face for lists: one row for each content and each refused file, filtered, sorted and cut into pages.
//
// The rules for all faces (threads, errors, durability) are in store.hpp. A list reads no record: what it shows stands
// in columns of its own, so that a page of 5,000 documents costs milliseconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/error.hpp"
#include "queue/jobs.hpp"

namespace biaod::queue {

struct DocumentRow {
    std::optional<std::int64_t> job;  // nullopt: refused before it had a hash
    std::string sha256;
    std::string name;  // of the first arrival: bytes
    std::vector<std::string> labels;
    JobState state = JobState::waiting;
    std::int64_t received_ms = 0, changed_ms = 0;
    std::optional<Failure> failure;
    // From the newest record; empty without one.
    std::optional<int> revision, year;
    std::string type, form, unit, title, status;
    int flags = 0, failing = 0;  // review items; checks that fail
};

enum class DocumentOrder { changed, received, name, unit, year, form, state, flags };

struct DocumentQuery {
    std::string search;  // part of name, unit or title
    std::string state;   // "", or "waiting", "running", "done", "failed", "flagged" (done, with something to review)
    std::optional<int> year;
    std::string form;
    DocumentOrder order = DocumentOrder::changed;
    bool descending = true;
    std::size_t offset = 0, count = 50;
};

struct DocumentPage {
    std::vector<DocumentRow> rows;
    std::uint64_t total = 0;  // that match
};

// What there is to filter by.
struct Choices {
    std::vector<int> years;  // newest first
    std::vector<std::string> forms;
    std::uint64_t flagged = 0;  // documents with something to review
};

class Overview {
  public:
    virtual ~Overview() = default;
    virtual models::Result<DocumentPage> documents(const DocumentQuery& query) = 0;
    virtual models::Result<Choices> choices() = 0;
};

}  // namespace biaod::queue
