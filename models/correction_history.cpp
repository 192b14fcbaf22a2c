#include "models/correction_history.hpp"

#include <map>
#include <vector>

#include "models/record_json.hpp"

namespace biaod::models {
namespace {

using Json = nlohmann::ordered_json;

// Field → the value that a person gave it and nobody took back.
std::map<std::string, Json> standing_values(const Json& history) {
    std::vector<const Json*> standing;
    for (const Json& entry : history) {
        const std::string action = text_member(entry, "action");
        if (action == "accept" || action == "correct") standing.push_back(&entry);
        if (action == "undo" && !standing.empty()) standing.pop_back();
    }
    std::map<std::string, Json> values;
    for (const Json* entry : standing) {
        if (text_member(*entry, "action") == "correct" && entry->contains("new"))
            values[text_member(*entry, "field")] = entry->at("new");
    }
    return values;
}

Json item_for(const std::string& field, const Json& corrected, const Json& after) {
    Json item{{"field", field}, {"reason", "readings_disagree"}, {"printed", ""}};
    item["suggested"] = corrected.is_null()     ? std::string()
                        : corrected.is_string() ? corrected.get<std::string>()
                                                : corrected.dump();
    item["page"] = 0;
    item["bbox"] = {0, 0, 0, 0};
    const auto provenance = after.find("provenance");
    if (provenance == after.end() || !provenance->is_object()) return item;
    const auto from = provenance->find(field);
    if (from == provenance->end() || !from->is_object()) return item;
    for (const char* key : {"printed", "page", "bbox"}) {
        if (from->contains(key)) item[key] = from->at(key);
    }
    return item;
}

}  // namespace

void carry_corrections(const Json& before, Json& after, const std::string& at) {
    const auto history = before.is_object() ? before.find("corrections") : before.end();
    if (history == before.end() || !history->is_array() || history->empty()) return;
    Json all = *history;
    all.push_back({{"field", "/report"},
                   {"action", "reread"},
                   {"old", nullptr},
                   {"new", nullptr},
                   {"by", "biaod"},
                   {"at", at},
                   {"revision", after.value("revision", 0)}});
    after["corrections"] = std::move(all);
    const auto review = after.find("review");
    if (review == after.end() || !review->is_array()) return;
    for (const auto& [field, corrected] : standing_values(*history)) {
        const bool pointer = field.starts_with("/report/") && field.find('~') == std::string::npos;
        if (!pointer || !after.contains(Json::json_pointer(field))) continue;
        if (after.at(Json::json_pointer(field)) == corrected) continue;
        review->push_back(item_for(field, corrected, after));
        if (text_member(after, "status") == "complete") after["status"] = "needs_review";
    }
}

}  // namespace biaod::models
