// Pictures of what was recovered, drawn over the pages as delivered: for people who check biaod, and for its makers.
#pragma once

#include <filesystem>
#include <opencv2/core.hpp>
#include <vector>

#include "models/error.hpp"
#include "models/record.hpp"

namespace biaod::ocr {

struct RulingLine {
    cv::Point2d from, to;  // pt as delivered
};

// Writes `path` (PNG): rulings orange, cells green, cells that span rows or columns blue, flagged places filled red,
// blocks outside tables violet; the text that was read stands small above its place.
//
// `picture` is the page as delivered. Errors: temporary, when the file cannot be written.
models::Result<void> write_overlay(const std::filesystem::path& path, const models::Record& record,
                                   const models::Page& page, const cv::Mat& picture,
                                   const std::vector<RulingLine>& rulings);

}  // namespace biaod::ocr
