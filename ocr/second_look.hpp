// Which parts of a line are worth a second reading: its doubtful symbols with their neighbours. Reading a line costs
// what its width costs, and most of a line that holds a doubtful symbol was read well.
#pragma once

#include <functional>
#include <opencv2/core.hpp>
#include <string_view>
#include <vector>

#include "ocr/engine.hpp"

namespace biaod::ocr {

struct LinePart {
    std::size_t first = 0, last = 0;  // symbols, `last` exclusive
    int left = 0, right = 0;          // px of the line's picture, cut where it is whitest
};

// Why a symbol is read again. A number needs little beside it to be read.
enum class Again { no, as_number, as_doubtful };

// The parts of `picture`, which was read as `reading`, around symbols that are read again, told by their places, in
// order; parts do not touch. The whole line where the parts would be most of it.
std::vector<LinePart> parts_again(const Reading& reading, const cv::Mat& picture,
                                  const std::function<Again(std::size_t)>& again);

// The part around the symbols that are not as in `expected` (folded, models::fold), with their neighbours; the whole
// line where that would be most of it, or nothing is known of its symbols.
LinePart unlike_part(const Reading& reading, const cv::Mat& picture, std::u32string_view expected);

// The picture of a part, with the margins of a line. `scale`: of the picture's width to that of the picture which the
// part was found in.
cv::Mat cut_part(const cv::Mat& picture, const LinePart& part, double scale);

// Puts `part_text`, the part's new reading, in its place, unless its ends changed: they may have been cut. A symbol at
// an end that `part_text` lacks stays, and one that it has beyond is the rest of the neighbour. False: nothing was
// replaced.
bool replace_part(Reading& reading, const LinePart& part, const Reading& part_text);

// The reading of the part alone.
Reading part_of(const Reading& reading, const LinePart& part);

}  // namespace biaod::ocr
