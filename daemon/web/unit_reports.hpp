// The reports of all documents as the summary needs them, read from the journal once for each revision.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "models/forms.hpp"
#include "models/unit_report.hpp"
#include "queue/store.hpp"

namespace biaod::daemon {

// A record is tens of KB of JSON: thousands must not be parsed at each look at the summary. Any thread.
class UnitReports {
  public:
    // The newest revision of every report of a known form, in the order of arrival.
    models::Result<std::vector<models::UnitReport>> all(const models::FormSet& forms, queue::Store& store);

  private:
    struct Known {
        int revision = 0;
        std::optional<models::UnitReport> report;
    };

    std::mutex mutex_;
    std::map<std::string, Known> known_;
};

}  // namespace biaod::daemon
