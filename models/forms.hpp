// Known forms: loading their data files, recognising one in a record and mapping it to typed values.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "models/error.hpp"
#include "models/record.hpp"

namespace biaod::models {

struct FormDefinition;

// The forms that a process knows. Immutable after loading; may be shared between threads.
class FormSet {
  public:
    FormSet();
    ~FormSet();
    FormSet(FormSet&&) noexcept;
    FormSet& operator=(FormSet&&) noexcept;

    // The forms that are compiled in from models/forms/*.json.
    static Result<FormSet> builtin();

    // Adds a form from the text of a data file. Errors (kind config) name the file and the line or JSON pointer.
    Result<void> add(std::string_view file_name, std::string_view json_text);

    const std::vector<std::shared_ptr<const FormDefinition>>& definitions() const;

    // What the forms print in each report: labels in all their wordings, headings, titles of sections. May repeat.
    std::vector<std::string> phrases() const;

    // The same as label_key() has them.
    std::set<std::u32string> label_keys() const;

    // Of those the headings that stand in a row of their own in a table.
    std::set<std::u32string> heading_keys() const;

  private:
    std::vector<std::shared_ptr<const FormDefinition>> definitions_;
};

// Looks for a known form among the record's tables and blocks. Fills report, provenance, checks, review and status;
// a record of no known form keeps report null. Of a table of which more than a quarter is misread or in clear
// doubt, every figure is flagged. Requires pages, blocks and tables to be complete.
void apply_forms(const FormSet& forms, Record& record);

}  // namespace biaod::models
