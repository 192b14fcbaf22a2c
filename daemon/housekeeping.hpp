// What is removed in time: messages that were kept long enough, and spooled copies of documents at rest.
#pragma once

#include "daemon/config.hpp"
#include "queue/spool.hpp"
#include "queue/store.hpp"
#include "queue/system.hpp"

namespace biaod::daemon {

// At start and then each hour, in the thread that spools: a copy without a job is what a crash left between the copy
// and the journal (the original is still claimed), and goes. Trouble is logged and left for the next time.
void keep_house(const RetentionConfig& retention, queue::Store& store, queue::Spool& spool, const queue::Clock& clock);

}  // namespace biaod::daemon
