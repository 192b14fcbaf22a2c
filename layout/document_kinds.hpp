// The two families of documents behind Document::open(); private to layout.
#pragma once

#include "layout/document.hpp"

namespace biaod::layout {

models::Result<std::unique_ptr<Document>> open_pdf(std::string_view bytes, const DocumentLimits& limits);

// `media_type` as found by its magic bytes: image/tiff, image/jpeg, image/png, image/bmp.
models::Result<std::unique_ptr<Document>> open_image(std::string_view bytes, const std::string& media_type,
                                                     const DocumentLimits& limits);

}  // namespace biaod::layout
