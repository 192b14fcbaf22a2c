// Draws what covers print or lies below it: seals, watermarks; with Cairo. Private to the synthesiser.
#pragma once

#include <opencv2/core.hpp>
#include <string>

namespace biaod::synth {

// Coverage by ink (CV_8U, 255: full) in a square of 2 × `radius` px; turned by `turn_deg`. `name` may be empty.
cv::Mat seal_imprint(const std::string& name, int radius, double turn_deg);

// Coverage (CV_8U, 255: full) of a page of `size` by bold letters of `height` px, turned by `turn_deg` about its
// middle: once there, or again and again, with the length of the `text` and 4 `height` between.
cv::Mat watermark_imprint(const std::string& text, cv::Size size, double height, double turn_deg, bool again);

}  // namespace biaod::synth
