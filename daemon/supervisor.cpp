#include "daemon/supervisor.hpp"

#include <spdlog/spdlog.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>

#include "daemon/log.hpp"
#include "queue/crash_point.hpp"
#include "queue/messages.hpp"

namespace biaod::daemon {

using models::ErrorKind;
using models::Result;
using queue::Setback;

namespace {

constexpr std::int64_t lease_ms = 60'000;
constexpr std::int64_t beat_every_ms = 15'000;
constexpr int round_ms = 1000;  // also how soon a job that another process requeued is seen

std::string where(const models::Error& error) {
    std::string text = "stage " + error.stage + ", " + models::to_string(error.kind);
    if (error.page > 0) text += ", page " + std::to_string(error.page);
    return shown(text);
}

std::string spent(const WorkerCost& cost) {
    return fmt::format("{:.1f} s, CPU {:.1f} s, {} MiB", static_cast<double>(cost.wall_ms) / 1000,
                       static_cast<double>(cost.cpu_ms) / 1000, cost.peak_bytes >> 20);
}

}  // namespace

WorkerCommand worker_command(const Config& config) {
    WorkerCommand command;
    command.arguments = config.worker.command.empty() ? own_worker() : config.worker.command;
    command.memory_bytes = config.limits.memory_bytes;
    command.result_bytes = config.limits.result_bytes;
    command.base_ms = config.worker.base_ms;
    command.per_page_ms = config.worker.per_page_ms;
    command.max_pages = config.limits.pages;
    return command;
}

ReadRequest base_request(const Config& config) {
    ReadRequest request;
    request.languages = config.worker.languages;
    request.sandbox_debug = config.worker.sandbox == "debug";
    request.max_bytes = config.limits.file_bytes;
    request.max_pages = config.limits.pages;
    request.max_pixels_per_page = config.limits.pixels_per_page;
    return request;
}

Supervisor::Supervisor(const Config& config, std::unique_ptr<queue::Store> store, queue::Spool& spool,
                       const queue::Clock& clock, AtRest at_rest)
    : config_(config),
      store_(std::move(store)),
      spool_(spool),
      clock_(clock),
      at_rest_(std::move(at_rest)),
      slots_(config.worker.count > 0 ? static_cast<std::size_t>(config.worker.count)
                                     : std::max(1u, std::thread::hardware_concurrency())),
      pool_(worker_command(config), clock),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      thread_([this] { run(); }) {}

Supervisor::~Supervisor() { stop(); }

void Supervisor::wake() {
    const std::uint64_t one = 1;
    static_cast<void>(!::write(wake_.get(), &one, sizeof one));  // full means that it is awake already
}

void Supervisor::stop() {
    stop_ = true;
    wake();
    if (thread_.joinable()) thread_.join();
}

void Supervisor::run() {
    std::int64_t give_up_ms = 0;
    for (;;) {
        ++rounds_;
        while (!stop_ && work_.size() < slots_ && start_one()) {
        }
        running_ = pool_.running();
        tell_progress();
        if (stop_ && give_up_ms == 0) give_up_ms = clock_.monotonic_ms() + config_.stop_ms;
        if (stop_ && (work_.empty() || clock_.monotonic_ms() >= give_up_ms)) break;

        const bool patient = !stop_ || give_up_ms - clock_.monotonic_ms() > round_ms;
        for (FinishedWork& finished : pool_.wait(patient ? round_ms : 50, wake_.get())) {
            Work& work = work_[finished.key];
            work.judged = true;
            work.outcome = std::move(finished.outcome);
            ++counters_.ends;
            counters_.read_ms += static_cast<std::uint64_t>(clock_.monotonic_ms() - work.begun_ms);
            queue::crash_point("supervisor.result");
        }
        std::uint64_t rung = 0;
        static_cast<void>(!::read(wake_.get(), &rung, sizeof rung));
        write_verdicts();
        beat();
    }
    hand_back();
}

void Supervisor::tell_progress() {
    std::vector<RunningDocument> now;
    for (const std::int64_t job : pool_.keys()) {
        const PipeProgress* progress = pool_.progress(job);
        now.push_back(progress ? RunningDocument{job, progress->pages_done, progress->pages_total}
                               : RunningDocument{job, 0, 0});
    }
    const std::lock_guard lock(documents_mutex_);
    documents_ = std::move(now);
}

std::vector<RunningDocument> Supervisor::documents() const {
    const std::lock_guard lock(documents_mutex_);
    return documents_;
}

bool Supervisor::start_one() {
    const auto lease = store_->jobs().claim(lease_ms);
    if (!lease) {
        if (!claim_trouble_) spdlog::error("no job can be taken from the journal: {}", shown(lease.error().reason));
        claim_trouble_ = true;
        return false;
    }
    claim_trouble_ = false;
    if (!*lease) return false;
    queue::crash_point("supervisor.claimed");
    begin(**lease);
    return true;
}

void Supervisor::begin(const queue::Lease& lease) {
    Work& work = work_[lease.job];
    const std::int64_t now = clock_.monotonic_ms();
    work = Work{lease, now + beat_every_ms, now, false, {}};
    if (lease.attempts == 1) {
        ++counters_.first_claims;
        counters_.waited_ms +=
            static_cast<std::uint64_t>(std::max<std::int64_t>(0, clock_.unix_ms() - lease.arrival.received_ms));
    }
    const auto document = spool_.get(lease.content.sha256);
    models::Result<void> started;
    if (document) {
        ReadRequest request = base_request(config_);
        request.name = queue::utf8_of(lease.arrival.name);
        request.received_at = queue::rfc3339(lease.arrival.received_ms);
        for (const std::string& label : lease.arrival.labels) request.labels.push_back(queue::utf8_of(label));
        started = pool_.start(lease.job, request, *document, lease.content.sha256);
    } else {
        started = models::fail(ErrorKind::temporary, "spool", "the spooled copy: " + document.error().reason);
    }
    if (!started) {
        work.judged = true;
        work.outcome.kind = Outcome::Kind::failure;
        work.outcome.failure.error = started.error();
        return;
    }
    queue::crash_point("supervisor.started");
    spdlog::info("job {}: reading '{}' (attempt {})", lease.job, shown(lease.arrival.name), lease.attempts);
}

std::int64_t Supervisor::delay_after(int times) const {
    std::int64_t delay = config_.retry.first_ms;
    for (int i = 1; i < times && delay < config_.retry.longest_ms; ++i) delay *= 2;
    return std::min(delay, config_.retry.longest_ms);
}

Result<bool> Supervisor::write_setback(const Work& work) {
    const queue::Lease& lease = work.lease;
    const bool death = work.outcome.kind == Outcome::Kind::death;
    const int times = death ? lease.deaths + 1 : lease.attempts;
    queue::Failure failure = work.outcome.failure;
    if (times >= (death ? config_.retry.deaths : config_.retry.attempts)) {
        queue::Lease last = lease;
        if (death) last.deaths = times;
        if (death) failure.error.reason += "; " + std::to_string(times) + " workers died on this document";
        return store_->jobs().fail(last, failure);
    }
    const std::int64_t delay = delay_after(times);
    spdlog::warn("job {}: '{}' is tried again in {:.1f} s: {} ({}; {})", lease.job, shown(lease.arrival.name),
                 static_cast<double>(delay) / 1000, shown(failure.error.reason), where(failure.error),
                 spent(work.outcome.cost));
    return store_->jobs().give_back(lease, {death ? Setback::Kind::death : Setback::Kind::temporary, failure, delay});
}

Result<bool> Supervisor::write_verdict(const Work& work) {
    if (work.outcome.kind == Outcome::Kind::record) return store_->jobs().finish(work.lease, work.outcome.record);
    const ErrorKind kind = work.outcome.failure.error.kind;
    const bool may_pass = kind == ErrorKind::temporary || kind == ErrorKind::config;
    if (work.outcome.kind == Outcome::Kind::death || may_pass) return write_setback(work);
    return store_->jobs().fail(work.lease, work.outcome.failure);
}

void Supervisor::judge(Work& work) {
    queue::crash_point("supervisor.before_finish");
    const std::int64_t begun = clock_.monotonic_ms();
    const auto written = write_verdict(work);
    const queue::Lease& lease = work.lease;
    if (!written) {
        spdlog::error("job {}: the journal does not take the result, trying again: {}", lease.job,
                      shown(written.error().reason));
        return;
    }
    queue::crash_point("supervisor.after_finish");
    if (!*written) {
        spdlog::warn("job {}: the lease was lost, the result is dropped", lease.job);
    } else if (work.outcome.kind == Outcome::Kind::record) {
        const std::string status = work.outcome.record.value("status", "");
        spdlog::info("job {}: '{}' is done ({}; {})", lease.job, shown(lease.arrival.name), status,
                     spent(work.outcome.cost));
    } else if (const auto row = store_->catalogue().job(lease.job);
               row && *row && (*row)->state == queue::JobState::failed) {
        const models::Error& error = work.outcome.failure.error;
        spdlog::warn("job {}: '{}' failed: {} ({}; {})", lease.job, shown(lease.arrival.name), shown(error.reason),
                     where(error), spent(work.outcome.cost));
    }
    if (*written) count(work, clock_.monotonic_ms() - begun);
    const std::int64_t job = lease.job;
    work_.erase(job);
    at_rest_(job);
}

void Supervisor::count(const Work& work, std::int64_t written_ms) {
    ++counters_.writes;
    counters_.write_ms += static_cast<std::uint64_t>(written_ms);
    if (work.outcome.kind == Outcome::Kind::record) {
        const std::string status = work.outcome.record.value("status", "");
        ++(status == "complete"  ? counters_.complete
           : status == "partial" ? counters_.partial
                                 : counters_.needs_review);
        return;
    }
    const auto row = store_->catalogue().job(work.lease.job);
    const bool failed = row && *row && (*row)->state == queue::JobState::failed;
    const bool death = work.outcome.kind == Outcome::Kind::death;
    ++(failed ? counters_.failed : death ? counters_.deaths : counters_.temporary);
}

void Supervisor::write_verdicts() {
    std::vector<std::int64_t> judged;
    for (const auto& [job, work] : work_) {
        if (work.judged) judged.push_back(job);
    }
    for (const std::int64_t job : judged) judge(work_[job]);
}

void Supervisor::beat() {
    const std::int64_t now = clock_.monotonic_ms();
    for (auto& [job, work] : work_) {
        if (now < work.beat_ms) continue;
        work.beat_ms = now + beat_every_ms;
        // A lost lease shows again when the result is written, which then changes nothing.
        if (const auto held = store_->jobs().heartbeat(work.lease, lease_ms); held && !*held) {
            spdlog::warn("job {}: the lease was lost to somebody else", job);
        }
    }
}

void Supervisor::hand_back() {
    pool_.kill_all();
    for (const auto& [job, work] : work_) {
        const auto given =
            work.judged ? write_verdict(work) : store_->jobs().give_back(work.lease, {Setback::Kind::stopped, {}, 0});
        // What cannot be written now is found running at the next start, and waits again then.
        if (given) spdlog::info("job {}: handed back, the daemon stops", job);
    }
    work_.clear();
    running_ = 0;
}

}  // namespace biaod::daemon
