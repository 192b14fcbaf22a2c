#include "models/roster.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <map>
#include <set>

#include "models/csv.hpp"
#include "models/text_norm.hpp"

namespace biaod::models {
namespace {

using std::chrono::sys_days;

tl::unexpected<Error> fault(int line, const std::string& what) {
    return fail(ErrorKind::bad_input, "roster", "line " + std::to_string(line) + ": " + what);
}

std::string trimmed(const std::string& text) {
    constexpr const char* space = " \t\r\n";
    const auto first = text.find_first_not_of(space);
    return first == text.npos ? "" : text.substr(first, text.find_last_not_of(space) - first + 1);
}

// The groups of digits in `text`.
std::vector<int> numbers_in(std::string_view text) {
    std::vector<int> out;
    for (const char *at = text.data(), *end = at + text.size(); at != end;) {
        int value = 0;
        const auto [next, error] = std::from_chars(at, end, value);
        if (*at >= '0' && *at <= '9') out.push_back(error == std::errc{} ? value : -1);
        at = *at >= '0' && *at <= '9' ? next : at + 1;
    }
    return out;
}

std::optional<sys_days> day_of(const std::vector<int>& numbers) {
    if (numbers.size() < 3) return std::nullopt;
    const int year = numbers[0], month = numbers[1], day = numbers[2];
    // The types of <chrono> would take 257 for 1.
    if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(unsigned(month)),
                                           std::chrono::day(unsigned(day))};
    return date.ok() ? std::optional(sys_days(date)) : std::nullopt;
}

std::string written(sys_days days) {
    const std::chrono::year_month_day day(days);
    const auto two = [](unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::to_string(int(day.year())) + "-" + two(unsigned(day.month())) + "-" + two(unsigned(day.day()));
}

// The day of an RFC 3339 instant in UTC ("2025-01-31T20:10:00Z") on a clock that is ahead.
std::optional<sys_days> local_day(const std::string& instant, int offset_minutes) {
    const auto numbers = numbers_in(instant);
    const auto day = day_of(numbers);
    if (!day || numbers.size() < 5 || numbers[3] < 0 || numbers[3] > 23 || numbers[4] < 0 || numbers[4] > 59)
        return std::nullopt;
    const auto local = *day + std::chrono::hours(numbers[3]) + std::chrono::minutes(numbers[4] + offset_minutes);
    return std::chrono::floor<std::chrono::days>(local);
}

std::vector<std::string> parse_aliases(std::string text) {
    std::vector<std::string> out;
    for (const char* mark : {"；", "、", "|"}) {
        for (std::size_t at; (at = text.find(mark)) != text.npos;)
            text.replace(at, std::char_traits<char>::length(mark), ";");
    }
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t end = std::min(text.find(';', from), text.size());
        if (std::string alias = trimmed(text.substr(from, end - from)); !alias.empty()) out.push_back(std::move(alias));
        from = end + 1;
    }
    return out;
}

struct Columns {
    std::optional<std::size_t> name, deadline, aliases;
};

Columns columns_of(const CsvRow& header) {
    Columns out;
    const std::map<std::u32string, std::optional<std::size_t> Columns::*> known{
        {U"单位", &Columns::name},         {U"单位名称", &Columns::name}, {U"unit", &Columns::name},
        {U"name", &Columns::name},         {U"期限", &Columns::deadline}, {U"截止日期", &Columns::deadline},
        {U"deadline", &Columns::deadline}, {U"别名", &Columns::aliases},  {U"aliases", &Columns::aliases}};
    for (std::size_t i = 0; i < header.fields.size(); ++i) {
        const auto found = known.find(label_key(header.fields[i]));
        if (found != known.end() && !(out.*found->second)) out.*found->second = i;
    }
    return out;
}

// All reports of the year and type by their unit, and which of them are of the chosen form.
using ByUnit = std::map<std::u32string, std::vector<const UnitReport*>>;

bool received_earlier(const UnitReport* a, const UnitReport* b) { return a->received_at < b->received_at; }

Delivery delivery_of(const RosterUnit& unit, const SummaryChoice& choice, const ByUnit& by_unit, int offset) {
    Delivery out;
    out.unit = unit;
    std::set<std::u32string> keys{unit_key(*choice.form, unit.name)};
    for (const std::string& alias : unit.aliases) keys.insert(unit_key(*choice.form, alias));
    std::vector<const UnitReport*> chosen, old;
    for (const std::u32string& key : keys) {
        const auto found = by_unit.find(key);
        if (found == by_unit.end()) continue;
        for (const UnitReport* report : found->second)
            (report->form->form == choice.form->form ? chosen : old).push_back(report);
    }
    out.old_form = chosen.empty() && !old.empty();
    const auto& counts = chosen.empty() ? old : chosen;
    if (counts.empty()) return out;
    out.report = *std::ranges::max_element(counts, received_earlier);
    const auto first = local_day((*std::ranges::min_element(counts, received_earlier))->received_at, offset);
    if (first) out.received_on = written(*first);
    if (unit.deadline && first) out.late = *first > *day_of(numbers_in(*unit.deadline));
    return out;
}

}  // namespace

Result<std::vector<RosterUnit>> parse_roster(std::string_view csv) {
    const auto rows = parse_csv(csv);
    if (!rows) return tl::unexpected(rows.error());
    if (rows->empty()) return fault(1, "the roster is empty");
    const CsvRow& header = rows->front();
    const Columns columns = columns_of(header);
    if (!columns.name) return fault(header.line, "no column is called 单位 (or unit)");

    std::vector<RosterUnit> out;
    std::map<std::u32string, int> lines;
    for (std::size_t i = 1; i < rows->size(); ++i) {
        const CsvRow& row = (*rows)[i];
        const auto field = [&](std::optional<std::size_t> column) {
            return column && *column < row.fields.size() ? trimmed(row.fields[*column]) : "";
        };
        if (std::ranges::all_of(row.fields, [](const auto& text) { return trimmed(text).empty(); })) continue;
        if (row.fields.size() > header.fields.size()) return fault(row.line, "more fields than the first line has");
        RosterUnit unit{row.line, field(columns.name), std::nullopt, parse_aliases(field(columns.aliases))};
        if (unit.name.empty()) return fault(row.line, "the name of the unit is missing");
        if (const std::string text = field(columns.deadline); !text.empty()) {
            const auto numbers = numbers_in(text);
            const auto day = numbers.size() == 3 ? day_of(numbers) : std::nullopt;
            if (!day) return fault(row.line, "'" + text + "' is no date (2025-01-31)");
            unit.deadline = written(*day);
        }
        const auto [first, fresh] = lines.emplace(label_key(unit.name), row.line);
        if (!fresh) return fault(row.line, unit.name + " stands on line " + std::to_string(first->second) + " already");
        out.push_back(std::move(unit));
    }
    return out;
}

Deliveries deliveries(const std::vector<RosterUnit>& roster, const SummaryChoice& choice,
                      const std::vector<UnitReport>& reports, int utc_offset_minutes) {
    Deliveries out;
    ByUnit by_unit;
    std::vector<const UnitReport*> of_year;
    for (const UnitReport& report : reports) {
        if (report.form->type != choice.form->type || report.year != choice.year) continue;
        of_year.push_back(&report);
        if (report.issuer) by_unit[unit_key(*choice.form, *report.issuer)].push_back(&report);
    }
    std::set<std::u32string> known;
    for (const RosterUnit& unit : roster) {
        known.insert(unit_key(*choice.form, unit.name));
        for (const std::string& alias : unit.aliases) known.insert(unit_key(*choice.form, alias));
        out.units.push_back(delivery_of(unit, choice, by_unit, utc_offset_minutes));
    }
    for (const UnitReport* report : of_year) {
        if (!report->issuer || !known.contains(unit_key(*choice.form, *report->issuer)))
            out.not_on_roster.push_back(report);
    }
    return out;
}

}  // namespace biaod::models
