// The roster of the units that have to report, and what each of them has delivered.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/summary.hpp"

namespace biaod::models {

struct RosterUnit {
    int line = 0;  // of the CSV
    std::string name;
    std::optional<std::string> deadline;  // "2025-01-31", the last day in time
    std::vector<std::string> aliases;     // other names that its reports may bear
};

// CSV (csv.hpp) whose first row names the columns: 单位 (or 单位名称, unit, name), and at will 截止日期 (期限,
// deadline) and 别名 (aliases; several parted by ; ； 、 or |). Other columns are passed over. A date is year, month
// and day in digits, however they are parted. Errors (bad_input) begin with "line N: ".
Result<std::vector<RosterUnit>> parse_roster(std::string_view csv);

struct Delivery {
    RosterUnit unit;
    const UnitReport* report = nullptr;      // on the chosen form if there is one, else on another; null when missing
    bool old_form = false;                   // there is only a report on another form of the same type
    std::optional<std::string> received_on;  // the day of its first delivery on that form
    bool late = false;                       // its first delivery was received after the deadline
    bool missing() const { return report == nullptr; }
};

struct Deliveries {
    std::vector<Delivery> units;                   // as in the roster
    std::vector<const UnitReport*> not_on_roster;  // of the year and type; also those without an issuer
};

// What has come for `choice` (its units are passed over: the roster decides). Reports on another form are on the old
// one. Days are those of a clock `utc_offset_minutes` ahead of UTC. `reports` must outlive the result.
Deliveries deliveries(const std::vector<RosterUnit>& roster, const SummaryChoice& choice,
                      const std::vector<UnitReport>& reports, int utc_offset_minutes);

}  // namespace biaod::models
