// What a summary is asked to add up, and the roster it is held against. For this folder only.
#pragma once

#include <httplib.h>

#include <optional>
#include <string>
#include <vector>

#include "daemon/web/context.hpp"
#include "models/roster.hpp"
#include "models/summary.hpp"

namespace biaod::daemon {

// `year`, `form` and any number of `unit` in the query. Without a year the newest, without a form the newest of the
// year.
struct WantedSummary {
    std::vector<models::UnitReport> reports;
    models::SummaryChoice choice;
    std::vector<int> years;
    std::vector<std::string> forms;
};

// bad_input when there is no report of a known form.
models::Result<WantedSummary> wanted_summary(const WebContext& context, const httplib::Request& request);

// By the roster of the configuration, which is read anew; nullopt without one. bad_input names its line.
models::Result<std::optional<models::Deliveries>> deliveries_of(const WebContext& context, const WantedSummary& of);

}  // namespace biaod::daemon
