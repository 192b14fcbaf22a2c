// Logging: spdlog to stderr. Under systemd (JOURNAL_STREAM) each line starts with a syslog priority "<6>" and has no
// date, because the journal adds its own.
#pragma once

#include <string>

namespace biaod::daemon {

// Once, before threads. `level`: "debug", "info", "warn", "error".
void start_logging(const std::string& level);

void set_log_level(const std::string& level);  // later; any thread

// SECURITY: file names and reasons are written by others. Control characters, bidi controls and bytes that are not
// UTF-8 are shown as \xNN or \u{NNNN}: a name cannot forge a log line or turn a terminal.
std::string shown(const std::string& bytes);

}  // namespace biaod::daemon
