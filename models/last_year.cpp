#include "models/last_year.hpp"

#include <algorithm>
#include <map>

namespace biaod::models {
namespace {

struct Addend {
    const UnitValue* value = nullptr;
    bool minus = false;
};

std::optional<Decimal> sum_of(const std::vector<Addend>& addends) {
    std::optional<Decimal> sum = Decimal{};
    for (const Addend& addend : addends) {
        if (!sum || !addend.value->value) continue;
        sum = Decimal::sum(*sum, addend.minus ? addend.value->value->negated() : *addend.value->value);
    }
    return sum;
}

std::string written(const std::vector<Addend>& addends) {
    std::string out;
    for (const Addend& addend : addends) {
        if (!out.empty() || addend.minus) out += addend.minus ? " − " : " + ";
        out += addend.value->value.value_or(Decimal{}).to_string();
    }
    return out;
}

const UnitValue* value_at(const UnitReport& report, const std::string& pointer) {
    const auto& slots = report.form->slots;
    const auto found = std::ranges::find(slots, pointer, &ValueSlot::pointer);
    return found == slots.end() ? nullptr : &report.values[static_cast<std::size_t>(found - slots.begin())];
}

LastYearResult compare(const LastYearCheck& check, const UnitReport& now, const UnitReport& last) {
    const auto slot = [&](int index) { return &now.form->slots[static_cast<std::size_t>(index)]; };
    const auto value = [&](int index) { return &now.values[static_cast<std::size_t>(index)]; };
    const std::string last_pointer = slot(check.last)->pointer;
    LastYearResult out{check.rule, CheckStatus::unknown,
                       std::to_string(*now.year) + " " + slot(check.value)->label + ": ", check.value};

    const UnitValue* last_value = value_at(last, last_pointer);
    if (!last_value) {
        out.detail += "last year's form has no " + slot(check.last)->label;
        return out;
    }
    std::vector<Addend> addends{{last_value, false}};
    for (int index : check.plus) addends.push_back({value(index), false});
    for (int index : check.minus) addends.push_back({value(index), true});
    const UnitValue& printed = *value(check.value);

    const auto flagged = [](const Addend& addend) { return addend.value->flagged.has_value(); };
    const auto blank = [](const Addend& addend) { return !addend.value->value; };
    if (printed.flagged || std::ranges::any_of(addends, flagged) || now.place_flagged || last.place_flagged) {
        out.detail += "waits for review";
        return out;
    }
    if (!printed.value && std::ranges::all_of(addends, blank)) {
        out.detail += "nothing is printed";
        return out;
    }
    const auto sum = sum_of(addends);
    const Decimal value_now = printed.value.value_or(Decimal{});
    out.status = sum == value_now ? CheckStatus::pass : CheckStatus::fail;
    out.detail += value_now.to_string() + (sum == value_now ? " = " : " ≠ ") + written(addends);
    if (addends.size() > 1) out.detail += " = " + (sum ? sum->to_string() : "?");
    return out;
}

}  // namespace

std::vector<LastYear> against_last_year(const Summary& summary, const std::vector<UnitReport>& reports) {
    std::map<std::u32string, const UnitReport*> before;
    for (const UnitReport& report : reports) {
        if (report.form->type != summary.form->type || report.year != summary.year - 1 || !report.issuer) continue;
        const UnitReport*& kept = before[unit_key(*summary.form, *report.issuer)];
        if (!kept || report.received_at > kept->received_at) kept = &report;
    }
    std::vector<LastYear> out;
    for (const UnitReport* report : summary.reports) {
        LastYear unit{report, nullptr, {}};
        if (report->issuer) {
            const auto found = before.find(unit_key(*summary.form, *report->issuer));
            if (found != before.end()) unit.last = found->second;
        }
        if (unit.last) {
            for (const LastYearCheck& check : report->form->last_year_checks)
                unit.results.push_back(compare(check, *report, *unit.last));
        }
        out.push_back(std::move(unit));
    }
    return out;
}

}  // namespace biaod::models
