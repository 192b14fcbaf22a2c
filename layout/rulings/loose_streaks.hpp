// Streaks that a fax drew down a part of the page.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// Takes out of a scan's `rulings` the verticals that are thinner than most, cross tables and stop as none of a table
// does, nor any other vertical beside: beyond its last horizontal, or in the midst of a row without a trace in `faint`
// (CV_8UC1, 255 = ink) of going on to the next one; or at one end alone, if they run on where all others end. In `gray`
// they become paper, but for the strokes across them. Returns where they were (CV_8UC1, 255); empty where none was.
// `char_height` px.
cv::Mat erase_loose_streaks(std::vector<Ruling>& rulings, const cv::Mat& faint, double char_height, cv::Mat& gray);

}  // namespace biaod::layout
