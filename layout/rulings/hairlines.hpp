// Hairlines that a scanner saw in shades about the threshold of ink.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {

// Draws into `ink` (CV_8UC1, 255 = ink), whose `pieces` are given, how far each hairline that is a piece of its own
// goes on in `gray` (CV_8UC1, paper evened to white): for as long as a thin line there is clearly darker than what lies
// on either side, but not over strokes of a character that it meets. `char_height` in px. Returns whether any went on.
bool follow_hairlines(const cv::Mat& gray, const Pieces& pieces, double char_height, cv::Mat& ink);

// The same from the ends of thin `rulings` (px of `gray`) that no ruling across passes: along each, and from where it
// ends across, to where a corner is. Of rulings that none across passes anywhere only those that stand clear of `text`,
// the page's ink, are followed.
bool follow_ends(const cv::Mat& gray, const std::vector<Ruling>& rulings, const cv::Mat& text, double char_height,
                 cv::Mat& ink);

}  // namespace biaod::layout
