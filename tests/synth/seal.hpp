// Draws the imprint of a seal, with Cairo. Private to the synthesiser.
#pragma once

#include <opencv2/core.hpp>
#include <string>

namespace biaod::synth {

// Coverage by ink (CV_8U, 255: full) in a square of 2 × `radius` px; turned by `turn_deg`. `name` may be empty.
cv::Mat seal_imprint(const std::string& name, int radius, double turn_deg);

}  // namespace biaod::synth
