// The worker's side: `biaod worker`, started by the daemon and by `parse`, never by hand.
#pragma once

#include "daemon/worker/document_worker.hpp"

namespace biaod::daemon {

// Reads the request, prepares the reader, reads the document on descriptor 3, writes frames to descriptor 4, and ends
// the process: 0 when the verdict (record or failure) was delivered. A request is a line; one that says `stand_by` is
// followed by the one to answer, when its document is there (standby_worker.hpp). Who waits for it in vain ends by
// itself.
//
// SECURITY: the order is fixed: request (ours), models (ours), the sandbox closes (sandbox.hpp), the request that was
// waited for (ours), document (not ours). Nothing before that point may look at the document.
[[noreturn]] void worker_main(const PrepareReader& prepare);

}  // namespace biaod::daemon
