// How high the rows of a sheet must be: spreadsheets fit no row to text in merged cells.
#pragma once

#include <map>

#include "daemon/export/book.hpp"

namespace biaod::daemon {

// Of each row that holds a cell, in points.
std::map<int, double> row_heights(const Sheet& sheet);

}  // namespace biaod::daemon
