// The worker's side: `biaod worker`, started by the daemon and by `parse`, never by hand.
#pragma once

#include "daemon/document_worker.hpp"

namespace biaod::daemon {

// Reads the request, prepares the reader, reads the document on descriptor 3, writes frames to descriptor 4. 0 when the
// verdict (record or failure) was delivered.
//
// SECURITY: the order is fixed: request (ours), models (ours), the sandbox closes (sandbox.hpp), document (not ours).
// Nothing before that point may look at the document.
int worker_main(const PrepareReader& prepare);

}  // namespace biaod::daemon
