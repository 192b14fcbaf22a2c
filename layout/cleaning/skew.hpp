// Direction of the writing: quarter turns and skew.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

struct Skew {
    double degrees = 0;    // turn that makes lines level: positive when they fall to the right (y grows with x)
    double sharpness = 0;  // energy of the profile's edges; comparable between pictures of the same ink only
};

// Skew of horizontal lines in a binary picture (255 = ink) by the projection profile's sharpness (Postl 1986), within
// +-max_degrees. The picture is reduced first; about 0.02 degrees are resolved on an A4 page.
Skew estimate_skew(const cv::Mat& ink, double max_degrees);

// True when the lines of writing run from top to bottom of the picture: it needs a quarter turn. Rulings must have been
// taken out, for they run both ways.
bool is_sideways(const cv::Mat& text_ink);

}  // namespace biaod::layout
