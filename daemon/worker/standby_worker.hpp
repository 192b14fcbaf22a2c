// A worker that is started, prepared and locked down before anybody needs it: who asks then waits for the work alone.
//
// Its document comes as a copy in memory that is sealed before the worker may look at it, and cannot change under its
// eyes. It serves one request, like any worker. One thread; the thread that starts it must outlive it
// (process.hpp).
#pragma once

#include <cstdint>
#include <string>

#include "daemon/worker/process.hpp"

namespace biaod::daemon {

class StandbyWorker {
  public:
    // `like`: what requests to come have in common (languages, limits, a picture or a record).
    static models::Result<StandbyWorker> start(const WorkerCommand& command, const ReadRequest& like);

    // Whether it can be handed a document: it ends by itself when none has come for a quarter of an hour.
    bool waits() const;

    // The worker at its work. temporary: the document is larger than is worth a copy, or the worker is gone; a worker
    // of its own (WorkerProcess::start) does it then.
    static models::Result<WorkerProcess> hand_over(StandbyWorker worker, const ReadRequest& request,
                                                   const queue::Fd& document, const std::string& sha256,
                                                   std::int64_t now_ms);

  private:
    StandbyWorker(WorkerProcess process, queue::Fd input, queue::Fd document);

    WorkerProcess process_;
    queue::Fd input_;     // the end that is written to
    queue::Fd document_;  // in memory, empty until it is handed over
};

}  // namespace biaod::daemon
