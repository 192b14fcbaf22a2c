#include "ocr/text_numbers.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "models/text_norm.hpp"
#include "ocr/line_vote.hpp"

namespace biaod::ocr {
namespace {

constexpr std::string_view kStrokes = "[]|!lIi", kRings = "Oo";
constexpr std::u32string_view kMarks = U".,:;-~/\u3001";
constexpr std::u32string_view kLikeDigits = U"\u3002\u3007\u4e00\u4e8c\u4e09\u4e94";  // 。〇一二三五
constexpr std::size_t kLongestItem = 2;                                               // digits
constexpr std::size_t kMostMarks = 2;                                                 // between two digits

using Symbols = std::vector<Symbol>;

bool is_one_of(const Symbol& symbol, std::string_view set) {
    return symbol.text.size() == 1 && set.find(symbol.text) != set.npos;
}

bool is_digit(const Symbol& symbol) { return is_one_of(symbol, "0123456789"); }
bool is_stroke(const Symbol& symbol) { return is_one_of(symbol, kStrokes); }
bool is_ring(const Symbol& symbol) { return is_one_of(symbol, kRings); }
bool may_be_digit(const Symbol& symbol) { return is_digit(symbol) || is_stroke(symbol) || is_ring(symbol); }

bool is_mark(const Symbol& symbol) {
    const std::u32string folded = models::fold(symbol.text);
    return folded.size() == 1 && kMarks.find(folded[0]) != kMarks.npos;
}

bool is_point(const Symbol& symbol) {
    const std::u32string folded = models::fold(symbol.text);
    return folded == U"." || folded == U",";
}

// What stands `step` symbols from `at`; null beyond the ends.
const Symbol* beside(const Symbols& symbols, std::ptrdiff_t at, std::ptrdiff_t step) {
    const bool is_there = at + step >= 0 && at + step < std::ssize(symbols);
    return is_there ? &symbols[static_cast<std::size_t>(at + step)] : nullptr;
}

// Whether the bracket or stroke at `at` encloses the year of a document number, with any mark as its partner:
// 〔2019]12号.
bool encloses_year(const Symbols& symbols, std::ptrdiff_t at, std::ptrdiff_t step) {
    std::string year;
    for (std::ptrdiff_t i = 1; i <= 4; ++i) {
        const Symbol* symbol = beside(symbols, at, i * step);
        if (symbol == nullptr || !is_digit(*symbol)) return false;
        year.insert(step > 0 ? year.size() : 0, symbol->text);
    }
    const Symbol* partner = beside(symbols, at, 5 * step);
    return (year.starts_with("19") || year.starts_with("20")) && partner != nullptr && !is_digit(*partner) &&
           !models::is_one_han(partner->text);
}

// A square bracket is one where the next on its side is its partner.
bool has_partner(const Symbols& symbols, std::ptrdiff_t at) {
    constexpr std::string_view opening = "[{\u3010\u3014", closing = "]}\u3011\u3015";
    if (encloses_year(symbols, at, 1) || encloses_year(symbols, at, -1)) return true;
    const std::string& bracket = symbols[static_cast<std::size_t>(at)].text;
    if (bracket != "[" && bracket != "]") return false;
    const auto is_in = [](std::string_view set, const Symbol& s) { return set.find(s.text) != set.npos; };
    const bool opens = bracket == "[";
    const std::ptrdiff_t step = opens ? 1 : -1;
    for (std::ptrdiff_t i = step; const Symbol* symbol = beside(symbols, at, i); i += step)
        if (is_in(opening, *symbol) || is_in(closing, *symbol)) return is_in(opens ? closing : opening, *symbol);
    return false;
}

// Whether a stroke or ring may be a digit by what stands on both its sides.
bool stands_as_digit(const Symbols& symbols, std::ptrdiff_t at) {
    const auto bounds = [&](std::ptrdiff_t step) {
        const Symbol *next = beside(symbols, at, step), *beyond = beside(symbols, at, 2 * step);
        if (next == nullptr || is_digit(*next) || models::is_one_han(next->text)) return true;
        return is_mark(*next) && beyond != nullptr && is_digit(*beyond);
    };
    return bounds(-1) && bounds(1) && !has_partner(symbols, at);
}

bool numbers_item(const Symbols& symbols, const NumberRun& run) {
    if (run.first > 1 || run.last - run.first > kLongestItem || run.last + 1 >= symbols.size()) return false;
    const bool opened = run.first == 1;
    if (opened && models::fold(symbols[0].text) != U"(") return false;
    const std::u32string next = models::fold(symbols[run.last].text);
    const bool marked = opened ? next == U")" : next == U"." || next == U"\u3001";
    return marked && models::is_one_han(symbols[run.last + 1].text);
}

// A number as it was read, and what is compared: with a bar for a stroke, an o for a ring, and one dash.
struct Number {
    std::string text;
    std::u32string shape;

    bool has_digits() const {
        return std::ranges::any_of(shape, [](char32_t c) { return c >= U'0' && c <= U'9'; });
    }
};

Number number_of(const Symbols& symbols, std::size_t first, std::size_t last) {
    while (first < last && !may_be_digit(symbols[first])) ++first;
    while (first < last && !may_be_digit(symbols[last - 1])) --last;
    Number number;
    for (std::size_t i = first; i < last; ++i) {
        const std::u32string folded = models::fold(symbols[i].text);
        const bool stroke = is_stroke(symbols[i]), ring = is_ring(symbols[i]);
        number.text += stroke || ring ? symbols[i].text : models::to_utf8(folded);
        if (stroke || ring)
            number.shape += stroke ? U'|' : U'o';
        else
            number.shape += folded == U"~" || folded == U"\u4e00" ? U"-" : folded;  // 0955一8737499
    }
    return number;
}

Number at_place(const Reading& reading, const NumberRun& number, const Reading& other) {
    if (&reading == &other) return number_of(reading.symbols, number.first, number.last);
    const Symbols& symbols = other.symbols;
    const std::vector<int> places = places_in(reading, other);
    std::ptrdiff_t from = 0, to = std::ssize(symbols);
    for (std::size_t i = number.first; i > 0 && from == 0; --i)
        if (places[i - 1] >= 0) from = places[i - 1] + 1;
    for (std::size_t i = number.last; i < places.size() && to == std::ssize(symbols); ++i)
        if (places[i] >= 0) to = places[i];
    // A digit there may be a mark here: 群众"41人 for 群众941人, 14*8 for 14.8.
    const auto joins = [&](std::ptrdiff_t end, std::ptrdiff_t step) {
        const Symbol *next = beside(symbols, end, step), *beyond = beside(symbols, end, 2 * step);
        if (next == nullptr || is_digit(*next)) return next != nullptr;
        return from < to && is_point(*next) && beyond != nullptr && is_digit(*beyond);
    };
    while (joins(from, -1)) --from;
    while (joins(to - 1, 1)) ++to;
    return number_of(symbols, static_cast<std::size_t>(from), static_cast<std::size_t>(to));
}

// Whether two numbers may be the same: a stroke is a 1 or nothing, a ring is a 0 or nothing.
bool alike(std::u32string_view a, std::u32string_view b) {
    if (a.empty() && b.empty()) return true;
    if (!a.empty() && !b.empty() && a[0] == b[0] && alike(a.substr(1), b.substr(1))) return true;
    const auto open = [](std::u32string_view of, std::u32string_view in) {
        if (of.empty() || (of[0] != U'|' && of[0] != U'o')) return false;
        const bool is_digit = !in.empty() && in[0] == (of[0] == U'|' ? U'1' : U'0');
        return (is_digit && alike(of.substr(1), in.substr(1))) || alike(of.substr(1), in);
    };
    return open(a, b) || open(b, a);
}

bool alike(const Number& a, const Number& b) { return alike(a.shape, b.shape); }

std::string with_digits(const Number& number) {
    std::u32string out = number.shape;
    std::ranges::replace(out, U'|', U'1');
    std::ranges::replace(out, U'o', U'0');
    return models::to_utf8(out);
}

bool has_digits_at(const Reading& reading, const NumberRun& number, const Reading& other) {
    return at_place(reading, number, other).has_digits();
}

using Disputed = std::vector<models::DisputedNumber>;

// Numbers that were taken and not read alike.
void add_doubtful(const PartReadings& readings, Disputed& disputed) {
    const Reading& taken = readings.taken;
    for (const NumberRun& run : numbers_in(taken.symbols, readings.begins_line)) {
        const auto in = [&](const Reading& reading) { return at_place(taken, run, reading); };
        const Number now = in(taken);
        const std::array others{in(readings.second), in(readings.first), in(readings.third)};
        const auto& [of_second, of_first, of_third] = others;
        bool agreed = alike(now, of_second) && (alike(now, of_first) || alike(now, of_third));
        if (run.has_strokes)
            agreed = !now.has_digits() && std::ranges::none_of(others, &Number::has_digits);
        else if (!agreed && alike(now, of_first))
            agreed = alike(now, in(readings.fourth()));
        if (agreed) continue;
        const auto other = std::ranges::find_if(others, [&](const Number& n) { return n.shape != now.shape; });
        disputed.push_back({now.text, other != others.end() ? other->text : with_digits(now), 0, {}});
    }
}

// Numbers of `reading` that were not taken, unless they are none.
template <typename IsNone>
void add_missing(const PartReadings& readings, const Reading& reading, const IsNone& is_none, Disputed& disputed) {
    for (const NumberRun& run : numbers_in(reading.symbols, readings.begins_line))
        if (has_digits_at(reading, run, reading) && number_at(reading, run, readings.taken).empty() && !is_none(run))
            disputed.push_back({"", number_at(reading, run, reading), 0, {}});
}

// Whether a digit of the second reading is to the first a character that looks like it.
bool is_likeness(const PartReadings& readings, const NumberRun& run) {
    const int place = places_in(readings.second, readings.first)[run.first];
    if (run.last - run.first > 1 || place < 0) return false;
    const std::u32string there = models::fold(readings.first.symbols[static_cast<std::size_t>(place)].text);
    return there.size() == 1 && kLikeDigits.find(there[0]) != kLikeDigits.npos;
}

}  // namespace

std::vector<NumberRun> numbers_in(const Symbols& symbols, bool begins_line) {
    std::vector<NumberRun> runs;
    for (std::size_t i = 0; i < symbols.size(); ++i) {
        const bool digit = is_digit(symbols[i]);
        if (!digit && !(may_be_digit(symbols[i]) && stands_as_digit(symbols, static_cast<std::ptrdiff_t>(i)))) continue;
        const auto marks = [&] {
            const auto from = symbols.begin() + static_cast<std::ptrdiff_t>(runs.back().last);
            return std::all_of(from, symbols.begin() + static_cast<std::ptrdiff_t>(i), is_mark);
        };
        const bool goes_on = !runs.empty() && i - runs.back().last <= kMostMarks && marks();
        if (!goes_on) runs.push_back({i, i, false});
        runs.back().last = i + 1;
        runs.back().has_strokes |= !digit;
    }
    // 二O二三年
    std::erase_if(runs, [&](const NumberRun& run) { return run.last - run.first == 1 && is_ring(symbols[run.first]); });
    if (begins_line && !runs.empty() && numbers_item(symbols, runs.front())) runs.erase(runs.begin());
    return runs;
}

std::string number_at(const Reading& reading, const NumberRun& number, const Reading& other) {
    return at_place(reading, number, other).text;
}

void settle_strokes(Reading& reading, const Reading& second, const Reading& fourth) {
    const std::vector<int> in_second = places_in(reading, second), in_fourth = places_in(reading, fourth);
    const auto digit_at = [](const Reading& other, int place, std::string_view digit) {
        return place >= 0 && other.symbols[static_cast<std::size_t>(place)].text == digit;
    };
    for (const NumberRun& run : numbers_in(reading.symbols, false))
        for (std::size_t i = run.first; i < run.last; ++i) {
            Symbol& symbol = reading.symbols[i];
            if (!is_stroke(symbol) && !is_ring(symbol)) continue;
            const char* digit = is_stroke(symbol) ? "1" : "0";
            if (digit_at(second, in_second[i], digit) && digit_at(fourth, in_fourth[i], digit)) symbol.text = digit;
        }
    summarise(reading);
}

std::vector<models::DisputedNumber> disputed_numbers(const PartReadings& readings) {
    const Reading &first = readings.first, &second = readings.second;
    Disputed disputed;
    add_doubtful(readings, disputed);
    const auto none_of_first = [&](const NumberRun& run) {
        return !has_digits_at(first, run, second) && !has_digits_at(first, run, readings.third);
    };
    const auto none_of_second = [&](const NumberRun& run) {
        const bool cut =
            (run.first == 0 && !readings.begins_line) || (run.last == second.symbols.size() && !readings.ends_line);
        return cut || has_digits_at(second, run, first) || is_likeness(readings, run) ||
               !has_digits_at(second, run, readings.fourth());
    };
    add_missing(readings, first, none_of_first, disputed);
    add_missing(readings, second, none_of_second, disputed);
    return disputed;
}

}  // namespace biaod::ocr
