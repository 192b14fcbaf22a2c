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

// The numbers of a line: digits, with points and commas between them; and brackets, bars and letters that are a stroke
// or a ring, between digits and Chinese characters. Not the number of an item, which begins the line: 1. or (2).
std::vector<NumberRun> numbers_in(const std::vector<Symbol>& symbols);

// What `other`, another reading of the same ink, has in the place of a number of `reading`: its digits, points and
// commas, also those that `reading` has a mark for beside it.
std::string number_at(const Reading& reading, const NumberRun& number, const Reading& other);

// The numbers of `first` that are in dispute after `taken` was made of three readings. The second one is of another
// network; where it stands alone, a fourth one, of its network, must say what the first one says.
std::vector<models::DisputedNumber> disputed_numbers(const Reading& first, const Reading& second, const Reading& third,
                                                     const Reading& taken, const std::function<Reading()>& fourth);

}  // namespace biaod::ocr
