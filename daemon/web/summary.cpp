#include <algorithm>
#include <set>

#include "daemon/web/context.hpp"
#include "daemon/web/reply.hpp"
#include "daemon/web/summary_choice.hpp"
#include "models/form_layout.hpp"
#include "models/last_year.hpp"
#include "models/record_json.hpp"

namespace biaod::daemon {

using models::Summary;
using models::UnitReport;
using nlohmann::ordered_json;

namespace {

ordered_json report_json(const UnitReport& report) {
    return {{"id", report.id}, {"name", report.name()}, {"file", report.file_name}, {"revision", report.revision}};
}

ordered_json list_json(const std::vector<const UnitReport*>& reports) {
    ordered_json list = ordered_json::array();
    for (const UnitReport* report : reports) list.push_back(report_json(*report));
    return list;
}

ordered_json sum_json(const Summary& summary, const models::LayoutCell& place) {
    const models::SummaryCell& cell = summary.cells[static_cast<std::size_t>(place.slot)];
    ordered_json excluded = ordered_json::array();
    for (const models::Exclusion& exclusion : cell.excluded) {
        excluded.push_back({{"id", exclusion.report->id},
                            {"name", exclusion.report->name()},
                            {"why", models::to_string(exclusion.reason)},
                            {"review", exclusion.review ? ordered_json(models::to_string(*exclusion.review))
                                                        : ordered_json(nullptr)}});
    }
    return {{"slot", place.slot},
            {"sum", cell.sum ? ordered_json(cell.sum->to_string()) : ordered_json(nullptr)},
            {"unit", cell.unit ? ordered_json(*cell.unit) : ordered_json(nullptr)},
            {"figures", cell.figures},
            {"excluded", excluded}};
}

ordered_json table_json(const Summary& summary, int number) {
    const models::FormTable& table = summary.form->tables[static_cast<std::size_t>(number)];
    const models::TableLayout layout = models::layout_table(*summary.form, number, models::least_columns(table));
    ordered_json cells = ordered_json::array();
    for (const models::LayoutCell& cell : layout.cells) {
        ordered_json json{
            {"row", cell.row}, {"col", cell.col}, {"row_span", cell.row_span}, {"col_span", cell.col_span}};
        if (cell.kind == models::LayoutKind::value) {
            json.update(sum_json(summary, cell));
        } else {
            json["label"] = cell.text;
        }
        cells.push_back(std::move(json));
    }
    return {{"caption", table.caption}, {"rows", layout.rows}, {"cols", layout.cols}, {"cells", cells}};
}

ordered_json deliveries_json(const std::optional<models::Deliveries>& all) {
    if (!all) return nullptr;
    ordered_json units = ordered_json::array();
    for (const models::Delivery& unit : all->units) {
        units.push_back({{"name", unit.unit.name},
                         {"id", unit.missing() ? ordered_json(nullptr) : ordered_json(unit.report->id)},
                         {"missing", unit.missing()},
                         {"late", unit.late},
                         {"old_form", unit.old_form},
                         {"received_on", unit.received_on ? ordered_json(*unit.received_on) : ordered_json(nullptr)},
                         {"deadline", unit.unit.deadline ? ordered_json(*unit.unit.deadline) : ordered_json(nullptr)}});
    }
    return {{"units", units}, {"not_on_roster", list_json(all->not_on_roster)}};
}

ordered_json last_year_json(const std::vector<models::LastYear>& units) {
    ordered_json out = ordered_json::array();
    for (const models::LastYear& unit : units) {
        ordered_json fails = ordered_json::array();
        int passed = 0;
        for (const models::LastYearResult& result : unit.results) {
            passed += result.status == models::CheckStatus::pass;
            if (result.status == models::CheckStatus::fail) fails.push_back(result.detail);
        }
        out.push_back({{"report", report_json(*unit.report)},
                       {"compared", unit.last != nullptr},
                       {"passed", passed},
                       {"differs", fails}});
    }
    return out;
}

// One figure of every unit, for the bars.
ordered_json bars_json(const Summary& summary, std::size_t slot) {
    ordered_json out = ordered_json::array();
    for (const UnitReport* report : summary.reports) {
        const models::UnitValue& value = report->values[slot];
        out.push_back({{"id", report->id},
                       {"name", report->name()},
                       {"value", value.value ? value.value->to_json() : ordered_json(nullptr)},
                       {"flagged", value.flagged.has_value()}});
    }
    return out;
}

std::vector<std::string> units_of(const WantedSummary& of) {
    std::set<std::string> names;
    for (const UnitReport& report : of.reports) {
        if (report.year == of.choice.year && report.form == of.choice.form) names.insert(report.name());
    }
    return {names.begin(), names.end()};
}

// For the bars: as asked for, or the first that is not 0 everywhere.
std::size_t chosen_slot(const httplib::Request& request, const Summary& of) {
    const auto last = static_cast<std::int64_t>(of.cells.size()) - 1;
    const auto counts = [](const models::SummaryCell& cell) { return cell.sum && !cell.sum->is_zero(); };
    const auto first = std::ranges::find_if(of.cells, counts);
    const std::int64_t otherwise = first == of.cells.end() ? 0 : first - of.cells.begin();
    return static_cast<std::size_t>(std::clamp<std::int64_t>(number_of(request, "slot", otherwise), 0, last));
}

void summary(const WebContext& context, const httplib::Request& request, httplib::Response& response) {
    const auto of = wanted_summary(context, request);
    if (!of) return refuse(response, of.error());
    const auto deliveries = deliveries_of(context, *of);
    if (!deliveries) return refuse(response, deliveries.error());
    const Summary sums = models::summarise(of->choice, of->reports);
    const std::size_t slot = chosen_slot(request, sums);
    ordered_json tables = ordered_json::array();
    for (int table = 0; table < static_cast<int>(sums.form->tables.size()); ++table)
        tables.push_back(table_json(sums, table));
    reply(response, {{"year", sums.year},
                     {"form", sums.form->form},
                     {"years", of->years},
                     {"forms", of->forms},
                     {"units", units_of(*of)},
                     {"reports", list_json(sums.reports)},
                     {"superseded", list_json(sums.superseded)},
                     {"undated", list_json(sums.undated)},
                     {"tables", tables},
                     {"deliveries", deliveries_json(*deliveries)},
                     {"last_year", last_year_json(models::against_last_year(sums, of->reports))},
                     {"slot", slot},
                     {"slot_label", sums.form->slots[slot].label},
                     {"bars", bars_json(sums, slot)}});
}

}  // namespace

void add_summary(httplib::Server& server, WebContext& context) {
    server.Get("/api/summary",
               [&context](const auto& request, auto& response) { summary(context, request, response); });
}

}  // namespace biaod::daemon
