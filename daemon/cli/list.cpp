// biaod list: the documents that the journal knows, newest first.
#include <iomanip>
#include <iostream>

#include "daemon/cli/command_line.hpp"
#include "daemon/cli/journal.hpp"
#include "daemon/log.hpp"

namespace biaod::daemon {
namespace {

struct ListOptions {
    std::string config;
    std::string state;
    std::size_t count = 100;
    bool json = false;
};

void print(const queue::JobRow& job) {
    std::cout << std::setw(8) << job.id << "  " << std::left << std::setw(8) << queue::to_string(job.state)
              << std::right << "  " << job.sha256.substr(0, 12) << "  " << shown(job.name);
    if (job.failure && job.state != queue::JobState::done) {
        std::cout << "  (" << shown(job.failure->error.reason) << ')';
    }
    std::cout << '\n';
}

int list(const ListOptions& options) {
    const auto config = load_config(options.config);
    if (!config) return complain(config.error());
    const auto store = open_journal(*config);
    if (!store) return complain(store.error());
    const auto jobs = (*store)->catalogue().list(queue::job_state_from(options.state), options.count);
    if (!jobs) return complain(jobs.error());
    for (const queue::JobRow& job : *jobs) {
        if (options.json) {
            std::cout << job_json(job).dump() << '\n';
        } else {
            print(job);
        }
    }
    return exit_done;
}

}  // namespace

void add_list(CLI::App& app, ChosenCommand& chosen) {
    CLI::App* command = app.add_subcommand("list", "documents, newest first: job, state, hash, name");
    const auto options = std::make_shared<ListOptions>();
    add_config_option(*command, options->config);
    command->add_option("--state", options->state, "only those that are waiting, running, done or failed")
        ->check(CLI::IsMember({"waiting", "running", "done", "failed"}));
    command->add_option("--count", options->count, "at most so many")->capture_default_str();
    command->add_flag("--json", options->json, "one JSON object a line");
    command->callback([&chosen, options] { chosen = [options] { return list(*options); }; });
}

}  // namespace biaod::daemon
