// One worker process, from the parent's side: start, read its pipe, end it.
//
// The child is a process group of its own, dies with this process's thread that started it (PR_SET_PDEATHSIG), has a
// minimal environment, no descriptor but 0 to 4, and memory and CPU limits. One thread.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "daemon/worker/document_worker.hpp"
#include "daemon/worker/pipe.hpp"
#include "queue/fd.hpp"
#include "queue/store.hpp"

namespace biaod::daemon {

struct WorkerCommand {
    std::vector<std::string> arguments;  // [0] is the program's path
    std::uint64_t memory_bytes = 0;      // RLIMIT_AS; 0: none
    std::uint64_t result_bytes = 64ull << 20;
    std::int64_t base_ms = 60'000;  // time for a document: base + per page, as wall and as CPU time
    std::int64_t per_page_ms = 30'000;
    int max_pages = 2000;
};

// The worker of this very program.
std::vector<std::string> own_worker();

// What a worker took, its own children none.
struct WorkerCost {
    std::int64_t wall_ms = 0, cpu_ms = 0;
    std::uint64_t peak_bytes = 0;  // resident
};

// How a worker ended.
struct Outcome {
    enum class Kind { record, failure, death } kind = Kind::death;
    nlohmann::ordered_json record;  // kind record: checked (record_check.hpp)
    queue::Failure failure;         // failure: what the worker said; death: what we saw
    WorkerCost cost;
};

class WorkerProcess {
  public:
    // `sha256` is what the record's id must be (empty: unknown). temporary when the system cannot start one now.
    static models::Result<WorkerProcess> start(const WorkerCommand& command, const ReadRequest& request,
                                               const queue::Fd& document, const std::string& sha256,
                                               std::int64_t now_ms);
    // The same with the worker's standard input and document as they are, and without begin(): for standby_worker.cpp.
    static models::Result<WorkerProcess> start_with(const WorkerCommand& command, const ReadRequest& request,
                                                    const queue::Fd& input, const queue::Fd& document);
    // Its time begins now, with the document whose hash this is.
    void begin(const std::string& sha256, std::int64_t now_ms);
    WorkerProcess(WorkerProcess&& other) noexcept;
    WorkerProcess& operator=(WorkerProcess&&) = delete;
    ~WorkerProcess();  // kills what still runs

    int pipe() const { return pipe_.get(); }
    // Reads what is there without waiting. false: the worker has said all it will, call end().
    bool read(std::int64_t now_ms);
    const FrameReader& said() const { return frames_; }
    const std::optional<PipeProgress>& progress() const { return frames_.progress(); }
    // By the same monotonic clock as `now_ms`: base + per page for the next page to be done, and never later than
    // base + per page for all of them.
    std::int64_t deadline_ms() const { return deadline_ms_; }

    // Kills the process group, waits for the child and judges. `late`: because the deadline has passed.
    Outcome end(bool late, std::int64_t now_ms);

  private:
    WorkerProcess(const WorkerCommand& command, pid_t pid, queue::Fd pipe);
    int page_in_work() const;
    void set_deadline(std::int64_t now_ms);
    void kill() const;
    int wait(WorkerCost& cost);

    WorkerCommand command_;
    std::string sha256_;
    pid_t pid_;
    queue::Fd pipe_;
    FrameReader frames_;
    std::int64_t begun_ms_ = 0;
    std::int64_t deadline_ms_ = 0;
    std::int64_t pages_done_ = -1;  // none: their number is not known yet
    bool in_order_ = true;          // one page after the other
    bool draws_pages_ = false;      // all of them again, at the end
};

}  // namespace biaod::daemon
