#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "models/text_norm.hpp"

namespace biaod::models {
namespace {

constexpr std::size_t longest_numeral = 3;
constexpr std::size_t longest_digits = 2;                                                // of a heading （1）
constexpr std::size_t longest_title = 62;                                                // with its marks
constexpr std::u32string_view document_words = U"\u53d1\u529e\u51fd\u5b57\u901a\u89c4";  // 发办函字通规

// Brackets by kind, each with those that open and those that close; the first kind are parentheses.
struct Kind {
    std::u32string_view open, close;
};
constexpr Kind kinds[] = {
    {U"(\uff08", U")\uff09"}, {U"\u300a", U"\u300b"}, {U"\u3008<\uff1c", U"\u3009>\uff1e"},
    {U"\u3014", U"\u3015"},   {U"\u3010", U"\u3011"}, {U"[\uff3b", U"]\uff3d"},
    {U"\u300c", U"\u300d"},   {U"\u300e", U"\u300f"},
};

enum class Side { none, open, close };

struct Bracket {
    Side side = Side::none;
    const Kind* kind = nullptr;
    bool parenthesis() const { return kind == kinds; }
};

Bracket bracket(char32_t c) {
    for (const Kind& kind : kinds) {
        if (kind.open.find(c) != kind.open.npos) return {Side::open, &kind};
        if (kind.close.find(c) != kind.close.npos) return {Side::close, &kind};
    }
    return {};
}

// Braces are never printed in reports: they are parentheses.
char32_t without_brace(char32_t c) {
    switch (c) {
        case U'{':
            return U'(';
        case U'}':
            return U')';
        case 0xFF5B:
            return 0xFF08;
        case 0xFF5D:
            return 0xFF09;
        default:
            return c;
    }
}

bool is_space(char32_t c) { return c == U' ' || c == 0x3000; }

bool only(std::u32string_view text, std::u32string_view of) {
    return !text.empty() && text.find_first_not_of(of) == text.npos;
}

// What a parenthesis may hold to be the number of a heading: （十二）, and （1） where a line begins.
bool is_number(const std::u32string& text, bool begins_line) {
    if (only(text, U"一二三四五六七八九十百〇")) return text.size() <= longest_numeral;
    return begins_line && text.size() <= longest_digits && only(text, U"0123456789");
}

// The year of a document number, as in 〔2019〕25号. The line may end before 号 where a word for documents stands
// before.
bool is_year(std::u32string_view before, const std::u32string& within, std::u32string_view after) {
    if (within.size() != 4 || !only(within, U"0123456789")) return false;
    if (!within.starts_with(U"19") && !within.starts_with(U"20")) return false;
    const std::size_t next = std::min(after.find_first_not_of(U" \u3000"), after.size());
    const std::size_t end = std::min(after.find_first_not_of(U"0123456789 ", next), after.size());
    if (end < after.size()) return end > next && after[end] == U'\u53f7';  // 号
    const std::size_t last = before.find_last_not_of(U' ');
    return last != before.npos && document_words.find(before[last]) != document_words.npos;
}

// Whether a bracket has its partner of the same kind on its line. `before` and `after`: the text on either side of the
// bracket and of what it seems to enclose.
bool has_partner(Bracket of, std::u32string_view before, std::u32string_view after) {
    const bool forwards = of.side == Side::open;
    const std::u32string_view where = forwards ? after : before;
    int others = 0;  // of the same side that the next partner belongs to
    for (std::size_t i = 0; i < where.size(); ++i) {
        const char32_t c = where[forwards ? i : where.size() - 1 - i];
        if (c == U'\n') return false;
        const Bracket here = bracket(c);
        if (here.kind != of.kind) continue;
        if (here.side == of.side)
            ++others;
        else if (others-- == 0)
            return true;
    }
    return false;
}

// 互联网+ (“Internet Plus”) is a word of its own; the ten after 互联网 counts something.
void plus_for_ten(std::u32string& text) {
    static constexpr std::u32string_view read = U"\u4e92\u8054\u7f51\u5341",
                                         counted = U"\u5927\u4f73\u5f3a\u5e74\u4e2a\u6761\u9879\u5bb6";
    for (std::size_t at = text.find(read); at != text.npos; at = text.find(read, at + 1)) {
        const std::size_t after = at + read.size();
        if (after < text.size() && is_han(text[after]) && counted.find(text[after]) == counted.npos)
            text[after - 1] = U'+';
    }
}

// Between digits, as in 0955—8737499, no Chinese numeral is ever written.
void dash_for_one(std::u32string& text) {
    const auto is_digit = [&](std::size_t at) { return text[at] >= U'0' && text[at] <= U'9'; };
    for (std::size_t i = 1; i + 1 < text.size(); ++i)
        if (text[i] == U'\u4e00' && is_digit(i - 1) && is_digit(i + 1)) text[i] = U'\u2014';
}

// 至12月31日止, as a report's period ends, and not 日上, which no mark follows.
void end_of_period(std::u32string& text) {
    for (std::size_t i = 2; i + 1 < text.size(); ++i) {
        const bool after_day = text[i - 1] == U'\u65e5' && text[i - 2] >= U'0' && text[i - 2] <= U'9';
        const bool before_mark =
            std::u32string_view(U"\u3002\uff0c\uff1b,;.").find(text[i + 1]) != std::u32string_view::npos;
        if (text[i] == U'\u4e0a' && after_day && before_mark) text[i] = U'\u6b62';
    }
}

bool opens_title(char32_t c) { return c == U'\u300a' || c == U'\u3008'; }
bool closes_title(char32_t c) { return c == U'\u300b' || c == U'\u3009'; }

// Where the title that `open` begins ends, and the one title within it, if any.
struct Title {
    std::size_t close = 0, inner_open = 0, inner_close = 0;
};

std::optional<Title> title_at(std::u32string_view text, std::size_t open) {
    Title title;
    bool inside = false;
    const std::size_t end = std::min(text.size(), open + longest_title);
    for (std::size_t i = open + 1; i < end; ++i) {
        if (text[i] == U'\u3002') return std::nullopt;  // 。
        if (opens_title(text[i])) {
            if (inside || title.inner_open > 0) return std::nullopt;
            inside = true;
            title.inner_open = i;
        } else if (closes_title(text[i])) {
            (inside ? title.inner_close : title.close) = i;
            if (!inside) return title;
            inside = false;
        }
    }
    return std::nullopt;
}

}  // namespace

std::string nest_titles(std::string_view utf8) {
    std::u32string text = to_code_points(utf8);
    for (std::size_t open = 0; open < text.size(); ++open) {
        if (!opens_title(text[open])) continue;
        const auto title = title_at(text, open);
        if (!title) continue;
        if (title->inner_open > 0) {
            text[open] = U'\u300a';
            text[title->inner_open] = U'\u3008';
            text[title->inner_close] = U'\u3009';
            text[title->close] = U'\u300b';
        }
        open = title->close;
    }
    return to_utf8(text);
}

std::string tidy_reading(std::string_view utf8) {
    std::u32string text = to_code_points(utf8);
    for (char32_t& c : text) c = without_brace(c);
    plus_for_ten(text);
    dash_for_one(text);
    end_of_period(text);
    for (std::size_t open = 0; open < text.size(); ++open) {
        const Bracket left = bracket(text[open]);
        if (left.side != Side::open) continue;
        std::u32string within;
        std::size_t close = open + 1;
        for (; close < text.size() && text[close] != U'\n' && bracket(text[close]).side == Side::none; ++close)
            if (!is_space(text[close])) within += text[close];
        if (close == text.size()) break;
        const Bracket right = bracket(text[close]);
        if (right.side != Side::close || left.kind == right.kind) continue;
        const std::u32string_view all = text;
        const auto of_title = [&](Bracket mark) {
            return mark.kind == kinds + 1 && has_partner(mark, all.substr(0, open), all.substr(close + 1));
        };
        if (is_year(all.substr(0, open), within, all.substr(close + 1)) && !of_title(left) && !of_title(right)) {
            text[open] = U'\u3014';
            text[close] = U'\u3015';
            continue;
        }
        if (!left.parenthesis() && !right.parenthesis()) continue;
        if (!is_number(within, open == 0 || text[open - 1] == U'\n')) continue;
        // A mark of a title that begins or ends elsewhere on the line stays.
        const Bracket odd = left.parenthesis() ? right : left;
        if (has_partner(odd, all.substr(0, open), all.substr(close + 1))) continue;
        const bool narrow = (left.parenthesis() ? text[open] : text[close]) < 0x80;
        text[open] = narrow ? U'(' : U'\uff08';
        text[close] = narrow ? U')' : U'\uff09';
    }
    return tidy_text(to_utf8(text));
}

}  // namespace biaod::models
