// The tables of a form below each other on one sheet, as an office hands them up.
#pragma once

#include <functional>

#include "daemon/export/book.hpp"
#include "models/form_definition.hpp"

namespace biaod::daemon {

// The columns that every table of the form fits on.
int form_columns(const models::FormDefinition& form);

// Appends the tables from `row` on, each below its caption; `fill` gives a value's cell what stands in it. Returns the
// row below the last one. Sets the sheet's widths.
int add_form(Sheet& sheet, const models::FormDefinition& form, int row,
             const std::function<void(int slot, SheetCell& cell)>& fill);

// The unit to show behind a value's figure: none when the column's label says it.
std::string unit_to_show(const models::FormDefinition& form, int slot, const std::optional<std::string>& unit);

}  // namespace biaod::daemon
