#include "daemon/cli/command_line.hpp"

#include <iostream>

#include "daemon/log.hpp"
#include "daemon/version.hpp"
#include "daemon/worker/main.hpp"

namespace biaod::daemon {

void add_config_option(CLI::App& command, std::string& path) {
    path = default_config_path;
    command.add_option("--config", path, "configuration file")->type_name("FILE")->capture_default_str();
}

int complain(const models::Error& error) {
    std::cerr << "biaod: " << shown(error.reason) << '\n';
    return error.kind == models::ErrorKind::config ? exit_usage : exit_input_failed;
}

void add_worker(CLI::App& app, ChosenCommand& chosen, const PrepareReader& prepare) {
    // Not in the help: it expects descriptors that only the parent can give it (worker/pipe.hpp).
    CLI::App* command = app.add_subcommand("worker", "reads one document for a parent process")->group("");
    command->callback([&chosen, &prepare] { chosen = [&prepare]() -> int { worker_main(prepare); }; });
}

int command_line(int argc, char** argv, const PrepareReader& prepare) {
    CLI::App app("biaod turns scanned Chinese reports into structured records.", "biaod");
    app.set_version_flag("--version", std::string("biaod ") + version);
    app.require_subcommand(1);
    app.failure_message(CLI::FailureMessage::simple);
    ChosenCommand chosen;
    add_run(app, chosen);
    add_parse(app, chosen);
    add_tail(app, chosen);
    add_status(app, chosen);
    add_list(app, chosen);
    add_show(app, chosen);
    add_requeue(app, chosen);
    add_keygen(app, chosen);
    add_health(app, chosen);
    add_export(app, chosen);
    add_worker(app, chosen, prepare);
    try {
        app.parse(argc, argv);
        return chosen();
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? exit_done : exit_usage;
    }
}

}  // namespace biaod::daemon
