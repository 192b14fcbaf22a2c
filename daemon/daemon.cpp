#include "daemon/daemon.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spdlog/spdlog.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <set>

#include "daemon/housekeeping.hpp"
#include "daemon/inbox/intake.hpp"
#include "daemon/log.hpp"
#include "daemon/metrics.hpp"
#include "daemon/metrics_server.hpp"
#include "daemon/service.hpp"
#include "daemon/supervisor.hpp"
#include "daemon/version.hpp"
#include "daemon/web/server.hpp"
#include "queue/bus.hpp"
#include "queue/sqlite_store.hpp"

namespace biaod::daemon {

using models::ErrorKind;
using models::Result;
using queue::Fd;

namespace {

constexpr std::int64_t housekeeping_every_ms = 3'600'000;
constexpr std::int64_t put_away_again_ms = 5000;

// Jobs that came to rest, from the supervisor's thread to the main one.
class RestingJobs {
  public:
    RestingJobs() : wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
    void add(std::int64_t job) {
        const std::lock_guard lock(mutex_);
        jobs_.insert(job);
        const std::uint64_t one = 1;
        static_cast<void>(!::write(wake_.get(), &one, sizeof one));  // full means that it is awake already
    }
    std::set<std::int64_t> take() {
        const std::lock_guard lock(mutex_);
        std::uint64_t rung = 0;
        static_cast<void>(!::read(wake_.get(), &rung, sizeof rung));
        return std::exchange(jobs_, {});
    }
    int fd() const { return wake_.get(); }

  private:
    std::mutex mutex_;
    std::set<std::int64_t> jobs_;
    Fd wake_;
};

Result<Fd> lock_state(const std::string& state) {
    auto folder = queue::system_files().open_folder(state);
    if (!folder) return folder;
    Fd lock(::openat(folder->get(), "lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640));
    if (!lock) return tl::unexpected(queue::system_error("state", "open the lock in " + state));
    // A reader that was just forked when the daemon before was killed holds its lock until it is exec'd or dies.
    bool locked = false;
    for (int tries = 0; !locked && tries < 20; ++tries) {
        if (tries > 0) ::usleep(50'000);
        locked = ::flock(lock.get(), LOCK_EX | LOCK_NB) == 0;
    }
    if (!locked) {
        return models::fail(ErrorKind::config, "state", "another biaod runs with the state folder " + state);
    }
    return lock;
}

// From here on all threads leave the signals to the descriptor.
Fd stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    return Fd(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
}

Result<void> check(const Config& config) {
    if (config.intake.inbox.empty()) return models::fail(ErrorKind::config, "config", "intake.inbox is not set");
    const std::string program = config.worker.command.empty() ? own_worker().front() : config.worker.command.front();
    if (::access(program.c_str(), X_OK) != 0) {
        return models::fail(ErrorKind::config, "config", "worker.command: " + program + " cannot be executed");
    }
    return {};
}

Result<std::unique_ptr<queue::Store>> open_store(const Config& config, bool examine = false) {
    return queue::open_sqlite_store({config.journal_path(), pipeline_version, examine}, queue::system_clock(),
                                    queue::system_random());
}

Result<void> read_bus_keys(const BusConfig& config, queue::BusOptions& options) {
    if (config.secret.empty()) return {};
    const auto keys = queue::read_secret(config.secret);
    if (!keys) return tl::unexpected(keys.error());
    options.keys = *keys;
    if (config.consumers.empty()) return {};
    const auto consumers = queue::Consumers::read(config.consumers);
    if (!consumers) return tl::unexpected(consumers.error());
    options.consumers = *consumers;
    return {};
}

// The parts of a running daemon, in the order in which they depend on each other.
class Daemon {
  public:
    Daemon(const Config& config, std::string config_path)
        : config_(config), config_path_(std::move(config_path)), service_(clock_) {}

    Result<void> start();
    void serve(const Fd& signals);

  private:
    void put_away();
    void tell_status();
    void reload();
    bool told_to_stop(const Fd& signals);
    Result<void> start_metrics();
    Result<void> start_web();

    Config config_;
    std::string config_path_;
    const queue::Clock& clock_ = queue::system_clock();
    Service service_;
    Fd lock_;
    std::unique_ptr<queue::Store> store_;
    std::optional<queue::Spool> spool_;
    std::optional<InboxFolders> folders_;
    std::optional<PutAway> put_away_;
    RestingJobs resting_;
    std::unique_ptr<queue::Bus> bus_;
    std::unique_ptr<Intake> intake_;
    std::unique_ptr<Supervisor> supervisor_;
    std::atomic<std::size_t> in_inbox_ = 0;  // for the metrics' threads
    std::atomic<bool> intake_stopped_ = false;
    std::unique_ptr<MetricsServer> metrics_;  // last, with the next: they look at the others
    std::unique_ptr<WebServer> web_;
    std::set<std::int64_t> to_put_away_;
    std::int64_t put_away_due_ms_ = 0;
};

Result<void> Daemon::start() {
    if (auto checked = check(config_); !checked) return checked;
    auto lock = lock_state(config_.state);
    if (!lock) return tl::unexpected(lock.error());
    lock_ = std::move(*lock);

    auto store = open_store(config_, true);
    auto bus_store = store ? open_store(config_) : tl::unexpected(store.error());
    auto supervisor_store = bus_store ? open_store(config_) : tl::unexpected(bus_store.error());
    if (!supervisor_store) return tl::unexpected(supervisor_store.error());
    store_ = std::move(*store);

    queue::FileLayer& files = queue::system_files();
    auto spool = queue::Spool::open(files, queue::system_random(), config_.spool_path(), config_.limits.file_bytes);
    if (!spool) return tl::unexpected(spool.error());
    spool_ = std::move(*spool);
    auto folders = InboxFolders::open(config_.intake, files);
    if (!folders) return tl::unexpected(folders.error());
    folders_ = std::move(*folders);
    put_away_.emplace(*folders_, store_->catalogue(), queue::system_random());

    const auto recovered = store_->jobs().recover();
    if (!recovered) return tl::unexpected(recovered.error());
    if (*recovered > 0) spdlog::warn("{} documents were being read when the daemon ended, they wait again", *recovered);
    keep_house(config_.retention, *store_, *spool_, clock_);

    queue::BusOptions bus_options{config_.bus.publish, config_.bus.pull, 1000, {}, {}};
    if (auto read = read_bus_keys(config_.bus, bus_options); !read) return read;
    auto bus = queue::Bus::start(bus_options, std::move(*bus_store), clock_);
    if (!bus) return tl::unexpected(bus.error());
    bus_ = std::move(*bus);
    supervisor_ =
        std::make_unique<Supervisor>(config_, std::move(*supervisor_store), *spool_, clock_, [this](std::int64_t job) {
            bus_->notify();
            resting_.add(job);
        });
    intake_ = std::make_unique<Intake>(
        config_.intake, Intake::Parts{*folders_, *spool_, *store_, *put_away_, clock_, queue::system_random()}, [this] {
            supervisor_->wake();
            bus_->notify();  // a file that was refused is a message already
        });
    intake_->recover();
    if (auto started = start_metrics(); !started) return started;
    return start_web();
}

Result<void> Daemon::start_web() {
    if (config_.web.host.empty()) return {};
    const WebParts parts{*spool_,
                         clock_,
                         queue::system_random(),
                         [this] { return supervisor_->documents(); },
                         [this] { return in_inbox_.load(); },
                         [this] { bus_->notify(); },
                         [this] { supervisor_->wake(); }};
    auto started = WebServer::start(config_, parts);
    if (!started) return tl::unexpected(started.error());
    web_ = std::move(*started);
    spdlog::info("page: {}://{}:{}", config_.web.tls() ? "https" : "http", config_.web.host, config_.web.port);
    return {};
}

Result<void> Daemon::start_metrics() {
    if (config_.metrics.port == 0) return {};
    const auto text = [this]() -> Result<std::string> {
        const auto store = queue::open_sqlite_store_read_only(config_.journal_path(), clock_);
        if (!store) return tl::unexpected(store.error());
        const auto state = read_journal_state(**store);
        if (!state) return tl::unexpected(state.error());
        return metrics_text(supervisor_->counters(), *state, in_inbox_, intake_stopped_ ? "stopped" : "", clock_);
    };
    auto started = MetricsServer::start(config_.metrics.port, text);
    if (!started) return tl::unexpected(started.error());
    metrics_ = std::move(*started);
    return {};
}

void Daemon::reload() {
    service_.reloading();
    const auto config = load_config(config_path_);
    queue::BusOptions bus;
    const auto keys = config ? read_bus_keys(config->bus, bus) : tl::unexpected(config.error());
    if (keys) {
        set_log_level(config->log_level);
        config_.retention = config->retention;
        bus_->set_consumers(bus.consumers);
        spdlog::info("configuration read again: log level, retention and consumers; the rest needs a restart");
    } else {
        spdlog::error("configuration not read again, the old one stands: {}", shown(keys.error().reason));
    }
    service_.ready();
}

bool Daemon::told_to_stop(const Fd& signals) {
    signalfd_siginfo signal{};
    while (::read(signals.get(), &signal, sizeof signal) == static_cast<ssize_t>(sizeof signal)) {
        if (signal.ssi_signo != SIGHUP) return true;
        reload();
    }
    return false;
}

void Daemon::put_away() {
    to_put_away_.merge(resting_.take());
    if (to_put_away_.empty() || clock_.monotonic_ms() < put_away_due_ms_) return;
    std::erase_if(to_put_away_, [this](std::int64_t job) { return put_away_->job(job); });
    put_away_due_ms_ = to_put_away_.empty() ? 0 : clock_.monotonic_ms() + put_away_again_ms;
}

void Daemon::tell_status() {
    std::string text = std::to_string(supervisor_->running()) + " being read, " + std::to_string(intake_->waiting()) +
                       " waiting in the inbox";
    if (!intake_->paused().empty()) text += "; intake stopped: " + intake_->paused();
    service_.status(shown(text));
    in_inbox_ = intake_->waiting();
    intake_stopped_ = !intake_->paused().empty();
}

void Daemon::serve(const Fd& signals) {
    spdlog::info("biaod {} watches {}", version, shown(config_.intake.inbox));
    spdlog::info("bus: publishes on {}, pull from {}", config_.bus.publish, config_.bus.pull);
    service_.ready();
    std::int64_t housekeeping_ms = clock_.monotonic_ms() + housekeeping_every_ms;
    std::int64_t pause_ms = 0;
    for (;;) {
        pollfd polled[] = {{signals.get(), POLLIN, 0}, {intake_->watch_fd(), POLLIN, 0}, {resting_.fd(), POLLIN, 0}};
        ::poll(polled, 3, static_cast<int>(pause_ms));
        if (polled[0].revents != 0 && told_to_stop(signals)) break;
        pause_ms = intake_->round();
        put_away();
        if (clock_.monotonic_ms() >= housekeeping_ms) {
            keep_house(config_.retention, *store_, *spool_, clock_);
            housekeeping_ms = clock_.monotonic_ms() + housekeeping_every_ms;
        }
        tell_status();
        service_.alive(supervisor_->rounds(), bus_->rounds());
    }
    spdlog::info("stopping");
    service_.stopping();
    web_.reset();
    supervisor_->stop();
    put_away_due_ms_ = 0;
    put_away();
    spdlog::info("stopped");
}

}  // namespace

Result<void> run_daemon(const Config& config, const std::string& config_path) {
    const Fd signals = stop_signals();
    Daemon daemon(config, config_path);
    if (auto started = daemon.start(); !started) return started;
    daemon.serve(signals);
    return {};
}

}  // namespace biaod::daemon
