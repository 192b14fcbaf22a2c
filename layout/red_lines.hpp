// The red letterhead of an official document (红头), told from seals.
#pragma once

#include <opencv2/core.hpp>

#include "layout/page_layout.hpp"

namespace biaod::layout {

// Finds lines printed in red in the cleaned page's CV_8UC3 picture and adds them to page.lines, with page.red_gray to
// read them from.
void add_red_lines(const cv::Mat& picture, PageLayout& page);

}  // namespace biaod::layout
