// The arithmetic of a form: its equations over the readings, and who is to be doubted when one does not hold.
//
// Values are never changed here. SECURITY: figures are untrusted; sums are exact and checked for overflow.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "models/form_definition.hpp"
#include "models/form_values.hpp"

namespace biaod::models {

struct EquationResult {
    CheckStatus status = CheckStatus::unknown;
    bool holds = false;             // with blanks as 0
    bool solvable = false;          // every member was read: a figure, a blank or a dash
    std::optional<Decimal> excess;  // left − right, when solvable
};

// blanks count as 0; an equation that does not hold and has a blank is `unknown`: the blank may be the difference.
EquationResult evaluate(const Equation& equation, const std::vector<Reading>& readings);

// "LABEL: 12 ≠ 5 + 4 + 2 = 11", for people; where nothing tells that one of them was misread, that the print is wrong.
std::string describe(const Equation& equation, const FormDefinition& form, const std::vector<Reading>& readings);

struct Suspect {
    int slot = 0;
    std::optional<Decimal> suggested;  // the figure that repairs every equation it stands in
};

// Whether an equation that holds says no more than that two figures are the same, the others being 0: what made one of
// the two look like another figure has made the other look so.
bool is_echo(const Equation& equation, const std::vector<Reading>& readings);

// Whom to flag for the hard equations that do not hold.
//
// The smallest set of figures (up to three) whose correction makes every equation hold, where each stands in at
// least two failing equations that agree on the correction, or its second reading is the correction, is blamed; with
// one that stands in a single failing equation also those of it whose correction differs in but a digit from what
// was read, and for which no passing equation vouches. So are the others of that size where there are several, and
// then only one that a second reading speaks for is suggested. Where there is none, figures of which two readings
// disagree are tried, too, in two failing equations that ask for different corrections. Where there is none still,
// every member of a failing equation is blamed, unless a passing equation (no echo) vouches for it; and all of them
// when that leaves an equation without a suspect (two errors that cancel out in one direction look like this).
std::vector<Suspect> find_suspects(const FormDefinition& form, const std::vector<Reading>& readings);

// Whether a slash was read, and another time a 7, as which it looks where that lost its bar; and as no 0 does.
bool is_slash_or_seven(const Reading& reading);

// Slots whose figure follows from an equation that holds and whose other members are all outside `doubted`; or whose
// members in it are all on one side, slashes that may be sevens, with a figure printed on the other. One that was read
// with much doubt does not follow from a figure that is its like, where all others are 0.
std::set<int> confirmed_by_equations(const FormDefinition& form, const std::vector<Reading>& readings,
                                     const std::set<int>& doubted);

// The figure that the equations imply for a slot that was not read; empty when they do not agree or do not tell.
std::optional<Decimal> implied_value(const FormDefinition& form, const std::vector<Reading>& readings, int slot);

}  // namespace biaod::models
