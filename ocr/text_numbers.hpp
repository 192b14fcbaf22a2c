// Numbers in running text. They are figures, too: two networks must read them alike, or it is told.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "models/record.hpp"
#include "ocr/engine.hpp"

namespace biaod::ocr {

struct NumberRun {
    std::size_t first = 0, last = 0;  // symbols, `last` exclusive
    bool has_strokes = false;         // such as a 1 is taken for
};

// The numbers of a reading: digits, with one or two marks between them (1,204.5 or 8:30 or 3-5); and bars, letters and
// brackets without a partner that are a stroke or a ring, between digits and Chinese characters. `begins_line`: what
// numbers an item there, 1. or (2) before a Chinese character, is none.
std::vector<NumberRun> numbers_in(const std::vector<Symbol>& symbols, bool begins_line);

// What `other`, another reading of the same ink, has in the place of a number of `reading`: from its first digit or
// stroke to the last, also digits that `reading` has a mark for beside it. Folded (models::fold).
std::string number_at(const Reading& reading, const NumberRun& number, const Reading& other);

// A stroke or ring of a number becomes a 1 or a 0 where two other readings both have that there: the network that takes
// a 1 for a bracket does so at each scale.
void settle_strokes(Reading& reading, const Reading& second, const Reading& fourth);

// Readings of one part of a line: the first and the third are of one network, the second and the fourth of another.
struct PartReadings {
    const Reading& first;
    const Reading& second;
    const Reading& third;
    const Reading& taken;  // what was made of them
    std::function<const Reading&()> fourth;
    bool begins_line = false, ends_line = false;  // at other ends of the part a symbol may be cut
};

// The numbers in dispute: those of `taken` that the second network did not read, too, in one of two looks, or the first
// in one of two, or that hold a stroke; and those that are not in `taken`, where either network has one.
std::vector<models::DisputedNumber> disputed_numbers(const PartReadings& readings);

}  // namespace biaod::ocr
