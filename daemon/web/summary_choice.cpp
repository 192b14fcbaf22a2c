#include "daemon/web/summary_choice.hpp"

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "daemon/web/reply.hpp"

namespace biaod::daemon {

using models::Result;
using models::UnitReport;

namespace {

constexpr std::uintmax_t roster_at_most = 4u << 20;  // bytes

}  // namespace

Result<WantedSummary> wanted_summary(const WebContext& context, const httplib::Request& request) {
    const auto store = context.open_to_read();
    if (!store) return tl::unexpected(store.error());
    auto reports = context.reports->all(context.forms, **store);
    if (!reports) return tl::unexpected(reports.error());
    WantedSummary out;
    out.reports = std::move(*reports);
    std::set<int, std::greater<>> years;
    std::set<std::string, std::greater<>> forms;
    const auto year = static_cast<int>(std::clamp<std::int64_t>(number_of(request, "year", 0), 0, 9999));
    for (const UnitReport& report : out.reports) years.insert(report.year.value_or(0));
    years.erase(0);
    out.years.assign(years.begin(), years.end());
    out.choice.year = year > 0 ? year : out.years.empty() ? 0 : out.years.front();
    for (const UnitReport& report : out.reports) {
        if (report.year == out.choice.year) forms.insert(report.form->form);
    }
    out.forms.assign(forms.begin(), forms.end());
    std::string form = request.get_param_value("form");
    if (!forms.contains(form)) form = out.forms.empty() ? "" : out.forms.front();
    for (const auto& known : context.forms.definitions()) {
        if (known->form == form) out.choice.form = known;
    }
    for (std::size_t i = 0; i < request.get_param_value_count("unit"); ++i)
        out.choice.units.push_back(request.get_param_value("unit", i));
    if (!out.choice.form) return models::fail(models::ErrorKind::bad_input, "summary", "no report of a known form");
    return out;
}

Result<std::optional<models::Deliveries>> deliveries_of(const WebContext& context, const WantedSummary& of) {
    const std::string& path = context.config.web.roster;
    if (path.empty()) return std::optional<models::Deliveries>();
    std::error_code failed;
    const auto size = std::filesystem::file_size(path, failed);
    std::ifstream file(path, std::ios::binary);
    if (failed || size > roster_at_most || !file)
        return models::fail(models::ErrorKind::bad_input, "roster", "the roster (web.roster) cannot be read");
    const std::string csv(std::istreambuf_iterator<char>(file), {});
    const auto roster = models::parse_roster(csv);
    if (!roster) return tl::unexpected(roster.error());
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&now, &local);
    return std::optional(models::deliveries(*roster, of.choice, of.reports, static_cast<int>(local.tm_gmtoff / 60)));
}

}  // namespace biaod::daemon
