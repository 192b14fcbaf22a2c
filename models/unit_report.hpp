// A record's report seen through its form: the value of each slot, and whether it may be added to others.
//
// What the summaries and the exports work on. Small, so that thousands can be held at a time (about 15 KB for the
// national form).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/form_definition.hpp"
#include "models/forms.hpp"
#include "models/record.hpp"

namespace biaod::models {

struct UnitValue {
    std::optional<Decimal> value;         // empty for a blank, and for what was not read, which is flagged
    std::optional<std::string> unit;      // of an amount: one of the form's, "万元"
    std::optional<ReviewReason> flagged;  // stands in review[]: nobody vouches for it, so it must not be added
};

struct UnitReport {
    std::string id;
    int revision = 0;
    std::string file_name, received_at;  // as in the record's source
    std::shared_ptr<const FormDefinition> form;
    std::optional<std::string> issuer;
    std::optional<int> year;
    bool issuer_flagged = false;
    bool place_flagged = false;     // the year or the form stands in review[]: it may belong to another table
    std::vector<UnitValue> values;  // one for each of form->slots

    const std::string& name() const { return issuer ? *issuer : file_name; }
};

// Empty when the record has no report, or one of a form that is not in the set.
//
// A value counts as flagged when review[] names it, its unit or anything above it. What a person accepted or corrected
// is no longer in review[]. SECURITY: the record may come from a file of somebody else; a report that is not shaped
// like its form gives values flagged `unreadable`.
std::optional<UnitReport> unit_report(const FormSet& forms, const Record& record);

// The form of that type and version; null when it is not known.
std::shared_ptr<const FormDefinition> find_form(const FormSet& forms, const std::string& type, const std::string& form);

// Two names with the same key are one unit: compared as labels are (label_key()), without the ending that the form lets
// reports leave off.
std::u32string unit_key(const FormDefinition& form, const std::string& name);

}  // namespace biaod::models
