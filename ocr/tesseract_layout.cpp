#include "ocr/tesseract_layout.hpp"

#include <tesseract/baseapi.h>

#include <string_view>

namespace biaod::ocr {

bool is_known_tesseract() {
    static const bool known = std::string_view(tesseract::TessBaseAPI::Version()) == "5.3.0" &&
                              ::dlsym(RTLD_DEFAULT, "_ZN9tesseract9NetworkIO13WriteTimeStepEiPKf") != nullptr;
    return known;
}

}  // namespace biaod::ocr
