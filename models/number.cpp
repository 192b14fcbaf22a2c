#include "models/number.hpp"

#include <algorithm>

#include "models/text_norm.hpp"

namespace biaod::models {
namespace {

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

bool is_dash(char32_t c) { return c == U'-' || c == U'/' || c == U'\\' || c == 0x2215 || c == 0x2044; }

// Cuts the longest of `words` off the front or back of `text`.
std::optional<std::string> cut_word(std::u32string& text, const std::vector<std::string>& words, bool at_back) {
    std::optional<std::string> found;
    std::size_t found_size = 0;
    for (const std::string& word : words) {
        const std::u32string w = fold(word);
        if (w.size() <= found_size || w.empty() || w.size() > text.size()) continue;
        if (at_back ? text.ends_with(w) : text.starts_with(w)) {
            found = word;
            found_size = w.size();
        }
    }
    if (found) text.erase(at_back ? text.size() - found_size : 0, found_size);
    return found;
}

// "1,444,400" to "1444400"; false when the commas do not part groups of three.
bool drop_group_commas(std::u32string& text) {
    if (text.find(U',') == text.npos) return true;
    const auto point = std::min(text.find(U'.'), text.size());
    std::u32string joined;
    std::size_t digits = 0;
    bool first_group = true;
    for (std::size_t i = 0; i < point; ++i) {
        if (text[i] == U',') {
            if (first_group ? digits == 0 || digits > 3 : digits != 3) return false;
            first_group = false;
            digits = 0;
        } else {
            joined.push_back(text[i]);
            ++digits;
        }
    }
    if (digits != 3) return false;
    text = joined + text.substr(point);
    return text.find(U',') == text.npos;
}

bool has_space_between_digits(std::string_view printed) {
    const std::u32string points = to_code_points(printed);
    char32_t last = 0;
    bool gap = false;
    for (char32_t c : points) {
        const std::u32string folded = fold(to_utf8({&c, 1}));
        if (folded.empty()) {
            gap = true;
            continue;
        }
        if (gap && is_digit(last) && is_digit(folded.front())) return true;
        last = folded.back();
        gap = false;
    }
    return false;
}

}  // namespace

bool spelled_as_figure(std::string_view text) {
    static const std::u32string allowed = to_code_points(figure_characters);
    const std::u32string folded = fold(text);
    return !folded.empty() &&
           std::ranges::all_of(folded, [](char32_t c) { return allowed.find(c) != std::u32string::npos; });
}

Figure read_figure(std::string_view printed, const FigureWords& words) {
    Figure out;
    std::u32string text = fold(printed);
    if (text.empty()) return out;
    const auto is_none = [&](const std::string& word) { return fold(word) == text; };
    if (std::all_of(text.begin(), text.end(), is_dash) || std::ranges::any_of(words.none_words, is_none)) {
        out.kind = FigureKind::dash;
        return out;
    }

    out.kind = FigureKind::not_a_figure;
    bool negative = false;
    if (text.front() == U'+' || text.front() == U'-') {
        out.has_sign = true;
        negative = text.front() == U'-';
        text.erase(0, 1);
    } else if (cut_word(text, words.plus_words, false)) {
        out.has_sign = true;
    } else if (cut_word(text, words.minus_words, false)) {
        out.has_sign = negative = true;
    }
    if (auto unit = cut_word(text, words.units, true)) out.unit = *unit;
    if (!drop_group_commas(text)) return out;
    if (!std::ranges::all_of(text, [](char32_t c) { return is_digit(c) || c == U'.'; })) return out;

    const std::string ascii(text.begin(), text.end());
    const auto value = Decimal::parse(ascii);
    if (!value) return out;
    out.kind = FigureKind::number;
    out.value = negative ? value->negated() : *value;
    const bool leading_zero = ascii.size() > 1 && ascii[0] == '0' && ascii[1] != '.';
    out.doubtful = leading_zero || has_space_between_digits(printed);
    return out;
}

Figure read_marred_figure(std::string_view printed, const FigureWords& words) {
    const Figure figure = read_figure(printed, words);
    if (figure.kind != FigureKind::not_a_figure) return figure;
    std::u32string text = fold(printed);
    constexpr std::u32string_view beside = U".,-/Vv\u221a";
    if (text.size() > 1 && beside.find(text.back()) != beside.npos)
        text.pop_back();
    else if (text.size() > 1 && (text.front() == U'.' || text.front() == U','))
        text.erase(0, 1);
    Figure rest = read_figure(to_utf8(text), words);
    if (rest.kind != FigureKind::number || rest.has_sign) return figure;
    rest.doubtful = true;
    return rest;
}

}  // namespace biaod::models
