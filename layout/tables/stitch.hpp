// Joins the fragments of tables that page breaks cut: each row once, a torn cell once with a box on each page.
#pragma once

#include <vector>

#include "layout/page_text.hpp"
#include "layout/tables/row_break.hpp"
#include "models/record.hpp"

namespace biaod::layout {

// The logical tables in reading order, with ids t1, t2, … Two fragments that follow each other are joined when
// `joinable` holds for them and their outer and column edges agree.
//
// joinable[i]: nothing but page furniture and blank pages stands between fragment i and fragment i + 1, and they are on
// different pages. table_of[i] (output): the index of the table that fragment i became part of.
std::vector<models::Table> stitch_tables(const std::vector<TableFragment>& fragments, const std::vector<bool>& joinable,
                                         std::vector<std::size_t>& table_of, const KnownLabels& known = {});

}  // namespace biaod::layout
