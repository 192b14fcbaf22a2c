// The history of a document's corrections, when its file is read again.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace biaod::models {

// Hands the history of the revision `before` on to `after`, which was read anew (its "revision" is set): an entry
// "reread" is added. A corrected value that now reads otherwise is flagged, with the correction as suggestion: what a
// person found out is not lost without a word. Without history nothing changes. Both are records as JSON; members that
// are missing or of another type are passed over.
void carry_corrections(const nlohmann::ordered_json& before, nlohmann::ordered_json& after, const std::string& at);

}  // namespace biaod::models
