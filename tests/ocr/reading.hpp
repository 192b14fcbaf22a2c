// What the tests share that read whole documents.
#pragma once

#include <string>
#include <vector>

#include "models/forms.hpp"
#include "models/record.hpp"

namespace biaod::tests {

const models::FormSet& forms();  // the built-in ones

// The record of a document; fails the test where there is none or it does not obey its schema.
models::Record read(const std::string& bytes);

// A member of the report; "none" where it is null or there is no report.
std::string text_of(const models::Record& record, const char* member);

// Each on a line of its own, to be read below a failure.
std::string listed(const std::vector<std::string>& lines);

}  // namespace biaod::tests
