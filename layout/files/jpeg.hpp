// A picture as the bytes of a file, for people's eyes.
#pragma once

#include <opencv2/core.hpp>
#include <string>

#include "models/error.hpp"

namespace biaod::layout {

// CV_8UC1 or CV_8UC3 (BGR), as JPEG. In memory: no file is opened. Errors: internal.
models::Result<std::string> jpeg_of(const cv::Mat& picture);

}  // namespace biaod::layout
