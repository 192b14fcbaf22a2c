// One reading of a line from three: networks and scales that fail differently outvote each other's slips.
//
// Method: the readings are aligned to the first by edit distance over symbols, as in ROVER (J. Fiscus, "A
// post-processing system to yield reduced word error rates", ASRU 1997), and each place takes what two of three say.
// Where all three differ the first stands: nothing is written that was not read.
#pragma once

#include <vector>

#include "ocr/engine.hpp"

namespace biaod::ocr {

// `first`, corrected symbol by symbol where `second` and `third` agree against it, or where `second`, which comes from
// another network, is surer than both of them. Symbols are compared without regard to width (models::fold). The
// symbols' places stay those of `first`; one that the others add stands between its neighbours.
Reading vote(const Reading& first, const Reading& second, const Reading& third);

// For each symbol of `reading` the place of the one in `other` that it is aligned to; -1: none.
std::vector<int> places_in(const Reading& reading, const Reading& other);

}  // namespace biaod::ocr
