// `biaod run`: puts the parts together and keeps them going until SIGTERM or SIGINT.
//
// Threads: this one (intake, moving originals, housekeeping, systemd), the supervisor's, the bus's. Each has its own
// connection to the journal. They share the spool's folder and two wake-up descriptors, nothing else.
#pragma once

#include "daemon/config.hpp"
#include "models/error.hpp"

namespace biaod::daemon {

// Returns after a clean stop. Errors before anything was started: config, or temporary (another daemon holds the state
// folder, an address is in use).
//
// SIGHUP reads the configuration file at `config_path` again: log level, retention and the bus's consumers hold from
// then on, everything else after a restart. A file with a mistake changes nothing.
models::Result<void> run_daemon(const Config& config, const std::string& config_path);

}  // namespace biaod::daemon
