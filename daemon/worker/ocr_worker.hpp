// The product's reader: ocr::read_document behind the daemon's interface.
#pragma once

#include "daemon/worker/document_worker.hpp"

namespace biaod::daemon {

// A PrepareReader.
models::Result<PreparedReader> prepare_ocr(const ReadRequest& request);

}  // namespace biaod::daemon
