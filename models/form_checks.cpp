#include "models/form_checks.hpp"

#include <algorithm>

namespace biaod::models {
namespace {

constexpr double kShaky = 0.6;  // confidence of what an equal figure does not confirm

const Reading& reading_of(const std::vector<Reading>& readings, int slot) {
    return readings[static_cast<std::size_t>(slot)];
}

Decimal value_of(const Reading& reading) { return reading.is_number() ? reading.figure.value : Decimal{}; }

bool is_read(const Reading& reading) { return reading.is_number() || reading.is_none(); }

std::optional<Decimal> sum_of(const std::vector<int>& slots, const std::vector<Reading>& readings, int without = -1) {
    std::optional<Decimal> sum = Decimal{};
    for (int slot : slots) {
        if (sum && slot != without) sum = Decimal::sum(*sum, value_of(reading_of(readings, slot)));
    }
    return sum;
}

std::string written_sum(const std::vector<int>& slots, const std::vector<Reading>& readings) {
    std::string terms;
    int shown = 0;
    for (int slot : slots) {
        const Decimal value = value_of(reading_of(readings, slot));
        if (value.is_zero()) continue;
        terms += (terms.empty() ? "" : " + ") + value.to_string();
        ++shown;
    }
    const auto sum = sum_of(slots, readings);
    const std::string total = sum ? sum->to_string() : "?";
    return shown > 1 ? terms + " = " + total : total;
}

bool contains(const std::vector<int>& slots, int slot) { return std::ranges::find(slots, slot) != slots.end(); }

// Whether there are some, on one side of the equation, a figure is printed on the other, and each is a slash or a 7.
bool are_slashes_or_sevens(const std::vector<int>& slots, const Equation& equation,
                           const std::vector<Reading>& readings) {
    const auto left = std::ranges::count_if(slots, [&](int slot) { return contains(equation.left, slot); });
    if (slots.empty() || (left != 0 && left != std::ssize(slots))) return false;
    const auto is_printed = [&](int slot) { return reading_of(readings, slot).is_number(); };
    return std::ranges::any_of(left == 0 ? equation.left : equation.right, is_printed) &&
           std::ranges::all_of(slots, [&](int slot) { return is_slash_or_seven(reading_of(readings, slot)); });
}

}  // namespace

EquationResult evaluate(const Equation& equation, const std::vector<Reading>& readings) {
    EquationResult out;
    bool any_number = false, any_none = false, all_read = true;
    for (const auto* side : {&equation.left, &equation.right}) {
        for (int slot : *side) {
            const Reading& reading = reading_of(readings, slot);
            any_number = any_number || reading.is_number();
            any_none = any_none || reading.is_none();
            all_read = all_read && is_read(reading);
        }
    }
    if (!all_read) return out;
    const auto left = sum_of(equation.left, readings), right = sum_of(equation.right, readings);
    if (!left || !right) return out;
    out.excess = Decimal::sum(*left, right->negated());
    out.solvable = out.excess.has_value();
    out.holds = out.solvable && out.excess->is_zero();
    if (!any_number) return out;  // nothing is printed: nothing to check
    out.status = out.holds ? CheckStatus::pass : any_none ? CheckStatus::unknown : CheckStatus::fail;
    return out;
}

bool is_echo(const Equation& equation, const std::vector<Reading>& readings) {
    std::ptrdiff_t above_zero = 0;
    for (const auto* side : {&equation.left, &equation.right})
        above_zero +=
            std::ranges::count_if(*side, [&](int slot) { return !value_of(reading_of(readings, slot)).is_zero(); });
    return above_zero == 2;
}

std::string describe(const Equation& equation, const FormDefinition& form, const std::vector<Reading>& readings) {
    std::string text;
    for (int slot : equation.left)
        text += (text.empty() ? "" : " + ") + form.slots[static_cast<std::size_t>(slot)].label;
    int unread = 0;
    for (const auto* side : {&equation.left, &equation.right}) {
        for (int slot : *side) unread += !is_read(reading_of(readings, slot));
    }
    if (unread > 0) return text + ": " + std::to_string(unread) + " figure(s) not read";
    const EquationResult result = evaluate(equation, readings);
    const auto is_sure = [&](int slot) { return reading_of(readings, slot).is_sure(); };
    const bool misprint = result.status == CheckStatus::fail && std::ranges::all_of(equation.left, is_sure) &&
                          std::ranges::all_of(equation.right, is_sure);
    return text + ": " + written_sum(equation.left, readings) + (result.holds ? " = " : " ≠ ") +
           written_sum(equation.right, readings) +
           (misprint ? "; all are read surely: the print itself does not add up" : "");
}

bool is_slash_or_seven(const Reading& reading) {
    return reading.is_none() && reading.cell->text == "/" && reading.second &&
           reading.second->kind == FigureKind::number && reading.second->value == Decimal::whole(7);
}

std::set<int> confirmed_by_equations(const FormDefinition& form, const std::vector<Reading>& readings,
                                     const std::set<int>& doubted) {
    std::set<int> open = doubted;
    for (bool changed = true; changed;) {
        changed = false;
        for (const Equation& equation : form.equations) {
            if (equation.soft || evaluate(equation, readings).status != CheckStatus::pass) continue;
            std::vector<int> members;
            for (const auto* side : {&equation.left, &equation.right}) {
                std::ranges::copy_if(*side, std::back_inserter(members), [&](int slot) { return open.contains(slot); });
            }
            // Any figure in their place would make the sum too large.
            if (are_slashes_or_sevens(members, equation, readings)) {
                for (const int slot : members) open.erase(slot);
                changed = true;
                continue;
            }
            if (members.size() != 1) continue;
            const Reading& member = reading_of(readings, members.front());
            // Sums can tell one number from another, and not a 0 from a blank or a figure from text.
            if (!member.is_number() || (member.second && member.second->kind != FigureKind::number)) continue;
            const bool shaky = member.cell->confidence < kShaky;
            if (!shaky || !is_echo(equation, readings)) {
                open.erase(members.front());
                changed = true;
            }
        }
    }
    std::set<int> out;
    std::ranges::set_difference(doubted, open, std::inserter(out, out.end()));
    return out;
}

std::optional<Decimal> implied_value(const FormDefinition& form, const std::vector<Reading>& readings, int slot) {
    std::optional<Decimal> implied;
    for (const Equation& equation : form.equations) {
        const bool on_left = contains(equation.left, slot), on_right = contains(equation.right, slot);
        if (equation.soft || on_left == on_right) continue;
        bool others_read = true;
        for (const auto* side : {&equation.left, &equation.right}) {
            for (int other : *side)
                others_read = others_read && (other == slot || is_read(reading_of(readings, other)));
        }
        if (!others_read) continue;
        auto same = sum_of(on_left ? equation.left : equation.right, readings, slot);
        const auto opposite = sum_of(on_left ? equation.right : equation.left, readings);
        if (!same || !opposite) continue;
        const auto value = Decimal::sum(*opposite, same->negated());
        if (!value || (implied && *implied != *value)) return std::nullopt;
        implied = value;
    }
    return implied;
}

}  // namespace biaod::models
