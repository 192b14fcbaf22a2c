// biaod health: whether all is well, for monitoring.
#include <fcntl.h>
#include <sys/file.h>

#include <iostream>

#include "daemon/cli/command_line.hpp"
#include "daemon/cli/journal.hpp"
#include "daemon/log.hpp"
#include "daemon/metrics.hpp"
#include "queue/fd.hpp"
#include "queue/file_layer.hpp"

namespace biaod::daemon {
namespace {

// As monitoring plugins have it, other than the other subcommands.
enum Health { well = 0, warning = 1, critical = 2, unknown = 3 };

class Findings {
  public:
    void add(Health health, const std::string& what) {
        worst_ = std::max(worst_, health);
        text_ += (text_.empty() ? "" : "; ") + what;
    }
    int report() const {
        static const char* const words[] = {"OK", "WARNING", "CRITICAL", "UNKNOWN"};
        std::cout << words[worst_] << ": " << shown(text_) << '\n';
        return worst_;
    }

  private:
    Health worst_ = well;
    std::string text_;
};

// The daemon holds its lock as long as it lives.
bool daemon_runs(const Config& config) {
    const queue::Fd lock(::open((config.state + "/lock").c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    return lock && ::flock(lock.get(), LOCK_SH | LOCK_NB) != 0;
}

int health(const std::string& config_path, double waiting_seconds) {
    Findings findings;
    const auto config = load_config(config_path);
    if (!config) {
        findings.add(unknown, config.error().reason);
        return findings.report();
    }
    if (!daemon_runs(*config)) findings.add(critical, "the daemon does not run");
    const auto store = open_journal(*config);
    const auto state = store ? read_journal_state(**store) : tl::unexpected(store.error());
    if (!state) {
        findings.add(critical, "the journal: " + state.error().reason);
        return findings.report();
    }
    const auto folder = queue::system_files().open_folder(config->state);
    const auto free = folder ? queue::system_files().free_bytes(folder->get()) : tl::unexpected(folder.error());
    if (!free || *free < config->intake.min_free_bytes) {
        findings.add(critical, "the disk of " + config->state + " has too little room, nothing is taken in");
    }
    const queue::Counts& counts = state->counts;
    if (counts.oldest_waiting_ms) {
        const double waited = static_cast<double>(queue::system_clock().unix_ms() - *counts.oldest_waiting_ms) / 1000;
        if (waited > waiting_seconds) {
            findings.add(warning, "a document has waited for " + std::to_string(static_cast<long>(waited)) + " s");
        }
    }
    for (const queue::Consumer& consumer : state->consumers) {
        if (consumer.stale) findings.add(warning, "consumer " + consumer.name + " has lost messages (stale)");
    }
    findings.add(well, std::to_string(counts.waiting) + " waiting, " + std::to_string(counts.running) +
                           " being read, " + std::to_string(counts.done) + " done, " + std::to_string(counts.failed) +
                           " failed");
    return findings.report();
}

}  // namespace

void add_health(CLI::App& app, ChosenCommand& chosen) {
    CLI::App* command = app.add_subcommand(
        "health", "one line for monitoring; exit code 0 well, 1 warning, 2 critical, 3 unknown (configuration)");
    const auto path = std::make_shared<std::string>();
    const auto waiting = std::make_shared<double>(3600);
    add_config_option(*command, *path);
    command->add_option("--waiting-seconds", *waiting, "warn when a document has waited for longer")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command->callback([&chosen, path, waiting] { chosen = [path, waiting] { return health(*path, *waiting); }; });
}

}  // namespace biaod::daemon
