#include "ocr/words.hpp"

#include <utility>

#include "models/text_norm.hpp"
#include "ocr/line_vote.hpp"

namespace biaod::ocr {
namespace {

constexpr std::size_t kLongestWord = 4;  // symbols; longer ones are made of such
constexpr double kSure = 0.98;           // confidence of what stays: names make no words, either

bool is_in_word(const std::vector<Symbol>& symbols, std::size_t at, const IsWord& is_word) {
    for (std::size_t from = at < kLongestWord ? 0 : at - kLongestWord + 1; from <= at; ++from) {
        std::string text = symbols[from].text;
        for (std::size_t i = from + 1; i < symbols.size() && i < from + kLongestWord; ++i) {
            text += symbols[i].text;
            if (i >= at && is_word(text)) return true;
        }
    }
    return false;
}

}  // namespace

bool is_odd(const std::vector<Symbol>& symbols, std::size_t at, const IsWord& is_word) {
    return models::is_one_han(symbols[at].text) && !is_in_word(symbols, at, is_word);
}

void take_words(Reading& reading, const Reading& other, const IsWord& is_word) {
    const std::vector<int> places = places_in(reading, other);
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i] < 0) continue;
        const Symbol& rival = other.symbols[static_cast<std::size_t>(places[i])];
        Symbol& symbol = reading.symbols[i];
        const bool differs = rival.text != symbol.text && models::is_one_han(rival.text);
        if (!differs || symbol.confidence >= kSure || !is_odd(reading.symbols, i, is_word)) continue;
        const Symbol was =
            std::exchange(symbol, {rival.text, rival.confidence, symbol.left, symbol.right, symbol.starts_word});
        if (is_odd(reading.symbols, i, is_word)) symbol = was;
    }
    summarise(reading);
}

}  // namespace biaod::ocr
