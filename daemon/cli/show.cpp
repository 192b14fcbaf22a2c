// biaod show: the record of a document, or why there is none.
#include <iostream>

#include "daemon/cli/command_line.hpp"
#include "daemon/cli/journal.hpp"
#include "daemon/log.hpp"

namespace biaod::daemon {
namespace {

struct ShowOptions {
    std::string config;
    std::string id;
    bool json = false;
};

int show(const ShowOptions& options) {
    const auto config = load_config(options.config);
    if (!config) return complain(config.error());
    const auto store = open_journal(*config);
    if (!store) return complain(store.error());
    queue::Catalogue& catalogue = (*store)->catalogue();
    const auto job = find_job(catalogue, options.id);
    if (!job) return complain(job.error());
    const auto record = catalogue.record(job->sha256);
    if (!record) return complain(record.error());
    if (*record) {
        const auto parsed = nlohmann::ordered_json::parse(**record, nullptr, false);
        std::cout << (options.json || parsed.is_discarded() ? **record : parsed.dump(2)) << '\n';
        return exit_done;
    }
    if (options.json) {
        std::cout << job_json(*job).dump() << '\n';
    } else {
        std::cerr << "biaod: job " << job->id << " is " << queue::to_string(job->state) << " and has no record";
        if (job->failure) std::cerr << ": " << shown(job->failure->error.reason);
        std::cerr << '\n';
    }
    return exit_input_failed;
}

}  // namespace

void add_show(CLI::App& app, ChosenCommand& chosen) {
    CLI::App* command = app.add_subcommand("show", "the record of a document, as JSON");
    const auto options = std::make_shared<ShowOptions>();
    add_config_option(*command, options->config);
    command->add_option("id", options->id, "number of the job, or 8 or more digits of the file's hash")->required();
    command->add_flag("--json", options->json, "on one line; without a record, what is known of the job");
    command->callback([&chosen, options] { chosen = [options] { return show(*options); }; });
}

}  // namespace biaod::daemon
