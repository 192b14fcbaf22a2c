// The "checks" part of a form's data file: equations over the values, and the soft checks.
#include <algorithm>

#include "models/form_loader.hpp"
#include "models/slot_pattern.hpp"

namespace biaod::models {
namespace {

using Slots = std::vector<ValueSlot>;

std::vector<int> matching_slots(const FormNode& node, const std::string& pattern, const Slots& slots) {
    if (pattern.front() != '/') node.fault("must begin with /");
    std::vector<int> out;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        if (match_pointer(pattern, slots[i].pointer)) out.push_back(static_cast<int>(i));
    }
    if (out.empty()) node.fault("no value of the form has the pointer " + pattern);
    return out;
}

int only_slot(const FormNode& node, const std::string& pattern, const Slots& slots) {
    const auto found = matching_slots(node, pattern, slots);
    if (found.size() != 1) node.fault("must name one value");
    return found.front();
}

// The slots of all patterns in a list, {name} bound.
std::vector<int> side(const FormNode& list, const std::string& binding, const Slots& slots) {
    std::vector<int> out;
    for (const FormNode& item : list.list()) {
        for (int slot : matching_slots(item, bind_pointer(item.text(), binding), slots)) out.push_back(slot);
    }
    return out;
}

void require_same_variable(const FormNode& list, std::string_view variable) {
    for (const FormNode& item : list.list()) {
        if (variable_of(item.text()) != variable) item.fault("must have the same {name} as the first of 'left'");
    }
}

void load_equations(const FormNode& check, const std::string& rule, FormDefinition& form) {
    const FormNode equal = check["equal"];
    equal.object({"left", "right"});
    const FormNode left = equal["left"], right = equal["right"];
    if (left.list().empty()) left.fault("must not be empty");
    if (right.list().empty()) right.fault("must not be empty");
    const FormNode lead = left.list().front();
    const std::string pattern = lead.text();
    const std::string variable(variable_of(pattern));
    require_same_variable(left, variable);
    require_same_variable(right, variable);
    if (!variable.empty() && rule.find("{" + variable + "}") == std::string::npos) {
        check["rule"].fault("must contain {" + variable + "}, or its instances have one name");
    }
    for (int first : matching_slots(lead, pattern, form.slots)) {
        const std::string binding = *match_pointer(pattern, form.slots[static_cast<std::size_t>(first)].pointer);
        Equation equation;
        std::string dotted = binding;
        std::replace(dotted.begin(), dotted.end(), '/', '.');
        equation.rule = bind_pointer(rule, dotted);
        equation.soft = rule.starts_with("soft.");
        equation.left = side(left, binding, form.slots);
        equation.right = side(right, binding, form.slots);
        form.equations.push_back(std::move(equation));
    }
}

YearCheck load_year_check(const std::string& rule, YearSource source, const FormNode& node) {
    node.object({"later_by"});
    const auto bounds = node["later_by"].list();
    if (bounds.size() != 2) node["later_by"].fault("must be [least, most]");
    YearCheck out{rule, source, bounds[0].whole(), bounds[1].whole(), std::nullopt};
    if (out.least_later > out.most_later) node["later_by"].fault("must be [least, most]");
    return out;
}

void load_text_figure(const FormNode& node, const std::string& rule, FormDefinition& form) {
    node.object({"patterns", "none_patterns", "equals"});
    TextFigureCheck check;
    check.rule = rule;
    check.patterns = load_patterns(node, "patterns", 1);
    check.none_patterns = load_patterns(node, "none_patterns", 0);
    const FormNode equals = node["equals"];
    check.slot = only_slot(equals, equals.text(), form.slots);
    form.text_figure_checks.push_back(std::move(check));
}

// One instance for each binding of {name} in 'value'.
void load_last_year(const FormNode& node, const std::string& rule, FormDefinition& form) {
    node.object({"value", "last", "plus", "minus"});
    const FormNode value = node["value"], last = node["last"];
    const std::string pattern = value.text(), variable(variable_of(pattern));
    if (variable_of(last.text()) != variable) last.fault("must have the same {name} as 'value'");
    for (int slot : matching_slots(value, pattern, form.slots)) {
        const std::string binding = *match_pointer(pattern, form.slots[static_cast<std::size_t>(slot)].pointer);
        std::string dotted = binding;
        std::replace(dotted.begin(), dotted.end(), '/', '.');
        LastYearCheck check;
        check.rule = bind_pointer(rule, dotted);
        check.value = slot;
        check.last = only_slot(last, bind_pointer(last.text(), binding), form.slots);
        if (node.has("plus")) check.plus = side(node["plus"], binding, form.slots);
        if (node.has("minus")) check.minus = side(node["minus"], binding, form.slots);
        form.last_year_checks.push_back(std::move(check));
    }
}

}  // namespace

void load_checks(const FormNode& node, FormDefinition& form) {
    for (const FormNode& check : node.list()) {
        check.object({"rule", "equal", "zero", "when_issuer", "document_number_year", "date_year", "text_year",
                      "text_figure", "from_last_year"});
        const std::string rule = check["rule"].text();
        const bool soft = rule.starts_with("soft.");
        if (check.has("equal")) {
            load_equations(check, rule, form);
            continue;
        }
        if (!soft) check["rule"].fault("must begin with 'soft.' for what is not an equation");
        if (check.has("zero")) {
            ZeroCheck zero{rule, side(check["zero"], "", form.slots), std::nullopt};
            if (check.has("when_issuer")) zero.when_issuer = load_pattern(check["when_issuer"], 0);
            form.zero_checks.push_back(std::move(zero));
        } else if (check.has("document_number_year")) {
            form.year_checks.push_back(
                load_year_check(rule, YearSource::document_number, check["document_number_year"]));
        } else if (check.has("date_year")) {
            form.year_checks.push_back(load_year_check(rule, YearSource::date, check["date_year"]));
        } else if (check.has("text_year")) {
            form.year_checks.push_back({rule, YearSource::text, 0, 0, load_pattern(check["text_year"], 1)});
        } else if (check.has("text_figure")) {
            load_text_figure(check["text_figure"], rule, form);
        } else if (check.has("from_last_year")) {
            load_last_year(check["from_last_year"], rule, form);
        } else {
            check.fault(
                "has no kind (equal, zero, document_number_year, date_year, text_year, text_figure or from_last_year)");
        }
    }
}

}  // namespace biaod::models
