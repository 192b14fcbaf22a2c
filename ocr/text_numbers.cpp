#include "ocr/text_numbers.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "models/text_norm.hpp"
#include "ocr/line_vote.hpp"

namespace biaod::ocr {
namespace {

constexpr std::string_view kStrokes = "[]|!lIiOo";
constexpr std::size_t kLongestItem = 2;  // digits

bool is_digit(const Symbol& symbol) {
    return symbol.text.size() == 1 && symbol.text[0] >= '0' && symbol.text[0] <= '9';
}

bool is_point(const Symbol& symbol) {
    const std::u32string folded = models::fold(symbol.text);
    return folded == U"." || folded == U",";
}

// Whether the symbol at `at` may be part of a number by what it is and what stands beside it.
bool belongs(const std::vector<Symbol>& symbols, std::size_t at) {
    const Symbol& symbol = symbols[at];
    if (is_digit(symbol)) return true;
    const bool inside = at > 0 && at + 1 < symbols.size();
    if (is_point(symbol)) return inside && is_digit(symbols[at - 1]) && is_digit(symbols[at + 1]);
    if (symbol.text.size() != 1 || kStrokes.find(symbol.text) == kStrokes.npos) return false;
    const auto bounds = [](const Symbol& other) { return is_digit(other) || models::is_one_han(other.text); };
    return (at == 0 || bounds(symbols[at - 1])) && (at + 1 == symbols.size() || bounds(symbols[at + 1]));
}

bool numbers_item(const std::vector<Symbol>& symbols, const NumberRun& run) {
    if (run.first > 1 || run.last - run.first > kLongestItem || run.last == symbols.size()) return false;
    if (run.first == 1 && models::fold(symbols[0].text) != U"(") return false;
    const std::u32string next = models::fold(symbols[run.last].text);
    return next == U"." || next == U"\u3001" || next == U")";
}

std::string number_of(const std::vector<Symbol>& symbols, std::size_t first, std::size_t last) {
    std::string number;
    for (std::size_t i = first; i < last; ++i)
        if (is_digit(symbols[i]) || is_point(symbols[i])) number += models::to_utf8(models::fold(symbols[i].text));
    const std::size_t from = number.find_first_not_of(".,"), to = number.find_last_not_of(".,");
    return from == number.npos ? "" : number.substr(from, to - from + 1);
}

}  // namespace

std::vector<NumberRun> numbers_in(const std::vector<Symbol>& symbols) {
    std::vector<NumberRun> runs;
    for (std::size_t i = 0; i < symbols.size(); ++i) {
        if (!belongs(symbols, i)) continue;
        if (runs.empty() || runs.back().last < i) runs.push_back({i, i, false});
        runs.back().last = i + 1;
        runs.back().has_strokes |= !is_digit(symbols[i]) && !is_point(symbols[i]);
    }
    if (!runs.empty() && numbers_item(symbols, runs.front())) runs.erase(runs.begin());
    return runs;
}

std::string number_at(const Reading& reading, const NumberRun& number, const Reading& other) {
    const std::vector<int> places = places_in(reading, other);
    std::size_t from = 0, to = other.symbols.size();
    for (std::size_t i = number.first; i > 0 && from == 0; --i)
        if (places[i - 1] >= 0) from = static_cast<std::size_t>(places[i - 1]) + 1;
    for (std::size_t i = number.last; i < places.size() && to == other.symbols.size(); ++i)
        if (places[i] >= 0) to = static_cast<std::size_t>(places[i]);
    // A digit there may be a mark here: 群众"41人 for 群众941人.
    while (from > 0 && is_digit(other.symbols[from - 1])) --from;
    while (to < other.symbols.size() && is_digit(other.symbols[to])) ++to;
    return number_of(other.symbols, from, to);
}

std::vector<models::DisputedNumber> disputed_numbers(const Reading& first, const Reading& second, const Reading& third,
                                                     const Reading& taken, const std::function<Reading()>& fourth) {
    std::vector<models::DisputedNumber> disputed;
    std::optional<Reading> last;
    for (const NumberRun& number : numbers_in(first.symbols)) {
        const std::string read = number_of(first.symbols, number.first, number.last);
        const std::string of_second = number_at(first, number, second), now = number_at(first, number, taken);
        bool agreed = now == of_second;
        if (agreed && now != read) agreed = number_at(first, number, third) == of_second;
        if (!agreed && now == read) {
            if (!last) last = fourth();
            agreed = number_at(first, number, *last) == read;
        }
        if (!agreed) disputed.push_back({now, now == of_second ? read : of_second, 0, {}});
    }
    return disputed;
}

}  // namespace biaod::ocr
