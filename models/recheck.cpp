#include "models/recheck.hpp"

#include <algorithm>

#include "models/all_checks.hpp"
#include "models/form_checks.hpp"
#include "models/report_readings.hpp"

namespace biaod::models {
namespace {

std::string field_of(const FormDefinition& form, int slot) {
    return "/report" + form.slots[static_cast<std::size_t>(slot)].pointer;
}

template <typename T>
void take(const nlohmann::ordered_json& report, const char* key, std::optional<T>& value) {
    const auto found = report.find(key);
    if (found == report.end()) return;
    value.reset();
    if constexpr (std::is_same_v<T, std::string>) {
        if (found->is_string()) value = found->get<std::string>();
    } else {
        if (found->is_number_integer()) value = found->get<T>();
    }
}

// The paper's own words, except where the report says otherwise: a person may have corrected it.
Meta meta_of(const FormDefinition& form, const Record& record) {
    Meta meta = read_meta(form, record);
    take(record.report, "title", meta.title);
    take(record.report, "issuer", meta.issuer);
    take(record.report, "document_number", meta.document_number);
    take(record.report, "addressee", meta.addressee);
    take(record.report, "date", meta.date);
    take(record.report, "year", meta.year);
    return meta;
}

ReviewItem failed_item(const Record& record, const std::string& field, const std::optional<Decimal>& suggested) {
    ReviewItem item{field, ReviewReason::check_failed, "", {}, 0, {}};
    if (suggested) item.suggested = suggested->to_string();
    if (const auto from = record.provenance.find(field); from != record.provenance.end()) {
        item.printed = from->second.printed;
        item.page = from->second.page;
        item.bbox = from->second.bbox;
    }
    return item;
}

void flag_failed_sums(const FormDefinition& form, const std::vector<Reading>& readings, Record& record) {
    std::erase_if(record.review, [](const ReviewItem& item) { return item.reason == ReviewReason::check_failed; });
    const std::set<std::string> settled = settled_fields(record);
    std::vector<ReviewItem> failed;
    for (const Suspect& suspect : find_suspects(form, readings)) {
        const std::string field = field_of(form, suspect.slot);
        if (!settled.contains(field)) failed.push_back(failed_item(record, field, suspect.suggested));
    }
    for (std::size_t i = 0; i < form.slots.size(); ++i) {
        const std::string field = field_of(form, static_cast<int>(i));
        if (!figure_allowed(form.slots[i], readings[i]) && !settled.contains(field))
            failed.push_back(failed_item(record, field, {}));
    }
    record.review.insert(record.review.begin(), failed.begin(), failed.end());
}

}  // namespace

void recheck(const FormSet& forms, Record& record) {
    if (const auto form = form_of(forms, record)) {
        const std::vector<Reading> readings = report_readings(*form, record);
        flag_failed_sums(*form, readings, record);
        record.checks = all_checks(*form, meta_of(*form, record), readings, record);
    }
    if (record.status != Status::partial)
        record.status = record.review.empty() ? Status::complete : Status::needs_review;
}

std::vector<FailedSum> failed_sums(const FormSet& forms, const Record& record) {
    std::vector<FailedSum> out;
    const auto form = form_of(forms, record);
    if (!form) return out;
    const std::vector<Reading> readings = report_readings(*form, record);
    for (const Equation& equation : form->equations) {
        if (evaluate(equation, readings).status != CheckStatus::fail) continue;
        FailedSum sum{equation.rule, describe(equation, *form, readings), {}};
        for (const auto* side : {&equation.left, &equation.right}) {
            for (const int slot : *side) sum.fields.push_back(field_of(*form, slot));
        }
        out.push_back(std::move(sum));
    }
    return out;
}

std::map<std::string, std::string> field_labels(const FormSet& forms, const Record& record) {
    std::map<std::string, std::string> out;
    if (const auto form = form_of(forms, record)) {
        for (const ValueSlot& slot : form->slots) out["/report" + slot.pointer] = slot.label;
    }
    return out;
}

}  // namespace biaod::models
