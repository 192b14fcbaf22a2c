#include "models/soft_checks.hpp"

#include <charconv>
#include <map>

#include "models/text_lines.hpp"

namespace biaod::models {
namespace {

std::optional<int> year_of(const std::string& text) {
    int year = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(year) : std::nullopt;
}

Check zero_check(const ZeroCheck& rule, const FormDefinition& form, const Meta& meta,
                 const std::vector<Reading>& readings) {
    Check check{rule.rule, CheckStatus::unknown, ""};
    if (rule.when_issuer && (!meta.issuer || !rule.when_issuer->find(*meta.issuer))) {
        check.detail = "does not apply to this issuer";
        return check;
    }
    check.status = CheckStatus::pass;
    for (int slot : rule.slots) {
        const Reading& reading = readings[static_cast<std::size_t>(slot)];
        if (!reading.is_number() || reading.figure.value.is_zero()) continue;
        check.status = CheckStatus::fail;
        check.detail += (check.detail.empty() ? "" : "; ") + form.slots[static_cast<std::size_t>(slot)].label + ": " +
                        reading.figure.value.to_string() + ", 0 is usual for " + meta.issuer.value_or("this issuer");
    }
    if (check.detail.empty()) check.detail = "all are 0 or blank";
    return check;
}

Check year_check(const YearCheck& rule, const Meta& meta, const TextLines& text) {
    Check check{rule.rule, CheckStatus::unknown, ""};
    if (!meta.year) {
        check.detail = "the reported year is not known";
        return check;
    }
    const std::string reported = std::to_string(*meta.year);
    std::optional<int> found;
    if (rule.source == YearSource::date && meta.date) found = year_of(meta.date->substr(0, 4));
    if (rule.source == YearSource::document_number && meta.document_number) {
        const auto digit = meta.document_number->find_first_of("0123456789");
        if (digit != std::string::npos) found = year_of(meta.document_number->substr(digit, 4));
    }
    if (rule.source == YearSource::text && rule.pattern) {
        std::map<int, int> mentions;
        for (const TextLine& line : text.lines) {
            for (const auto& groups : rule.pattern->find_all(line.folded)) {
                if (const auto year = year_of(groups[1])) ++mentions[*year];
            }
        }
        int most = 0;
        for (const auto& [year, count] : mentions) {
            if (count > most) found = year;
            most = std::max(most, count);
        }
    }
    if (!found) {
        check.detail = "no year is printed there";
        return check;
    }
    const int later = *found - *meta.year;
    check.status = later >= rule.least_later && later <= rule.most_later ? CheckStatus::pass : CheckStatus::fail;
    check.detail = "reported year " + reported + ", found " + std::to_string(*found);
    return check;
}

Check text_figure_check(const TextFigureCheck& rule, const FormDefinition& form, const std::vector<Reading>& readings,
                        const TextLines& text) {
    Check check{rule.rule, CheckStatus::unknown, "the text does not say"};
    const Reading& reading = readings[static_cast<std::size_t>(rule.slot)];
    std::optional<Decimal> said;
    for (const TextLine& line : text.lines) {
        if (const auto found = find_first(rule.patterns, line.folded)) said = Decimal::parse((*found)[1]);
        if (!said && find_first(rule.none_patterns, line.folded)) said = Decimal{};
        if (said) break;
    }
    if (!said) return check;
    const std::string& label = form.slots[static_cast<std::size_t>(rule.slot)].label;
    if (!reading.is_number() && !(reading.is_none() && said->is_zero())) {
        check.detail = label + ": not printed in the table, the text says " + said->to_string();
        return check;
    }
    const Decimal printed = reading.is_number() ? reading.figure.value : Decimal{};
    check.status = printed == *said ? CheckStatus::pass : CheckStatus::fail;
    check.detail = label + ": the table says " + printed.to_string() + ", the text " + said->to_string();
    return check;
}

}  // namespace

std::vector<Check> soft_checks(const FormDefinition& form, const Meta& meta, const std::vector<Reading>& readings,
                               const Record& record) {
    std::vector<Check> out;
    const TextLines text = text_lines(form, record);
    for (const ZeroCheck& rule : form.zero_checks) out.push_back(zero_check(rule, form, meta, readings));
    for (const YearCheck& rule : form.year_checks) out.push_back(year_check(rule, meta, text));
    for (const TextFigureCheck& rule : form.text_figure_checks)
        out.push_back(text_figure_check(rule, form, readings, text));
    return out;
}

}  // namespace biaod::models
