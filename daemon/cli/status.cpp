// biaod status: what the daemon holds, in numbers.
#include <iostream>

#include "daemon/cli/command_line.hpp"
#include "daemon/cli/journal.hpp"
#include "daemon/log.hpp"
#include "daemon/metrics.hpp"
#include "queue/system.hpp"

namespace biaod::daemon {
namespace {

using nlohmann::ordered_json;

ordered_json state_json(const JournalState& state) {
    const queue::Counts& counts = state.counts;
    ordered_json json{
        {"waiting", counts.waiting}, {"running", counts.running}, {"done", counts.done}, {"failed", counts.failed}};
    json["oldest_waiting_since"] =
        counts.oldest_waiting_ms ? ordered_json(queue::rfc3339(*counts.oldest_waiting_ms)) : ordered_json(nullptr);
    json["outbox"] = {{"first", state.head.first}, {"head", state.head.head}};
    json["consumers"] = ordered_json::array();
    for (const queue::Consumer& consumer : state.consumers) {
        json["consumers"].push_back({{"name", consumer.name},
                                     {"filter", consumer.filter},
                                     {"acknowledged", consumer.acked},
                                     {"stale", consumer.stale},
                                     {"seen_at", queue::rfc3339(consumer.seen_ms)}});
    }
    return json;
}

void print(const JournalState& state) {
    const queue::Counts& counts = state.counts;
    std::cout << "documents: " << counts.waiting << " waiting, " << counts.running << " being read, " << counts.done
              << " done, " << counts.failed << " failed\n";
    if (counts.oldest_waiting_ms) std::cout << "waiting since " << queue::rfc3339(*counts.oldest_waiting_ms) << '\n';
    std::cout << "messages: " << state.head.first << " to " << state.head.head << " are kept\n";
    for (const queue::Consumer& consumer : state.consumers) {
        std::cout << "consumer " << shown(consumer.name) << ": acknowledged up to " << consumer.acked << ", last seen "
                  << queue::rfc3339(consumer.seen_ms)
                  << (consumer.stale ? " (stale: messages it did not have were removed by age)" : "") << '\n';
    }
}

int status(const std::string& config_path, bool json) {
    const auto config = load_config(config_path);
    if (!config) return complain(config.error());
    const auto store = open_journal(*config);
    if (!store) return complain(store.error());
    const auto state = read_journal_state(**store);
    if (!state) return complain(state.error());
    if (json) {
        std::cout << state_json(*state).dump() << '\n';
    } else {
        print(*state);
    }
    return exit_done;
}

}  // namespace

void add_status(CLI::App& app, ChosenCommand& chosen) {
    CLI::App* command = app.add_subcommand("status", "counts of documents, messages and consumers");
    const auto path = std::make_shared<std::string>();
    const auto json = std::make_shared<bool>(false);
    add_config_option(*command, *path);
    command->add_flag("--json", *json, "as one JSON object");
    command->callback([&chosen, path, json] { chosen = [path, json] { return status(*path, *json); }; });
}

}  // namespace biaod::daemon
