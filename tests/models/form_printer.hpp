// Prints a form as the tables of a record: the labels with their spans, and the figures given by pointer.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "models/form_definition.hpp"
#include "models/record.hpp"

namespace biaod::models::testing {

// Pointer below the report ("/requests/received/total") -> what is printed there. Absent means "0".
using Figures = std::map<std::string, std::string>;

// One record table for each of the form's, in the form's order; cells have boxes on page 1.
Record print_form(const FormDefinition& form, const Figures& figures);

// A different figure for every value of the form; sums do not hold.
Figures distinct_figures(const FormDefinition& form);

// Adds a block of text.
void add_block(Record& record, BlockType type, const std::string& text, double confidence = 1);

// Source, engine, page and ids as the schema wants them.
Record empty_record();

// Puts the cells in order and gives every cell a box on `page` from its place in the grid.
void finish(Table& table, int page);

// The built-in form of that version.
std::shared_ptr<const FormDefinition> national_form(const std::string& version);

// A report of `unit` for `year` on the built-in form of that version, mapped by apply_forms().
Record national_report(const std::string& version, const std::string& unit, int year, const Figures& figures = {},
                       const std::string& received_at = "2024-01-31T08:00:00Z");

}  // namespace biaod::models::testing
