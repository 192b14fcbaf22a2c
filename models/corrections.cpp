#include "models/corrections.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "models/number.hpp"
#include "models/recheck.hpp"
#include "models/report_readings.hpp"

namespace biaod::models {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<const char*, 5> text_members{"/report/title", "/report/issuer", "/report/document_number",
                                                  "/report/addressee", "/report/date"};

tl::unexpected<Error> refuse(const std::string& why) { return fail(ErrorKind::bad_input, "correction", why); }

bool is_date(const std::string& text) {
    if (text.size() != 10) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 4 || i == 7;
        if (dash ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
    }
    return true;
}

Result<Json> year_from(const std::string& text) {
    int year = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
    if (error != std::errc{} || end != text.data() + text.size() || year < 1900 || year > 2999)
        return refuse("a year has four digits");
    return Json(year);
}

Result<Json> typed_value(const FormDefinition& form, const std::string& field, const std::string& text) {
    if (field == "/report/year") return text.empty() ? Result<Json>(Json(nullptr)) : year_from(text);
    if (std::ranges::find(text_members, field) != text_members.end()) {
        if (field == "/report/date" && !text.empty() && !is_date(text)) return refuse("a date is written 2022-01-08");
        return text.empty() ? Json(nullptr) : Json(text);
    }
    const auto is_it = [&](const ValueSlot& slot) { return "/report" + slot.pointer == field; };
    if (std::ranges::find_if(form.slots, is_it) == form.slots.end()) return refuse("this cannot be corrected");
    if (text.empty()) return Json(nullptr);
    const Figure figure = read_figure(text, form.figures);
    if (figure.kind != FigureKind::number) return refuse("this is not a number");
    return figure.value.to_json();
}

Json value_of(const Record& record, const std::string& field) {
    const std::string below = field.substr(std::string("/report").size());
    const Json::json_pointer at(below);
    if (!record.report.contains(at)) return nullptr;
    const Json& value = record.report.at(at);
    return value.is_primitive() && !value.is_boolean() ? value : Json(nullptr);
}

bool is_report_field(const Record& record, const std::string& field) {
    if (!field.starts_with("/report/") || field.find('~') != std::string::npos) return false;
    return record.report.contains(Json::json_pointer(field.substr(std::string("/report").size())));
}

void add_entry(Record& record, const Change& change, CorrectionAction action, Json before, Json after) {
    ++record.revision;
    record.corrections.push_back(
        {change.field, action, std::move(before), std::move(after), change.by, change.at, record.revision});
}

}  // namespace

Result<Record> accept_value(const FormSet& forms, Record record, const Change& change) {
    const auto of_field = [&](const ReviewItem& item) { return item.field == change.field; };
    if (std::ranges::none_of(record.review, of_field)) return refuse("this value is not flagged");
    const Json value = is_report_field(record, change.field) ? value_of(record, change.field) : Json(nullptr);
    add_entry(record, change, CorrectionAction::accept, value, value);
    std::erase_if(record.review, of_field);
    recheck(forms, record);
    return record;
}

Result<Record> correct_value(const FormSet& forms, Record record, const Change& change) {
    const auto form = form_of(forms, record);
    if (!form || !is_report_field(record, change.field)) return refuse("this cannot be corrected");
    auto value = typed_value(*form, change.field, change.value);
    if (!value) return tl::unexpected(value.error());
    const Json before = value_of(record, change.field);
    add_entry(record, change, CorrectionAction::correct, before, *value);
    record.report[Json::json_pointer(change.field.substr(std::string("/report").size()))] = *value;
    std::erase_if(record.review, [&](const ReviewItem& item) { return item.field == change.field; });
    recheck(forms, record);
    return record;
}

const Correction* undoable(const Record& record) {
    std::vector<const Correction*> standing;
    for (const Correction& entry : record.corrections) {
        if (entry.action == CorrectionAction::reread) {
            standing.clear();
        } else if (entry.action != CorrectionAction::undo) {
            standing.push_back(&entry);
        } else if (!standing.empty()) {
            standing.pop_back();
        }
    }
    return standing.empty() ? nullptr : standing.back();
}

Result<Record> undo(const Record& record, Record before, const Change& change) {
    const Correction* entry = undoable(record);
    if (!entry) return refuse("there is nothing to undo");
    if (before.id != record.id || before.revision != entry->revision - 1) return refuse("another revision is needed");
    before.revision = record.revision;
    before.corrections = record.corrections;
    add_entry(before, {entry->field, "", change.by, change.at}, CorrectionAction::undo, entry->new_value,
              entry->old_value);
    return before;
}

}  // namespace biaod::models
