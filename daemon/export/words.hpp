// What the exports and the page say to the clerk, in Chinese.
#pragma once

#include <string>

#include "models/record.hpp"
#include "models/summary.hpp"

namespace biaod::daemon {

std::string words(models::ReviewReason reason);
std::string words(models::CheckStatus status);
std::string words(const models::Exclusion& exclusion);

// The detail of a check: sums stay as they are, the English remarks of models/ become Chinese.
std::string check_words(const std::string& detail);

// What a person must look at: reason, print, suggestion and page, a line each.
std::string review_note(const models::ReviewItem& item);

// What a field of the record ("/report/requests/received/total", "/report/year") is called; the pointer itself when the
// form has no name for it.
std::string field_words(const models::FormDefinition* form, const std::string& field);

}  // namespace biaod::daemon
