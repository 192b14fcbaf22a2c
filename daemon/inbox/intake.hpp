// From a file in the inbox to an accepted job: settle, claim, spool, accept.
//
//   seen       a candidate; claimed when two looks, settle_ms apart by our own clock, are equal (an empty file:
//   empty_ms,
//              because most empty files are about to be written)
//   claimed    renamed into the claim folder (folders.hpp); spooled when it has settled there, too: a writer may
//              still hold the file open, and then the copy is made anew
//   accepted   journal row; the original waits in the claim folder for its job to be at rest
//
// A file is never lost: before the rename it is in the inbox, after it in the claim folder, where recover() finds it,
// and its copy is on disk before the journal knows it. What the disk refuses is tried again, for ever.
// Low disk stops claiming and copying: the inbox is the buffer.
//
// One thread. SECURITY: see folders.hpp; what is no regular file is passed over.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <set>
#include <string>

#include "daemon/config.hpp"
#include "daemon/inbox/folders.hpp"
#include "daemon/inbox/put_away.hpp"
#include "daemon/inbox/watch.hpp"
#include "queue/spool.hpp"
#include "queue/store.hpp"
#include "queue/system.hpp"

namespace biaod::daemon {

// ".x", "~$x", "x.part", "x.tmp", "x.crdownload" (in any case): what is being written or is not a document.
bool is_skipped(const std::string& name);

class Intake {
  public:
    struct Parts {
        const InboxFolders& folders;
        queue::Spool& spool;
        queue::Store& store;
        PutAway& put_away;
        const queue::Clock& clock;
        queue::Random& random;
    };
    // `accepted` is called after a job was accepted that waits for a worker.
    Intake(const IntakeConfig& config, const Parts& parts, std::function<void()> accepted);

    // At start: takes up what an earlier run left in the claim folder.
    void recover();

    // One bounded piece of work: hints, rescan when due, looks, claims, copies. Returns in how many ms to call again
    // (0: there is more to do at once).
    std::int64_t round();

    int watch_fd() const { return watch_.fd(); }
    const std::string& paused() const { return paused_; }  // why nothing is taken in; empty: all is well
    std::size_t waiting() const { return candidates_.size() + claimed_.size(); }  // seen and not yet accepted

  private:
    struct Candidate {
        RelativePath path;
        queue::FileLook look;
        std::int64_t since_ms = 0;  // of this look
    };
    struct Claimed {
        std::string claim;
        RelativePath path;
        std::int64_t due_ms = 0;  // not tried before
        std::int64_t received_ms = 0;
        int refusals = 0;  // by the disk or the journal, so far
    };

    void take_hints();
    void rescan();
    void see(const FoundFile& file);
    bool enter(const RelativePath& folder);
    void look_again();
    void claim(const Candidate& candidate);
    void spool_claimed();
    bool spool_one(Claimed& claimed);  // true: it is out of our hands
    bool postpone(const std::string& doing, Claimed& claimed, const models::Error& error);
    bool enough_disk();
    std::int64_t next_due() const;

    IntakeConfig config_;
    Parts parts_;
    std::function<void()> accepted_;
    InboxWatch watch_;
    std::map<std::string, Candidate> candidates_;  // by joined path
    std::list<Claimed> claimed_;                   // in the order of claiming
    std::set<std::string> passed_over_;            // told once
    std::string paused_;
    std::int64_t rescan_due_ms_ = 0;
    int budget_ = 0;  // files that this round may still claim or copy
    bool watch_trouble_ = false;
};

}  // namespace biaod::daemon
