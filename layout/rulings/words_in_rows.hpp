// Strokes of characters in line with the verticals of the rows above and below, told from these. A character's strokes
// touch each other; what is written in two cells keeps clear of the ruling between them.
#pragma once

#include <opencv2/core.hpp>
#include <utility>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// Over which share of its length strokes in `ink` (CV_8UC1, 255 = ink) touch a ruling: before it and behind it.
std::pair<double, double> touched(const Ruling& r, const cv::Mat& ink);

// Whether strokes touch it on a side at least, and others stand close on both. `char_height` px.
bool is_of_word(const Ruling& r, const cv::Mat& ink, double char_height);

// The horizontals next above and below a piece of a vertical; null where there is none.
std::pair<const Ruling*, const Ruling*> row_around(const Ruling& piece, const std::vector<Ruling>& horizontals);

// Whether a vertical piece, as short as a stroke, stands between two of the long `horizontals` and keeps clear of both,
// with writing on either side and strokes that touch it: of a character in a row that no vertical parts, in line with
// those of the rows above and below. Units as above.
bool is_stroke_in_row(const Ruling& piece, const std::vector<Ruling>& horizontals, const cv::Mat& ink,
                      double char_height);

// Ends verticals at rows in which they are but a stroke of a character: the `ink` on their line there leaves a gap
// before a long horizontal, strokes touch it, and writing is close on both sides; or on one, where they are in most of
// their rows. Units as above. On a hatched picture (kMostRulings) nothing is done.
void part_at_words(std::vector<Ruling>& rulings, const cv::Mat& ink, double char_height);

}  // namespace biaod::layout
