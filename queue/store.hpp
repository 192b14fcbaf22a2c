// The journal: what was accepted, what became of it, and what is to be published.
//
// A store has five faces: Jobs (the life of a file), Outbox (the numbered messages and who has them), Catalogue and
// Overview (reading for people) and Corrections (people's revisions). All promises of the design rest on single
// transactions here:
//   accept   job (unique by content and pipeline version) and arrival
//   finish   record with its revision, outbox sequence number, job done
//   revise   record with its revision, outbox sequence number
//   fail     outbox sequence number of the failure message, job failed
// A function that returns without an Error has its change on disk.
//
// Sequence numbers come from one locked head row and are committed with their message: 1, 2, 3, ... without a gap, and
// a reader that sees n has seen all below n. (Rejected: a database sequence or AUTOINCREMENT alone; numbers that are
// drawn before the commit become visible out of order, and a tailing reader skips rows.)
//
// A store object belongs to one thread at a time; each thread opens its own on the same journal. Several processes may
// have it open. Implementations: SqliteStore (one host). The interface asks nothing that PostgreSQL could not do for
// several hosts: claim() takes a row that nobody holds, leases expire by the store's clock, fencing tokens only grow.
//
// Errors: temporary (locked, disk full), config (not our journal, newer version), internal (damaged, our own fault).
#pragma once

#include "queue/catalogue.hpp"
#include "queue/corrections.hpp"
#include "queue/jobs.hpp"
#include "queue/outbox.hpp"
#include "queue/overview.hpp"

namespace biaod::queue {

class Store {
  public:
    virtual ~Store() = default;
    virtual Jobs& jobs() = 0;
    virtual Outbox& outbox() = 0;
    virtual Catalogue& catalogue() = 0;
    virtual Overview& overview() = 0;
    virtual Corrections& corrections() = 0;
};

}  // namespace biaod::queue
