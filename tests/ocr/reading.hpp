// What the tests share that read whole documents.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "models/forms.hpp"
#include "models/record.hpp"
#include "tests/synth/truth.hpp"

namespace biaod::tests {

const models::FormSet& forms();  // the built-in ones

// The record of a document; fails the test where there is none or it does not obey its schema.
models::Record read(const std::string& bytes);

// A member of the report; "none" where it is null or there is no report.
std::string text_of(const models::Record& record, const char* member);

// Each on a line of its own, to be read below a failure.
std::string listed(const std::vector<std::string>& lines);

// The report with these of its tables ("proactive", "requests", "review") and, if wanted, its title and the headings of
// its sections; nothing else.
synth::Truth some_tables(synth::Truth truth, const std::set<std::string>& tables, bool headings);

}  // namespace biaod::tests
