// From the matched rows and columns to the printed figures.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/form_match.hpp"

namespace biaod::models {

// Below this a reading is flagged, unless it is a number that a sum confirms. Calibrated on the synthesiser's scans.
inline constexpr double doubt_below = 0.80;
// The same of numbers, of which another one may look like it: two networks misread one alike with 0.956.
inline constexpr double doubt_number_below = 0.97;

// What stands in the place of one value of the form.
struct Reading {
    const Cell* cell = nullptr;  // null when the row or the column was not found
    int table = 0;               // index into the record's tables
    Figure figure;
    std::optional<Figure> second;     // the second reading's figure, where it has another value
    std::optional<std::string> unit;  // printed with the figure, or in the column's label
    bool place_doubtful = false;      // the row or the column may be another one
    bool column_in_order = false;     // for no other reason than that the column was taken in order (ColumnPlace)
    std::optional<bool> told_sure;  // of a record's figure: a person settled it, or review[] does not doubt its reading
    bool found() const { return cell != nullptr; }
    bool is_number() const { return found() && figure.kind == FigureKind::number; }
    // Nothing is printed, or a dash: a null that is known.
    bool is_none() const { return found() && (figure.kind == FigureKind::blank || figure.kind == FigureKind::dash); }
    // Where or how it is printed leaves a doubt that no sum settles; or, beside a word that the networks for figures do
    // not know, it was read but once.
    bool is_odd() const;
    // Both readings say so, with little doubt, and it is not odd; or that was told.
    bool is_sure() const;
};

// One Reading for each of the form's slots. Refers to the cells of the grids.
std::vector<Reading> read_values(const FormMatch& match, const std::vector<TableGrid>& grids);

}  // namespace biaod::models
