// What a person may do to a record: accept a value, correct it, take that back. Each makes the next revision.
//
// provenance[].printed stays as printed, and so do tables and text: the record keeps telling what was read. Only
// report values of the form and of its head (issuer, year, ...) can be corrected.
#pragma once

#include <string>

#include "models/error.hpp"
#include "models/forms.hpp"
#include "models/record.hpp"

namespace biaod::models {

struct Change {
    std::string field;  // JSON pointer into the record
    std::string value;  // for correct: as typed; empty means that nothing is printed (null)
    std::string by;
    std::string at;
};

// The record with its next revision. SECURITY: field and value come from a browser. Errors: bad_input, in one sentence
// for the person, when there is no such field or the value is none of its kind.
Result<Record> accept_value(const FormSet& forms, Record record, const Change& change);
Result<Record> correct_value(const FormSet& forms, Record record, const Change& change);

// The entry that undo() takes back; null when there is none since the file was read last.
const Correction* undoable(const Record& record);

// `before` is the revision that the undoable entry was made from: its values, flags and checks are back, the history
// goes on. Uses by and at of `change`. bad_input when there is nothing to undo or `before` is another revision.
Result<Record> undo(const Record& record, Record before, const Change& change);

}  // namespace biaod::models
