// Blame for failing equations; the method is described at find_suspects().
#include <algorithm>
#include <map>
#include <utility>

#include "models/form_checks.hpp"

namespace biaod::models {
namespace {

constexpr std::size_t most_candidates = 24;  // beyond it the search for a small set is given up

struct Term {
    int equation = 0;
    int sign = 1;  // +1 on the left, -1 on the right
};

// Slots and what is to be added to their figures.
using Solution = std::vector<std::pair<int, Decimal>>;

class SuspectSearch {
  public:
    SuspectSearch(const FormDefinition& form, const std::vector<Reading>& readings) : form_(form) {
        for (std::size_t e = 0; e < form.equations.size(); ++e) {
            const Equation& equation = form.equations[e];
            results_.push_back(evaluate(equation, readings));
            echoes_.push_back(is_echo(equation, readings));
            if (equation.soft || !results_.back().solvable) continue;
            for (int slot : equation.left) terms_[slot].push_back({static_cast<int>(e), 1});
            for (int slot : equation.right) terms_[slot].push_back({static_cast<int>(e), -1});
            if (!results_.back().holds) failing_.insert(static_cast<int>(e));
        }
        for (const auto& [slot, terms] : terms_) {
            const Reading& reading = readings[static_cast<std::size_t>(slot)];
            values_[slot] = reading.is_number() ? reading.figure.value : Decimal{};
            printed_[slot] = reading.is_number();
            if (reading.second) disagreeing_.insert(slot);
            if (reading.second && reading.second->kind == FigureKind::number) second_[slot] = reading.second->value;
        }
    }

    std::vector<Suspect> find() const {
        std::vector<Suspect> out;
        for (const std::set<int>& part : failing_parts()) {
            auto here = smallest_correction(part);
            if (here.size() == 1) add_likely_instead(here);
            if (here.empty()) here = unvouched_members(part);
            for (Suspect& suspect : here) {
                const auto same = [&](const Suspect& s) { return s.slot == suspect.slot; };
                if (std::ranges::none_of(out, same)) out.push_back(std::move(suspect));
            }
        }
        return out;
    }

  private:
    bool fails(int equation) const { return failing_.contains(equation); }

    std::vector<int> members(int equation) const {
        const Equation& e = form_.equations[static_cast<std::size_t>(equation)];
        std::vector<int> out = e.left;
        out.insert(out.end(), e.right.begin(), e.right.end());
        return out;
    }

    // Failing equations that share figures belong together; so do those that share a passing equation's figures with
    // a candidate, since a correction there must be answered.
    std::vector<std::set<int>> failing_parts() const {
        const std::map<int, Decimal> candidates = candidates_of(failing_);
        std::vector<std::set<int>> parts;
        std::set<int> left = failing_;
        while (!left.empty()) {
            std::set<int> part{*left.begin()};
            std::vector<int> queue{*left.begin()};
            std::set<int> seen{*left.begin()};
            left.erase(left.begin());
            while (!queue.empty()) {
                const int equation = queue.back();
                queue.pop_back();
                for (int slot : members(equation)) {
                    const bool bridge = fails(equation) || candidates.contains(slot);
                    if (!bridge) continue;
                    for (const Term& term : terms_.at(slot)) {
                        const bool follow = fails(term.equation) || candidates.contains(slot);
                        if (!follow || !seen.insert(term.equation).second) continue;
                        queue.push_back(term.equation);
                        if (fails(term.equation)) {
                            part.insert(term.equation);
                            left.erase(term.equation);
                        }
                    }
                }
            }
            parts.push_back(std::move(part));
        }
        return parts;
    }

    // What is to be added to the figure so that a failing equation holds.
    Decimal repair_of(const Term& term) const {
        const Decimal excess = *results_[static_cast<std::size_t>(term.equation)].excess;
        return term.sign > 0 ? excess.negated() : excess;
    }

    // Figures in at least two of the failing equations, with the one change that repairs each of them; and in one,
    // where it makes of the figure what another reading of it says.
    std::map<int, Decimal> candidates_of(const std::set<int>& equations) const {
        std::map<int, Decimal> out;
        for (const auto& [slot, terms] : terms_) {
            std::optional<Decimal> change;
            int count = 0;
            bool agree = true;
            for (const Term& term : terms) {
                if (!equations.contains(term.equation)) continue;
                const Decimal repair = repair_of(term);
                agree = agree && (!change || *change == repair);
                change = repair;
                ++count;
            }
            if (count == 0 || !agree) continue;
            const auto corrected = Decimal::sum(values_.at(slot), *change);
            if (!corrected || corrected->is_negative()) continue;
            if (count > 1 || is_second(slot, *corrected)) out[slot] = *change;
        }
        return out;
    }

    // Those of which two readings disagree, and of whose equations each asks for another change, since another figure
    // of one of them was misread, too: the changes, to be tried together with others.
    Solution partial_candidates_of(const std::set<int>& equations) const {
        Solution out;
        for (const int slot : disagreeing_) {
            const auto terms = terms_.find(slot);
            if (terms == terms_.end()) continue;
            std::vector<Decimal> repairs;
            int failing = 0;
            for (const Term& term : terms->second) {
                if (!equations.contains(term.equation)) continue;
                ++failing;
                const Decimal repair = repair_of(term);
                const auto corrected = Decimal::sum(values_.at(slot), repair);
                if (corrected && !corrected->is_negative() && std::ranges::find(repairs, repair) == repairs.end())
                    repairs.push_back(repair);
            }
            if (failing < 2) continue;
            for (const Decimal& repair : repairs) out.emplace_back(slot, repair);
        }
        return out;
    }

    bool is_second(int slot, const Decimal& value) const {
        const auto second = second_.find(slot);
        return second != second_.end() && second->second == value;
    }

    bool all_hold_after(const Solution& changes, const std::set<int>& part) const {
        std::map<int, std::optional<Decimal>> excess;
        for (int equation : part) excess[equation] = results_[static_cast<std::size_t>(equation)].excess;
        for (const auto& [slot, change] : changes) {
            for (const Term& term : terms_.at(slot)) {
                auto [at, fresh] =
                    excess.try_emplace(term.equation, results_[static_cast<std::size_t>(term.equation)].excess);
                if (at->second) at->second = Decimal::sum(*at->second, term.sign > 0 ? change : change.negated());
            }
        }
        return std::ranges::all_of(excess, [](const auto& e) { return e.second && e.second->is_zero(); });
    }

    std::vector<Suspect> smallest_correction(const std::set<int>& part) const {
        const auto found = candidates_of(part);
        Solution candidates(found.begin(), found.end());
        std::vector<Solution> solutions = smallest_solutions(candidates, part);
        if (solutions.empty()) {
            for (const auto& candidate : partial_candidates_of(part))
                if (!found.contains(candidate.first)) candidates.push_back(candidate);
            solutions = smallest_solutions(candidates, part);
        }
        const auto* likeliest = solutions.size() == 1 ? &solutions.front() : the_only_read(solutions);
        std::vector<Suspect> out;
        const auto blame = [&](const Solution& solution, bool suggest) {
            for (const auto& [slot, change] : solution) {
                const auto corrected = Decimal::sum(values_.at(slot), change);
                out.push_back({slot, suggest ? corrected : std::nullopt});
            }
        };
        if (likeliest) blame(*likeliest, true);  // of a slot that is blamed again, the first word counts
        for (const Solution& solution : solutions)
            if (&solution != likeliest) blame(solution, false);
        return out;
    }

    std::vector<Solution> smallest_solutions(const Solution& candidates, const std::set<int>& part) const {
        std::vector<Solution> solutions;
        if (candidates.size() > most_candidates) return solutions;
        // All of the smallest size: two that explain the failures equally well leave both in doubt.
        const std::size_t n = candidates.size();
        for (std::size_t a = 0; a < n; ++a) try_set({candidates[a]}, part, solutions);
        if (solutions.empty())
            for (std::size_t a = 0; a < n; ++a)
                for (std::size_t b = a + 1; b < n; ++b) try_set({candidates[a], candidates[b]}, part, solutions);
        if (solutions.empty())
            for (std::size_t a = 0; a < n; ++a)
                for (std::size_t b = a + 1; b < n; ++b)
                    for (std::size_t c = b + 1; c < n; ++c)
                        try_set({candidates[a], candidates[b], candidates[c]}, part, solutions);
        return solutions;
    }

    // Of several, the one that corrects a figure to what it was read as by another way.
    const Solution* the_only_read(const std::vector<Solution>& solutions) const {
        const auto read = [&](const Solution& solution) {
            return std::ranges::any_of(solution, [&](const auto& of) {
                const auto corrected = Decimal::sum(values_.at(of.first), of.second);
                return corrected && is_second(of.first, *corrected);
            });
        };
        if (std::ranges::count_if(solutions, read) != 1) return nullptr;
        return &*std::ranges::find_if(solutions, read);
    }

    void try_set(Solution set, const std::set<int>& part, std::vector<Solution>& solutions) const {
        const auto slot = [](const auto& change) { return change.first; };
        if (std::ranges::adjacent_find(set, {}, slot) != set.end()) return;  // one figure, changed twice
        if (all_hold_after(set, part)) solutions.push_back(std::move(set));
    }

    // `by_echo`: by no more than its like, too.
    bool vouched(int slot, bool by_echo) const {
        return std::ranges::any_of(terms_.at(slot), [&](const Term& term) {
            const auto equation = static_cast<std::size_t>(term.equation);
            if (fails(term.equation) || !results_[equation].holds) return false;
            if (!by_echo && echoes_[equation] && !values_.at(slot).is_zero()) return false;
            const auto others = members(term.equation);
            return std::ranges::any_of(others, [&](int other) { return other != slot && printed_.at(other); });
        });
    }

    // One equation alone does not tell which of its figures is wrong. Where it was repaired by a second reading,
    // another whose correction differs in a digit from what was read may be it as well, unless a passing equation
    // vouches.
    void add_likely_instead(std::vector<Suspect>& blamed) const {
        const int slot = blamed.front().slot;
        std::vector<int> failing;
        for (const Term& term : terms_.at(slot))
            if (fails(term.equation)) failing.push_back(term.equation);
        if (failing.size() != 1) return;
        const Equation& equation = form_.equations[static_cast<std::size_t>(failing.front())];
        const Decimal excess = *results_[static_cast<std::size_t>(failing.front())].excess;
        const auto add = [&](const std::vector<int>& others, const Decimal& repair) {
            for (const int other : others) {
                const auto corrected = Decimal::sum(values_.at(other), repair);
                if (other != slot && corrected && is_one_digit_off(values_.at(other), *corrected) &&
                    !vouched(other, false))
                    blamed.push_back({other, {}});
            }
        };
        add(equation.left, excess.negated());
        add(equation.right, excess);
    }

    static bool is_one_digit_off(const Decimal& read, const Decimal& other) {
        const std::string a = read.to_string(), b = other.to_string();
        if (a.size() != b.size()) return false;
        int differ = 0;
        for (std::size_t i = 0; i < a.size(); ++i) differ += a[i] != b[i];
        return differ == 1;
    }

    std::vector<Suspect> unvouched_members(const std::set<int>& part) const {
        std::vector<Suspect> out;
        for (int equation : part) {
            const std::vector<int> all = members(equation);
            const bool none_left = std::ranges::all_of(all, [&](int slot) { return vouched(slot, true); });
            const Equation& e = form_.equations[static_cast<std::size_t>(equation)];
            for (int slot : all) {
                if (!none_left && vouched(slot, false)) continue;
                // A lone figure on the left is a printed total: what the parts add up to is the suggestion.
                const bool is_total = e.left.size() == 1 && e.left.front() == slot && terms_.at(slot).size() == 1;
                std::optional<Decimal> suggested;
                if (is_total)
                    suggested =
                        Decimal::sum(values_.at(slot), results_[static_cast<std::size_t>(equation)].excess->negated());
                out.push_back({slot, suggested});
            }
        }
        return out;
    }

    const FormDefinition& form_;
    std::vector<EquationResult> results_;
    std::vector<bool> echoes_;
    std::set<int> failing_;
    std::map<int, std::vector<Term>> terms_;
    std::map<int, Decimal> values_;
    std::map<int, bool> printed_;
    std::set<int> disagreeing_;      // where two readings do,
    std::map<int, Decimal> second_;  // and the second is a number
};

}  // namespace

std::vector<Suspect> find_suspects(const FormDefinition& form, const std::vector<Reading>& readings) {
    return SuspectSearch(form, readings).find();
}

}  // namespace biaod::models
