#include "daemon/web/page_pictures.hpp"

#include <poll.h>

#include <algorithm>

#include "daemon/supervisor.hpp"

namespace biaod::daemon {

using models::ErrorKind;
using models::Result;

namespace {

constexpr std::size_t picture_at_most = 16u << 20;
constexpr std::size_t kept_at_most = 96u << 20;
constexpr std::size_t drawn_at_a_time = 2;
constexpr std::int64_t draw_ms = 20'000, look_up_ms = 200;
constexpr double finest_dpi = 200, longest_side = 2600;  // dpi; px

bool is_jpeg(const std::string& bytes) { return bytes.starts_with("\xFF\xD8\xFF"); }

}  // namespace

PagePictures::PagePictures(const Config& config, queue::Spool& spool, const queue::Clock& clock,
                           const std::atomic<bool>& stopping)
    : command_(worker_command(config)),
      request_(base_request(config)),
      spool_(spool),
      clock_(clock),
      stopping_(stopping) {
    command_.result_bytes = picture_at_most;
    command_.base_ms = draw_ms;
    command_.per_page_ms = 0;
    worker_ = std::thread([this] { work_ahead(); });
}

PagePictures::~PagePictures() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    asked_.notify_all();
    worker_.join();
}

void PagePictures::get_ready() {
    const std::lock_guard lock(mutex_);
    wanted_ = true;
    asked_.notify_all();
}

void PagePictures::get_ready(const std::string& sha256, const std::vector<models::Page>& pages) {
    const std::lock_guard lock(mutex_);
    wanted_ = true;
    ahead_.clear();  // of a document that was left again
    for (const models::Page& page : pages) ahead_.emplace_back(sha256, page);
    asked_.notify_all();
}

void PagePictures::work_ahead() {
    std::unique_lock lock(mutex_);
    for (;;) {
        asked_.wait(lock, [&] { return closing_ || wanted_ || !ahead_.empty(); });
        if (closing_ || stopping_) return;
        if (!ahead_.empty()) {
            const auto [sha256, page] = ahead_.front();
            ahead_.pop_front();
            lock.unlock();
            static_cast<void>(picture(sha256, page));  // who asks for it is told why it cannot be drawn
            lock.lock();
            continue;
        }
        wanted_ = false;
        if (!ready_ || !ready_->waits()) stand_by();
    }
}

void PagePictures::stand_by() {
    ready_.reset();
    ReadRequest like = request_;
    like.picture.emplace();
    auto started = StandbyWorker::start(command_, like);
    if (started) ready_ = std::make_unique<StandbyWorker>(std::move(*started));
}

Result<PagePictures::Picture> PagePictures::picture(const std::string& sha256, const models::Page& page) {
    const Key key{sha256, page.number};
    {
        std::unique_lock lock(mutex_);
        drawn_.wait(lock, [&] {
            return kept_.contains(key) || (!being_drawn_.contains(key) && being_drawn_.size() < drawn_at_a_time);
        });
        if (const auto found = kept_.find(key); found != kept_.end()) {
            used_.splice(used_.end(), used_, std::find(used_.begin(), used_.end(), key));
            return found->second;
        }
        being_drawn_.insert(key);
    }
    const auto made = draw(sha256, page);
    const std::lock_guard lock(mutex_);
    being_drawn_.erase(key);
    if (made) keep(key, *made);
    drawn_.notify_all();
    wanted_ = true;
    asked_.notify_all();
    return made;
}

Result<WorkerProcess> PagePictures::start_worker(const ReadRequest& request, const queue::Fd& document,
                                                 const std::string& sha256) {
    std::unique_ptr<StandbyWorker> ready;
    {
        const std::lock_guard lock(mutex_);
        ready = std::move(ready_);
    }
    if (ready && ready->waits()) {
        auto worker = StandbyWorker::hand_over(std::move(*ready), request, document, sha256, clock_.monotonic_ms());
        if (worker) return worker;
    }
    return WorkerProcess::start(command_, request, document, sha256, clock_.monotonic_ms());
}

Result<PagePictures::Picture> PagePictures::draw(const std::string& sha256, const models::Page& page) {
    const auto document = spool_.get(sha256);
    if (!document)
        return models::fail(ErrorKind::bad_input, "picture", "the document's copy is not in the spool any more");
    ReadRequest request = request_;
    const double longest_pt = std::max({page.width, page.height, 1.0});
    request.picture =
        PictureRequest{page.number, page.width, page.height, std::min(finest_dpi, longest_side * 72 / longest_pt)};
    auto worker = start_worker(request, *document, sha256);
    if (!worker) return tl::unexpected(worker.error());
    for (;;) {
        const std::int64_t left = worker->deadline_ms() - clock_.monotonic_ms();
        if (stopping_) return models::fail(ErrorKind::temporary, "picture", "the daemon stops");
        if (left <= 0) return models::fail(ErrorKind::bad_input, "picture", "the page takes too long to draw");
        pollfd polled{worker->pipe(), POLLIN, 0};
        if (::poll(&polled, 1, static_cast<int>(std::min(left, look_up_ms))) > 0 &&
            !worker->read(clock_.monotonic_ms()))
            break;
    }
    const FrameReader& said = worker->said();
    if (said.failure()) return tl::unexpected(*said.failure());
    if (!said.result() || !is_jpeg(*said.result()))
        return models::fail(ErrorKind::bad_input, "picture", "the page could not be drawn", page.number);
    return std::make_shared<const std::string>(*said.result());
}

void PagePictures::keep(const Key& key, const Picture& picture) {
    kept_[key] = picture;
    used_.push_back(key);
    bytes_ += picture->size();
    while (bytes_ > kept_at_most && used_.size() > 1) {
        const auto oldest = kept_.find(used_.front());
        bytes_ -= oldest->second->size();
        kept_.erase(oldest);
        used_.pop_front();
    }
}

}  // namespace biaod::daemon
