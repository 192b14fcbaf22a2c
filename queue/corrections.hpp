// The journal's face for people's revisions of a record.
//
// The rules for all faces (threads, errors, durability) are in store.hpp. What may be changed, and what follows from
// it, is decided in models/corrections.hpp.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "models/error.hpp"

namespace biaod::queue {

class Corrections {
  public:
    virtual ~Corrections() = default;

    // Writes `record` as revision expected + 1 and gives it a sequence number, in one transaction. false, and nothing
    // is changed, when the newest revision is not `expected`: somebody else was faster, or the file was read again.
    virtual models::Result<bool> revise(const std::string& sha256, int expected, nlohmann::ordered_json record) = 0;

    // The JSON of one revision.
    virtual models::Result<std::optional<std::string>> revision(const std::string& sha256, int revision) = 0;
};

}  // namespace biaod::queue
