#include "daemon/worker/process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "daemon/worker/record_check.hpp"
#include "daemon/worker/sandbox.hpp"
#include "daemon/worker/start.hpp"
#include "queue/crash_point.hpp"
#include "queue/file_layer.hpp"
#include "queue/system.hpp"

namespace biaod::daemon {

using models::Error;
using models::ErrorKind;
using models::Result;
using queue::Fd;

namespace {

constexpr std::size_t read_at_most = 4u << 20;  // in one go, so that one worker cannot hold up the others

// CPU time is the second net below the wall clock; the reserve keeps the two from racing.
std::uint64_t cpu_seconds(std::int64_t wall_ms, int threads) {
    return static_cast<std::uint64_t>(wall_ms / 1000 + 5) * static_cast<std::uint64_t>(std::max(1, threads));
}

Result<Fd> memory_file(const std::string& content) {
    Fd memory(::memfd_create("biaod-request", MFD_CLOEXEC));
    if (!memory) return tl::unexpected(queue::system_error("worker", "make a request"));
    if (auto put = queue::system_files().write_all(memory.get(), content); !put) return tl::unexpected(put.error());
    ::lseek(memory.get(), 0, SEEK_SET);
    return memory;
}

queue::Failure death(const std::string& what, const std::string& limit = {}) {
    return {Error{ErrorKind::internal, "worker", 0, what}, limit};
}

queue::Failure death_of(int status) {
    if (WIFSIGNALED(status)) {
        const int signal = WTERMSIG(status);
        if (signal == SIGSYS) {
            return death("the sandbox killed the reader for a system call (worker.sandbox = \"debug\" names it)");
        }
        if (signal == SIGXCPU) return death("the reader used more CPU time than allowed", "cpu_time");
        const char* name = ::sigabbrev_np(signal);
        return death("the reader crashed (signal " + std::string(name ? name : std::to_string(signal)) +
                     "); the file is probably damaged");
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127) return death("the reader could not be started");
    return death("the reader ended without a result (exit code " + std::to_string(WEXITSTATUS(status)) + ")");
}

}  // namespace

std::vector<std::string> own_worker() { return {"/proc/self/exe", "worker"}; }

WorkerProcess::WorkerProcess(const WorkerCommand& command, pid_t pid, Fd pipe)
    : command_(command), pid_(pid), pipe_(std::move(pipe)), frames_(command.result_bytes) {}

WorkerProcess::WorkerProcess(WorkerProcess&& other) noexcept
    : command_(std::move(other.command_)),
      sha256_(std::move(other.sha256_)),
      pid_(std::exchange(other.pid_, -1)),
      pipe_(std::move(other.pipe_)),
      frames_(std::move(other.frames_)),
      begun_ms_(other.begun_ms_),
      deadline_ms_(other.deadline_ms_),
      pages_done_(other.pages_done_),
      in_order_(other.in_order_),
      draws_pages_(other.draws_pages_) {}

WorkerProcess::~WorkerProcess() {
    WorkerCost cost;
    kill();
    wait(cost);
}

Result<WorkerProcess> WorkerProcess::start(const WorkerCommand& command, const ReadRequest& request, const Fd& document,
                                           const std::string& sha256, std::int64_t now_ms) {
    const auto input = memory_file(to_json(request).dump() + '\n');
    if (!input) return tl::unexpected(input.error());
    auto worker = start_with(command, request, *input, document);
    if (worker) worker->begin(sha256, now_ms);
    return worker;
}

Result<WorkerProcess> WorkerProcess::start_with(const WorkerCommand& command, const ReadRequest& request,
                                                const Fd& input, const Fd& document) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return tl::unexpected(queue::system_error("worker", "make a pipe"));
    Fd reading(ends[0]), writing(ends[1]);
    ::fcntl(reading.get(), F_SETFL, O_NONBLOCK);

    ChildPlan plan;
    plan.arguments = command.arguments;
    plan.standard_input = input.get();
    plan.document = document.get();
    plan.result = writing.get();
    // AddressSanitizer reserves more addresses than any limit allows.
    plan.memory_bytes = sandbox_is_built_in() ? command.memory_bytes : 0;
    plan.quiet = sandbox_is_built_in() && !request.sandbox_debug;
    // The number of pages is not known yet: the hard limit is for the longest document, the wall clock is exact.
    plan.cpu_seconds = cpu_seconds(command.base_ms + command.per_page_ms * command.max_pages, request.threads);
    const auto pid = start_child(plan);
    if (!pid) return tl::unexpected(pid.error());
    WorkerProcess worker(command, *pid, std::move(reading));
    worker.in_order_ = request.threads == 1;
    worker.draws_pages_ = request.overlay_dir.has_value();
    return worker;
}

void WorkerProcess::begin(const std::string& sha256, std::int64_t now_ms) {
    sha256_ = sha256;
    begun_ms_ = now_ms;
    deadline_ms_ = now_ms + command_.base_ms + command_.per_page_ms;
}

bool WorkerProcess::read(std::int64_t now_ms) {
    std::array<char, 65536> buffer;
    for (std::size_t taken = 0; taken < read_at_most;) {
        const ssize_t got = ::read(pipe_.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && errno == EAGAIN) return true;
        if (got <= 0) return false;
        taken += static_cast<std::size_t>(got);
        const bool began = frames_.progress().has_value();
        frames_.take({buffer.data(), static_cast<std::size_t>(got)});
        if (frames_.progress()) set_deadline(now_ms);
        if (frames_.progress() && !began) queue::crash_point("worker.progress");
        if (!frames_.broken().empty()) return false;
    }
    return true;
}

// A document of many pages has much time in all, but no single page may use it up: who hangs on the first of 2,000
// pages is killed after a minute and a half, not after seventeen hours.
void WorkerProcess::set_deadline(std::int64_t now_ms) {
    const PipeProgress& progress = *frames_.progress();
    if (pages_done_ == progress.pages_done) return;
    pages_done_ = progress.pages_done;
    const auto pages = std::min<std::int64_t>(progress.pages_total, command_.max_pages);
    const std::int64_t last_ms = begun_ms_ + command_.base_ms + command_.per_page_ms * std::max<std::int64_t>(1, pages);
    const bool draws_at_the_end = draws_pages_ && progress.pages_done >= progress.pages_total;
    const std::int64_t next_ms = now_ms + command_.base_ms + command_.per_page_ms;
    deadline_ms_ = draws_at_the_end ? last_ms : std::min(last_ms, next_ms);
}

// The page that is being read; 0 when that is not known.
int WorkerProcess::page_in_work() const {
    const auto& progress = frames_.progress();
    const bool known = progress && (in_order_ || progress->pages_total == 1) &&
                       progress->pages_done < progress->pages_total &&
                       progress->pages_total <= static_cast<std::uint32_t>(command_.max_pages);
    if (!known) return 0;
    return static_cast<int>(progress->pages_done + 1);
}

// A child that has ended by itself keeps its own status: it is a zombie, which no signal changes.
void WorkerProcess::kill() const {
    if (pid_ > 0) ::kill(-pid_, SIGKILL);
}

int WorkerProcess::wait(WorkerCost& cost) {
    int status = 0;
    rusage used{};
    if (pid_ > 0) {
        while (::wait4(pid_, &status, 0, &used) < 0 && errno == EINTR) {
        }
        pid_ = -1;
    }
    const auto milliseconds = [](const timeval& time) { return time.tv_sec * 1000 + time.tv_usec / 1000; };
    cost.cpu_ms = milliseconds(used.ru_utime) + milliseconds(used.ru_stime);
    cost.peak_bytes = static_cast<std::uint64_t>(used.ru_maxrss) << 10;
    return status;
}

Outcome WorkerProcess::end(bool late, std::int64_t now_ms) {
    // A worker that closed its pipe is about to end by itself: its own exit status says more than our signal.
    const bool spoke = frames_.result() || frames_.failure() || !frames_.broken().empty();
    for (int waited = 0; !late && !spoke && waited < 50; ++waited) {
        siginfo_t ended{};
        if (::waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT) != 0 || ended.si_pid != 0)
            break;
        ::usleep(10'000);
    }
    // While the system takes the worker's memory back, its word is checked.
    kill();
    Outcome outcome;
    Result<nlohmann::ordered_json> record{};
    if (frames_.broken().empty() && frames_.result()) record = check_record(*frames_.result(), sha256_);
    outcome.cost.wall_ms = now_ms - begun_ms_;
    const int status = wait(outcome.cost);
    if (!frames_.broken().empty()) {
        outcome.failure = death("the reader sent " + frames_.broken(), frames_.result_too_large() ? "result_size" : "");
    } else if (frames_.failure()) {
        outcome.kind = Outcome::Kind::failure;
        outcome.failure = {*frames_.failure(), frames_.failure()->limit};
    } else if (frames_.result()) {
        if (record) {
            outcome.kind = Outcome::Kind::record;
            outcome.record = std::move(*record);
        } else {
            outcome.failure.error = record.error();
        }
    } else if (late) {
        outcome.failure = death(
            "reading took longer than allowed and was ended (worker.base_seconds and "
            "worker.page_seconds)",
            "wall_time");
    } else {
        outcome.failure = death_of(status);
    }
    if (outcome.kind == Outcome::Kind::death) outcome.failure.error.page = page_in_work();
    return outcome;
}

}  // namespace biaod::daemon
