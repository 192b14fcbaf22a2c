#include "models/summary.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace biaod::models {
namespace {

bool same_form(const FormDefinition& a, const FormDefinition& b) { return a.type == b.type && a.form == b.form; }

bool sent_later(const UnitReport& a, const UnitReport& b) {
    return std::tie(a.received_at, a.revision, a.id) > std::tie(b.received_at, b.revision, b.id);
}

void choose(const SummaryChoice& choice, const std::vector<UnitReport>& reports, Summary& out) {
    std::set<std::u32string> wanted;
    for (const std::string& unit : choice.units) wanted.insert(unit_key(*choice.form, unit));
    std::map<std::u32string, std::size_t> places;
    for (const UnitReport& report : reports) {
        if (!same_form(*report.form, *choice.form)) continue;
        const std::u32string key = unit_key(*choice.form, report.name());
        if (!wanted.empty() && !wanted.contains(key)) continue;
        if (!report.year) {
            out.undated.push_back(&report);
            continue;
        }
        if (*report.year != choice.year) continue;
        // Two files without an issuer are two units, whatever they are called.
        const auto [place, fresh] =
            report.issuer ? places.emplace(key, out.reports.size()) : std::pair(places.end(), true);
        if (fresh) {
            out.reports.push_back(&report);
            continue;
        }
        const UnitReport*& kept = out.reports[place->second];
        out.superseded.push_back(sent_later(report, *kept) ? std::exchange(kept, &report) : &report);
    }
}

// The most frequent unit of the figures that may be added; of equally frequent ones the first in the form's list. A 0
// says nothing about units as long as another figure does.
std::optional<std::string> common_unit(const Summary& summary, std::size_t slot) {
    std::map<std::string, int> counts, of_zeros;
    for (const UnitReport* report : summary.reports) {
        const UnitValue& value = report->values[slot];
        if (!value.unit || !value.value || value.flagged || report->place_flagged) continue;
        ++(value.value->is_zero() ? of_zeros : counts)[*value.unit];
    }
    if (counts.empty()) counts = of_zeros;
    std::optional<std::string> best;
    for (const std::string& unit : summary.form->figures.units) {
        const auto found = counts.find(unit);
        if (found != counts.end() && (!best || found->second > counts[*best])) best = unit;
    }
    return best;
}

SummaryCell add_up(const Summary& summary, std::size_t slot) {
    SummaryCell cell;
    const bool has_unit = summary.form->slots[slot].unit_pointer.has_value();
    if (has_unit) cell.unit = common_unit(summary, slot);
    for (const UnitReport* report : summary.reports) {
        const UnitValue& value = report->values[slot];
        const auto exclude = [&](ExclusionReason reason, std::optional<ReviewReason> review = {}) {
            cell.excluded.push_back({report, reason, review});
        };
        if (report->place_flagged) {
            exclude(ExclusionReason::place_flagged);
        } else if (value.flagged) {
            exclude(ExclusionReason::flagged, value.flagged);
        } else if (!value.value) {
            ++cell.blanks;
        } else if (has_unit && value.unit != cell.unit && !value.value->is_zero()) {
            exclude(ExclusionReason::other_unit);  // 0 is 0 in every unit
        } else if (const auto sum = Decimal::sum(cell.sum.value_or(Decimal{}), *value.value)) {
            cell.sum = sum;
            ++cell.figures;
        } else {
            exclude(ExclusionReason::too_large);
        }
    }
    return cell;
}

}  // namespace

Summary summarise(const SummaryChoice& choice, const std::vector<UnitReport>& reports) {
    Summary out;
    out.form = choice.form;
    out.year = choice.year;
    choose(choice, reports, out);
    for (std::size_t slot = 0; slot < out.form->slots.size(); ++slot) out.cells.push_back(add_up(out, slot));
    return out;
}

const char* to_string(ExclusionReason reason) {
    switch (reason) {
        case ExclusionReason::flagged:
            return "flagged";
        case ExclusionReason::place_flagged:
            return "place_flagged";
        case ExclusionReason::other_unit:
            return "other_unit";
        case ExclusionReason::too_large:
            return "too_large";
    }
    return "flagged";
}

}  // namespace biaod::models
