// What printers, scanners and stitching do to a table.
#pragma once

#include <random>
#include <vector>

#include "models/record.hpp"

namespace biaod::models::testing {

using Random = std::mt19937;

// Replaces, drops or doubles each character of the cells that are no figures with this probability.
void corrupt_labels(Table& table, double rate, Random& random);

void drop_row(Table& table, int row);
void drop_column(Table& table, int col);
void insert_blank_column(Table& table, int before);  // spanning cells grow over it, others get a blank beside them
void insert_row(Table& table, int before, const std::vector<std::string>& texts);

// The ruling between the cell at a place and the next one of its row is lost.
void join_with_next(Table& table, int row, int col);

// The rows from `row` on become a table of their own on the next page; spanning cells are torn in two.
std::vector<Table> split(const Table& table, int row);

// Puts the rows 0..header_rows-1 again before `row`.
void repeat_header(Table& table, int header_rows, int row);

// Table `lower` below `upper` as one table; the narrower one's last column is widened.
Table glue(const Table& upper, const Table& lower);

}  // namespace biaod::models::testing
