// Words of the language, which tell a character that was taken for another: of two that look alike, as a rule only one
// makes a word with what stands beside it.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "ocr/engine.hpp"

namespace biaod::ocr {

using IsWord = std::function<bool(const std::string&)>;

// Whether the symbol at `at` is an ideograph that makes no word of two to four symbols with those beside it, as some of
// a name do not, either.
bool is_odd(const std::vector<Symbol>& symbols, std::size_t at, const IsWord& is_word);

// Takes from `other`, another reading of the same ink, each ideograph that makes a word with what stands beside it in
// `reading`, in the place of one that is odd there and not quite sure. Nothing is taken that `other` does not have in
// that place.
void take_words(Reading& reading, const Reading& other, const IsWord& is_word);

}  // namespace biaod::ocr
