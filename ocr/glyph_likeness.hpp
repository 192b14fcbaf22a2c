// Which of a table's short figures look the same: most cells of a report hold a zero, and reading one or two of
// them is enough.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace biaod::ocr {

// For each picture of a prepared line the index of an earlier one that looks the same, or its own. Two look the same
// when no part of a stroke differs by more than the edge of one: a 3 and an 8, or a 1 and a 7, never do. Wide pictures
// (more than one digit) and noisy ones look like none.
std::vector<std::size_t> earliest_likes(const std::vector<cv::Mat>& pictures);

}  // namespace biaod::ocr
