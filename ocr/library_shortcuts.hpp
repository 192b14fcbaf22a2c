// What Tesseract does for each engine and each line without use to ours: functions of ours take the place of the
// library's in this program, which has functions of the same names. No result changes: what is left out prepares the
// legacy recogniser, which OEM_LSTM_ONLY never asks, or analyses a page, where a raw line needs little, or draws
// what only debugging sees (with letters of Leptonica's). With another version than 5.3.0 lines are left to the
// library.
#pragma once

#include <cstdint>

namespace biaod::ocr {

// Before the first engine; without this call the linker would not see that any of them is used. For tests: false leaves
// to the library what it does with each line.
void use_shortcuts(bool use);
std::uint64_t lines_left_untraced();

}  // namespace biaod::ocr
