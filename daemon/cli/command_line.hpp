// The command line of biaod: one program, one subcommand a file (cli_*.cpp).
//
// Exit codes: 0 done, 1 some input failed, 2 usage or configuration. Machine output goes to stdout, everything else to
// stderr. Text from outside is escaped (shown() in log.hpp) before it goes to a terminal.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "daemon/config.hpp"
#include "daemon/worker/document_worker.hpp"

namespace biaod::daemon {

inline constexpr int exit_done = 0;
inline constexpr int exit_input_failed = 1;
inline constexpr int exit_usage = 2;

// Parses the arguments and does what they say; `prepare` is what reads documents in the worker.
int command_line(int argc, char** argv, const PrepareReader& prepare);

// Set by the subcommand that was given; run after parsing.
using ChosenCommand = std::function<int()>;

void add_run(CLI::App& app, ChosenCommand& chosen);
void add_parse(CLI::App& app, ChosenCommand& chosen);
void add_tail(CLI::App& app, ChosenCommand& chosen);
void add_status(CLI::App& app, ChosenCommand& chosen);
void add_list(CLI::App& app, ChosenCommand& chosen);
void add_show(CLI::App& app, ChosenCommand& chosen);
void add_requeue(CLI::App& app, ChosenCommand& chosen);
void add_keygen(CLI::App& app, ChosenCommand& chosen);
void add_health(CLI::App& app, ChosenCommand& chosen);
void add_export(CLI::App& app, ChosenCommand& chosen);
void add_worker(CLI::App& app, ChosenCommand& chosen, const PrepareReader& prepare);

// "--config FILE" with its default.
void add_config_option(CLI::App& command, std::string& path);

// Prints "biaod: <reason>" to stderr; exit_usage for config errors, else exit_input_failed.
int complain(const models::Error& error);

}  // namespace biaod::daemon
