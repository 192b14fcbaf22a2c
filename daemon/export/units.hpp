// The sheet of one table of a summary: a row for each unit, a column for each value, the sums at the bottom.
#pragma once

#include "daemon/export/book.hpp"
#include "models/summary.hpp"

namespace biaod::daemon {

Sheet units_sheet(const models::Summary& summary, int table);

// A sum with its unit; coloured, with a note that names the reports, when some are not in it.
void fill_sum(const models::Summary& summary, int slot, SheetCell& cell);

}  // namespace biaod::daemon
