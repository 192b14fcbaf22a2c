#include "models/all_checks.hpp"

#include "models/form_checks.hpp"
#include "models/soft_checks.hpp"

namespace biaod::models {
namespace {

Check figures_check(const FormDefinition& form, const std::vector<Reading>& readings, int table) {
    Check check{form.tables[static_cast<std::size_t>(table)].name + ".figures", CheckStatus::pass, ""};
    int read = 0;
    for (std::size_t i = 0; i < form.slots.size(); ++i) {
        if (form.slots[i].table != table) continue;
        read += readings[i].is_number();
        if (figure_allowed(form.slots[i], readings[i])) continue;
        check.status = CheckStatus::fail;
        check.detail +=
            (check.detail.empty() ? "" : "; ") + form.slots[i].label + ": " + readings[i].figure.value.to_string();
    }
    if (check.status == CheckStatus::pass) {
        if (read == 0) check.status = CheckStatus::unknown;
        check.detail = std::to_string(read) + " figures, all of the kind that the form asks for";
    }
    return check;
}

}  // namespace

bool figure_allowed(const ValueSlot& slot, const Reading& reading) {
    if (!reading.is_number()) return true;
    const bool may_be_part = slot.type == ValueType::decimal || slot.type == ValueType::amount;
    const bool may_be_negative = slot.type == ValueType::signed_;
    return (may_be_part || reading.figure.value.is_whole()) && (may_be_negative || !reading.figure.value.is_negative());
}

std::vector<Check> all_checks(const FormDefinition& form, const Meta& meta, const std::vector<Reading>& readings,
                              const Record& record) {
    std::vector<Check> out;
    for (const Equation& equation : form.equations)
        out.push_back({equation.rule, evaluate(equation, readings).status, describe(equation, form, readings)});
    for (std::size_t t = 0; t < form.tables.size(); ++t)
        out.push_back(figures_check(form, readings, static_cast<int>(t)));
    for (Check& check : soft_checks(form, meta, readings, record)) out.push_back(std::move(check));
    return out;
}

}  // namespace biaod::models
