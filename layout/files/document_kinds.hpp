// The two families of documents behind Document::open(); private to layout.
#pragma once

#include "layout/files/document.hpp"

namespace biaod::layout {

// On a side, px. In less, nothing can be written.
inline constexpr int kSmallestPicture = 24;
inline constexpr int kNarrowestPicture = 100;  // times as long as wide: no page

// All of one colour: what libraries make of data that they cannot decode.
bool is_blank(const cv::Mat& picture);

// Errors: bad_input, with the page. Asked before a picture is made; sizes in px.
models::Result<void> refuse_small_picture(double width, double height, int page);
models::Result<void> refuse_large_picture(double width, double height, const DocumentLimits& limits, int page);

models::Result<std::unique_ptr<Document>> open_pdf(std::string_view bytes, const DocumentLimits& limits);

// `media_type` as found by its magic bytes: image/tiff, image/jpeg, image/png, image/bmp.
models::Result<std::unique_ptr<Document>> open_image(std::string_view bytes, const std::string& media_type,
                                                     const DocumentLimits& limits);

}  // namespace biaod::layout
