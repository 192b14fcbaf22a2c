// A figure that was read, and what its ink says of the reading.
#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <vector>

namespace biaod::ocr {

struct Reading;

struct FigureText {
    std::string text;                   // empty: no figure could be read
    double confidence = 0;              // 0..1
    std::optional<std::string> second;  // the other reading, where the two differ
    bool covers_ink = true;  // false: too short or too long for the ink, so that part was overlooked or made up
};

constexpr double kSureShape = 0.975;   // confidence of what the ink's shape tells
constexpr double kDisagreement = 0.5;  // confidence where readings differ, or the ink says otherwise

// What some figures of a table are for sure, so that others which look the same are that, too.
struct SureFigures {
    bool slashes = false;
    bool slashed_zeros = false;  // in type of one width; no pen crosses so many
};

// Compares a reading with the ink in `box` of `gray` (CV_8UC1; the tight box of the figure, px): zeros, points
// and commas, a minus, a plus that was read as a digit, strokes that are no part of a figure, the width. Settles what
// the shape tells; else doubts. `among`: the figures of the same table.
void settle_by_ink(FigureText& figure, const cv::Mat& gray, const cv::Rect& box, double char_height,
                   const SureFigures& among = {});

// Whether the only point of a figure parts its last three digits from others, as a comma does: as likely one that lost
// its tail, or whose tail both networks overlooked. 0.123 is none.
bool may_end_in_a_group(const std::string& figure);

// Of five readings by two networks, or those of them that are any, the one with points and commas where the ink has
// them; null where the ink does not tell, or they differ in more than these. One may lack the commas that part groups.
const Reading* reading_as_in_ink(const std::vector<Reading>& readings, const cv::Mat& gray, const cv::Rect& box);

// Whether ink in `box` is as wide as the figure, on a pitch of `pitch` px (may_hold()); behind a sign that stands by
// itself, as wide as its digits are; and has as many digits as its pieces tell (figure_pieces.hpp), on any pitch.
bool ink_may_hold(const std::string& figure, const cv::Mat& gray, const cv::Rect& box, double pitch);

}  // namespace biaod::ocr
