// Workbooks of records, for `biaod export` and for downloads.
//
// SECURITY: text in a record comes from documents. It is written as text and never as a formula, without control
// characters, and cut at the limits of a sheet. Functions are pure; errors are bad_input (nothing to export, or a table
// that does not fit a sheet or whose cells overlap) and internal.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/export/book.hpp"
#include "models/error.hpp"
#include "models/forms.hpp"
#include "models/last_year.hpp"
#include "models/record.hpp"
#include "models/roster.hpp"
#include "models/summary.hpp"

namespace biaod::daemon {

// A report of a known form: its tables as the form prints them, with what is flagged coloured and explained; the
// checks and what waits for review; where each figure stands. bad_input when the record has no report.
models::Result<Book> report_book(const models::Record& record, const models::FormSet& forms);

// The tables of any document, one sheet each, with doubtful cells coloured. bad_input when it has none.
models::Result<Book> tables_book(const models::Record& record);

// Many reports: the form with the sums, one sheet for each of its tables with a row for each unit, what was not added,
// what the roster's units delivered, what differs from last year.
Book summary_book(const models::Summary& summary, const std::vector<models::LastYear>& last_year,
                  const std::optional<models::Deliveries>& deliveries);

// The bytes of an .xlsx file.
models::Result<std::string> xlsx_bytes(const Book& book);

// One sheet as CSV (RFC 4180, UTF-8, CRLF). With a byte order mark Excel takes it for UTF-8. Text that a spreadsheet
// would take for a formula gets an apostrophe in front.
std::string csv_bytes(const Sheet& sheet, bool byte_order_mark);

// A book as one CSV file: its main sheet and what tells the doubts about it, which no mark on a cell can do here, or
// all of sheets that are alike; one below the other, each but a main sheet under a line with its name.
std::string csv_bytes(const Book& book, bool byte_order_mark);

}  // namespace biaod::daemon
