// A record's checks once more, after a person changed a value; and what a person is shown of them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/forms.hpp"
#include "models/record.hpp"

namespace biaod::models {

// Evaluates checks[] anew over the report's values, and which figures a failing sum puts in doubt: review items of
// other reasons stay as they are, and settled fields are not flagged again. Sets the status; a partial record stays
// partial. A record of no known form has no checks, only its status.
void recheck(const FormSet& forms, Record& record);

// A sum that does not hold, for people: "（七）总计 自然人: 12 ≠ 5 + 4 + 2 = 11".
struct FailedSum {
    std::string rule;
    std::string text;
    std::vector<std::string> fields;  // JSON pointers into the record, the left side first
};
std::vector<FailedSum> failed_sums(const FormSet& forms, const Record& record);

// JSON pointer → the form's labels for it, as far as the record is of a known form: "（七）总计 自然人".
std::map<std::string, std::string> field_labels(const FormSet& forms, const Record& record);

}  // namespace biaod::models
