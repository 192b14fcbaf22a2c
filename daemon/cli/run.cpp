// biaod run: the daemon.
#include "daemon/cli/command_line.hpp"
#include "daemon/daemon.hpp"
#include "daemon/log.hpp"

namespace biaod::daemon {
namespace {

int run(const std::string& config_path) {
    const auto config = load_config(config_path);
    if (!config) return complain(config.error());
    start_logging(config->log_level);
    const auto ran = run_daemon(*config, config_path);
    return ran ? exit_done : complain(ran.error());
}

}  // namespace

void add_run(CLI::App& app, ChosenCommand& chosen) {
    CLI::App* command = app.add_subcommand("run", "watches the inbox, reads what is dropped, publishes records");
    const auto path = std::make_shared<std::string>();
    add_config_option(*command, *path);
    command->callback([&chosen, path] { chosen = [path] { return run(*path); }; });
}

}  // namespace biaod::daemon
