// Pictures of pages for the review page: drawn by a sandboxed worker, kept for those who look at the next value.
//
// A page is drawn at 200 dpi or less, so that a cell's picture can be enlarged out of it: crops cost nothing more. Kept
// in memory, the oldest go first. Two workers at a time; who asks for a page that is being drawn waits for it. A worker
// that waits for the next page spares its start, which costs as much as the drawing.
// (Rejected: cutting crops here. It would have to decode what the worker sent, which is untrusted; browsers are made
// for untrusted pictures.)
//
// SECURITY: the worker's bytes are capped and must begin as a JPEG; they are never decoded here. Any thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "daemon/config.hpp"
#include "daemon/standby_worker.hpp"
#include "daemon/worker_process.hpp"
#include "models/record.hpp"
#include "queue/spool.hpp"
#include "queue/system.hpp"

namespace biaod::daemon {

class PagePictures {
  public:
    using Picture = std::shared_ptr<const std::string>;  // JPEG

    // The spool must outlive it. Once `stopping` is set, nothing is drawn any more.
    PagePictures(const Config& config, queue::Spool& spool, const queue::Clock& clock,
                 const std::atomic<bool>& stopping);

    // Somebody looks at documents: pictures will be asked for.
    void get_ready();

    // Errors: bad_input (the page cannot be drawn, or its copy is not in the spool any more), temporary.
    models::Result<Picture> picture(const std::string& sha256, const models::Page& page);

  private:
    using Key = std::pair<std::string, int>;
    models::Result<Picture> draw(const std::string& sha256, const models::Page& page);
    models::Result<WorkerProcess> start_worker(const ReadRequest& request, const queue::Fd& document,
                                               const std::string& sha256);
    void keep(const Key& key, const Picture& picture);

    WorkerCommand command_;
    ReadRequest request_;
    queue::Spool& spool_;
    const queue::Clock& clock_;
    const std::atomic<bool>& stopping_;
    std::mutex mutex_;
    std::unique_ptr<StandbyWorker> ready_;
    std::condition_variable drawn_;
    std::set<Key> being_drawn_;
    std::map<Key, Picture> kept_;
    std::list<Key> used_;  // longest ago first
    std::size_t bytes_ = 0;
};

}  // namespace biaod::daemon
