// Readings of no picture.
#pragma once

#include <string>

#include "models/text_norm.hpp"
#include "ocr/engine.hpp"

namespace biaod::tests {

// Its symbols are read alike and stand on a fixed pitch.
inline ocr::Reading reading(const std::string& text) {
    ocr::Reading out;
    int at = 0;
    for (const char32_t c : models::to_code_points(text)) {
        out.symbols.push_back({models::to_utf8({&c, 1}), 0.9, at, at + 30, false});
        at += 36;
    }
    ocr::summarise(out);
    return out;
}

}  // namespace biaod::tests
