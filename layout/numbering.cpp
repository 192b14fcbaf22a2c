#include "layout/numbering.hpp"

#include <algorithm>

#include "models/text_norm.hpp"

namespace biaod::layout {
namespace {

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// 一二三四五六七八九十
bool is_han_numeral(char32_t c) {
    static constexpr std::u32string_view numerals = U"\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341";
    return numerals.find(c) != std::u32string_view::npos;
}

constexpr char32_t kEnumerationComma = U'\u3001';  // 、

std::size_t run_length(const std::u32string& text, std::size_t from, bool (*accepts)(char32_t)) {
    std::size_t n = 0;
    while (from + n < text.size() && accepts(text[from + n])) ++n;
    return n;
}

}  // namespace

int numbering_level(std::string_view utf8) {
    const std::u32string text = models::fold(utf8);
    if (text.empty()) return 0;
    const bool opened = text[0] == U'(' || text[0] == U'[';
    const std::size_t start = opened ? 1 : 0;
    const std::size_t han = run_length(text, start, is_han_numeral), digits = run_length(text, start, is_digit);
    const std::size_t length = std::max(han, digits);
    if (length == 0 || length > 3 || start + length >= text.size()) return 0;
    const char32_t after = text[start + length];
    if (opened) return after == U')' || after == U']' ? (han > 0 ? 2 : 4) : 0;
    if (han > 0) return after == kEnumerationComma || after == U',' ? 1 : 0;
    if (after != U'.' && after != kEnumerationComma) return 0;
    // 3.2 is a figure.
    return start + length + 1 < text.size() && is_digit(text[start + length + 1]) ? 0 : 3;
}

bool is_caption(std::string_view text) {
    const std::u32string key = models::label_key(text);
    if (key.starts_with(U"附表") || key.starts_with(U"附件") || key.starts_with(U"续表")) return true;
    return key.size() > 1 && key[0] == U'表' && is_numeral(key[1]);
}

bool is_page_number(std::string_view utf8) {
    std::u32string text = models::fold(utf8);
    std::size_t digits = 0;
    for (const char32_t c : text) {
        // -, ., /, 第 页 共 一 (a dash, as it is often read): what stands around a page number
        static constexpr std::u32string_view around = U"-./_|~\u00b7\u7b2c\u9875\u5171\u4e00";
        if (is_digit(c))
            ++digits;
        else if (around.find(c) == std::u32string_view::npos)
            return false;
    }
    return digits > 0 && digits <= 6 && text.size() <= 12;
}

bool is_numeral(char32_t c) { return is_digit(c) || is_han_numeral(c); }

bool contains_han(std::string_view utf8) {
    const std::u32string text = models::to_code_points(utf8);
    return std::any_of(text.begin(), text.end(), models::is_han);
}

bool starts_as_figure(std::string_view utf8) {
    const std::u32string text = models::fold(utf8);
    if (text.empty()) return false;
    const std::size_t sign = text[0] == U'+' || text[0] == U'-' ? 1 : 0;
    return sign < text.size() && is_digit(text[sign]);
}

bool lacks_point(std::string_view utf8) {
    // 元万亿千百十 增减 件条项个次人份户名位处宗起篇期余年月日家部场天页所本亩例
    static constexpr std::u32string_view measures =
        U"\u5143\u4e07\u4ebf\u5343\u767e\u5341\u589e\u51cf\u4ef6\u6761\u9879\u4e2a\u6b21\u4eba\u4efd"
        U"\u6237\u540d\u4f4d\u5904\u5b97\u8d77\u7bc7\u671f\u4f59\u5e74\u6708\u65e5\u5bb6\u90e8\u573a"
        U"\u5929\u9875\u6240\u672c\u4ea9\u4f8b";
    const std::u32string text = models::fold(utf8);
    const std::size_t digits = run_length(text, 0, is_digit);
    if (digits == 0 || digits > 2 || digits == text.size()) return false;
    const bool misread = std::u32string_view(U",:;'\u00b7").find(text[digits]) != std::u32string_view::npos;
    const std::size_t label = digits + (misread ? 1 : 0);
    return run_length(text, label, models::is_han) > 1 && measures.find(text[label]) == measures.npos;
}

}  // namespace biaod::layout
