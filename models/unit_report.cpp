#include "models/unit_report.hpp"

#include <algorithm>
#include <map>

#include "models/form_meta.hpp"
#include "models/text_norm.hpp"

namespace biaod::models {
namespace {

using Json = nlohmann::ordered_json;
using Flags = std::map<std::string, ReviewReason>;

// Null when `pointer` leads nowhere, or through anything but objects.
const Json* find_at(const Json& report, const std::string& pointer) {
    const Json* at = &report;
    for (std::size_t from = 1; from <= pointer.size();) {
        const std::size_t end = std::min(pointer.find('/', from), pointer.size());
        if (!at->is_object()) return nullptr;
        const auto found = at->find(pointer.substr(from, end - from));
        if (found == at->end()) return nullptr;
        at = &*found;
        from = end + 1;
    }
    return at;
}

std::optional<std::string> text_at(const Json& report, const std::string& pointer) {
    const Json* found = find_at(report, pointer);
    return found && found->is_string() ? std::optional(found->get<std::string>()) : std::nullopt;
}

std::optional<ReviewReason> flag_of(const Flags& flags, const std::string& field) {
    for (std::size_t end = field.size(); end != std::string::npos && end != 0; end = field.rfind('/', end - 1)) {
        if (const auto found = flags.find(field.substr(0, end)); found != flags.end()) return found->second;
    }
    return std::nullopt;
}

UnitValue value_of(const Json& report, const ValueSlot& slot, const std::vector<std::string>& units,
                   const Flags& flags) {
    UnitValue out;
    out.flagged = flag_of(flags, "/report" + slot.pointer);
    const Json* found = find_at(report, slot.pointer);
    if (found && found->is_number()) out.value = Decimal::from_json(*found);
    const bool readable = found && (found->is_null() || out.value);
    if (!readable && !out.flagged) out.flagged = ReviewReason::unreadable;
    if (slot.unit_pointer) {
        out.unit = text_at(report, *slot.unit_pointer);
        if (out.unit && std::ranges::find(units, *out.unit) == units.end()) {
            out.unit.reset();
            if (!out.flagged) out.flagged = ReviewReason::unreadable;
        }
        if (!out.flagged) out.flagged = flag_of(flags, "/report" + *slot.unit_pointer);
    }
    return out;
}

}  // namespace

std::optional<UnitReport> unit_report(const FormSet& forms, const Record& record) {
    const auto type = text_at(record.report, "/type"), form = text_at(record.report, "/form");
    if (!type || !form) return std::nullopt;
    UnitReport out;
    out.form = find_form(forms, *type, *form);
    if (!out.form) return std::nullopt;

    out.id = record.id;
    out.revision = record.revision;
    out.file_name = record.source.name;
    out.received_at = record.source.received_at;
    out.issuer = text_at(record.report, "/issuer");
    const Json* year = find_at(record.report, "/year");
    if (year && year->is_number_integer()) {
        const auto value = year->get<std::int64_t>();
        if (value > 0 && value < 10000) out.year = static_cast<int>(value);
    }
    Flags flags;
    for (const ReviewItem& item : record.review) flags.emplace(item.field, item.reason);
    out.issuer_flagged = flag_of(flags, "/report/issuer").has_value();
    out.place_flagged = flag_of(flags, "/report/year") || flag_of(flags, "/report/form");
    for (const ValueSlot& slot : out.form->slots)
        out.values.push_back(value_of(record.report, slot, out.form->figures.units, flags));
    return out;
}

std::shared_ptr<const FormDefinition> find_form(const FormSet& forms, const std::string& type,
                                                const std::string& form) {
    for (const auto& known : forms.definitions()) {
        if (known->type == type && known->form == form) return known;
    }
    return nullptr;
}

std::u32string unit_key(const FormDefinition& form, const std::string& name) {
    std::u32string key = label_key(issuer_core(form, to_utf8(fold(name))));
    return key.empty() ? fold(name) : key;
}

}  // namespace biaod::models
