// What status, list, show and requeue have in common: reading the journal beside a running daemon.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "daemon/config.hpp"
#include "queue/store.hpp"

namespace biaod::daemon {

models::Result<std::unique_ptr<queue::Store>> open_journal(const Config& config);

nlohmann::ordered_json job_json(const queue::JobRow& job);

// By number, or by the beginning of the hash (8 digits or more). bad_input when there is none.
models::Result<queue::JobRow> find_job(queue::Catalogue& catalogue, const std::string& id);

}  // namespace biaod::daemon
