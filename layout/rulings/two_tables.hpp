// Tables that stand close to each other.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// Whether two verticals on one line are sides of two tables, the one below the other: a long horizontal closes the
// upper one, another begins the lower one, and between these, which are no double ruling, is nothing from end to end.
// `ink` is the page's (CV_8UC1, 255 = ink), `char_height` px.
bool are_of_two_tables(const Ruling& above, const Ruling& below, const std::vector<Ruling>& rulings, const cv::Mat& ink,
                       double char_height);

}  // namespace biaod::layout
