// Moves claimed originals to where people look for them: done/, or failed/ with a reason beside it. One thread.
//
// The journal decides and is read each time, so that a crash between the journal's commit and the move only means that
// the move is made at the next start. A name that is taken gets a suffix: "report.pdf" becomes "report~2.pdf". The
// reason stands before the original moves: a file in failed/ without a reason does not occur.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "daemon/inbox/folders.hpp"
#include "queue/store.hpp"
#include "queue/system.hpp"

namespace biaod::daemon {

// Files directly in the claim folder that begin so are reasons half written.
inline constexpr const char* reason_draft_prefix = "reason-";

class PutAway {
  public:
    PutAway(const InboxFolders& folders, queue::Catalogue& catalogue, queue::Random& random);

    // All originals of a job that is at rest. false: one could not be moved now, call again later.
    bool job(std::int64_t job);

    // One claimed original, whatever its job's state: "" when it was moved or must stay (its job is not at rest);
    // otherwise what is in the way. `known` tells whether the journal has this claim at all.
    std::string claim(const std::string& claim, bool& known);

    // The original in a claim folder, nullopt when there is none.
    std::optional<RelativePath> original(const std::string& claim) const;

  private:
    std::string move(const queue::ArrivalRow& arrival, const std::optional<queue::JobRow>& job);
    models::Result<void> move_to(int target_root, const RelativePath& path, const std::string& claim,
                                 const nlohmann::ordered_json* reason);
    bool is_reason_of(int folder, const std::string& name, const std::string& claim) const;
    models::Result<void> write_reason(int folder, const std::string& name, const nlohmann::ordered_json& reason);

    const InboxFolders& folders_;
    queue::Catalogue& catalogue_;
    queue::Random& random_;
};

// The file name with "~<n>" before its extension, at most 255 bytes. n = 1: the name itself.
std::string numbered_name(const std::string& name, int n);
// "<name>.reason.json", at most 255 bytes: the end of a longer name is replaced by a hash of it.
std::string reason_name(const std::string& name);

}  // namespace biaod::daemon
