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
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "daemon/config.hpp"
#include "daemon/worker/process.hpp"
#include "daemon/worker/standby_worker.hpp"
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
    PagePictures(const PagePictures&) = delete;
    PagePictures& operator=(const PagePictures&) = delete;
    ~PagePictures();

    // Somebody looks at documents, or at this one: pictures will be asked for, most likely these.
    void get_ready();
    void get_ready(const std::string& sha256, const std::vector<models::Page>& pages);

    // Errors: bad_input (the page cannot be drawn, or its copy is not in the spool any more), temporary.
    models::Result<Picture> picture(const std::string& sha256, const models::Page& page);

  private:
    using Key = std::pair<std::string, int>;
    models::Result<Picture> draw(const std::string& sha256, const models::Page& page);
    models::Result<WorkerProcess> start_worker(const ReadRequest& request, const queue::Fd& document,
                                               const std::string& sha256);
    void work_ahead();
    void stand_by();
    void keep(const Key& key, const Picture& picture);

    WorkerCommand command_;
    ReadRequest request_;
    queue::Spool& spool_;
    const queue::Clock& clock_;
    const std::atomic<bool>& stopping_;
    std::mutex mutex_;
    std::unique_ptr<StandbyWorker> ready_;
    std::condition_variable drawn_, asked_;
    std::set<Key> being_drawn_;
    std::map<Key, Picture> kept_;
    std::list<Key> used_;  // longest ago first
    std::size_t bytes_ = 0;
    bool wanted_ = false, closing_ = false;                   // what the thread below is to do
    std::deque<std::pair<std::string, models::Page>> ahead_;  // and to draw
    std::thread worker_;  // works ahead; lives as long as the workers that it starts must
};

}  // namespace biaod::daemon
