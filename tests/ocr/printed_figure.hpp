// One figure on white paper.
#pragma once

#include <opencv2/core.hpp>
#include <string>

namespace biaod::tests {

// A figure as a printer sets it, at 300 dpi (CV_8UC1); `box` becomes that of its ink.
cv::Mat printed_figure(const std::string& text, const std::string& font, cv::Rect& box);

}  // namespace biaod::tests
