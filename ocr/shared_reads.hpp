// Threads that have no page left help to read the lines of pages that others still read.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <vector>

namespace biaod::ocr {

// `Reader` is what one thread reads with, and no other.
template <typename Reader>
class SharedReads {
  public:
    using Read = std::function<void(Reader& by, std::size_t index)>;

    // Calls read(own, i), or with an idle thread's reader, for each i below `count`, in any order and several at a
    // time. Returns when all are done; throws what the first that threw did, and may then have left some out.
    void each(Reader& own, std::size_t count, const Read& read) {
        Batch batch{read, count};
        std::unique_lock lock(mutex_);
        batches_.push_back(&batch);
        changed_.notify_all();
        take(batch, own, lock);
        changed_.wait(lock, [&] { return batch.in_work == 0; });
        std::erase(batches_, &batch);
        lock.unlock();
        if (batch.error) std::rethrow_exception(batch.error);
    }

    // An idle thread takes part with its `reader` until finish(). `prepare` is called once, when there is something to
    // read; a thread whose reader cannot be prepared leaves.
    void help(Reader& reader, const std::function<bool()>& prepare) {
        std::unique_lock lock(mutex_);
        for (bool prepared = false;;) {
            auto open = batches_.end();
            changed_.wait(lock, [&] {
                open = std::ranges::find_if(batches_, [](const Batch* batch) { return batch->is_open(); });
                return finished_ || open != batches_.end();
            });
            if (open == batches_.end()) return;
            if (prepared) {
                take(**open, reader, lock);
                continue;
            }
            lock.unlock();
            prepared = prepare();
            if (!prepared) return;
            lock.lock();
        }
    }

    // No page is in work any more.
    void finish() {
        const std::lock_guard lock(mutex_);
        finished_ = true;
        changed_.notify_all();
    }

  private:
    struct Batch {
        const Read& read;
        std::size_t count = 0, next = 0, in_work = 0;
        std::exception_ptr error = {};
        bool is_open() const { return next < count && !error; }
    };

    // The batch lives on its owner's stack, who waits until nothing of it is in work: it is looked at under the lock.
    void take(Batch& batch, Reader& reader, std::unique_lock<std::mutex>& lock) {
        while (batch.is_open()) {
            const std::size_t index = batch.next++;
            ++batch.in_work;
            lock.unlock();
            std::exception_ptr error;
            try {
                batch.read(reader, index);
            } catch (...) {
                error = std::current_exception();
            }
            lock.lock();
            if (error && !batch.error) batch.error = error;
            if (--batch.in_work == 0) changed_.notify_all();
        }
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Batch*> batches_;
    bool finished_ = false;
};

}  // namespace biaod::ocr
