#include "models/text_lines.hpp"

#include <algorithm>

#include "models/text_norm.hpp"

namespace biaod::models {
namespace {

constexpr double heading_similarity = 0.7;
constexpr std::size_t longest_heading = 40;  // code points
constexpr std::size_t longest_front = 25;    // lines, when there is neither heading nor table to end it

constexpr char32_t year_sign = 0x5E74, month_sign = 0x6708, day_sign = 0x65E5, ten = 0x5341;

// -1 when it is no Chinese digit. Zero is written 〇, 零 or with a circle or a letter O that looks like it.
int chinese_digit(char32_t c) {
    constexpr char32_t digits[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D};
    if (c == 0x96F6 || c == 0x25CB || c == U'O' || c == U'o') return 0;
    const auto* at = std::find(std::begin(digits), std::end(digits), c);
    return at == std::end(digits) ? -1 : static_cast<int>(at - std::begin(digits));
}

// The number 1..99 written as 八, 十, 十二, 二十, 三十一; empty when it is not one.
std::optional<int> chinese_number(std::u32string_view text) {
    const auto at = text.find(ten);
    if (at == text.npos)
        return text.size() == 1 && chinese_digit(text[0]) > 0 ? std::optional(chinese_digit(text[0])) : std::nullopt;
    if (at > 1 || text.size() > at + 2) return std::nullopt;
    const int tens = at == 0 ? 1 : chinese_digit(text[0]);
    const int ones = text.size() == at + 1 ? 0 : chinese_digit(text[at + 1]);
    if (tens < 1 || ones < 0) return std::nullopt;
    return 10 * tens + ones;
}

// Replaces the Chinese number that stands in text[from..sign) by Arabic digits.
void replace_number(std::u32string& text, std::size_t from, char32_t sign) {
    const auto end = text.find(sign, from);
    if (end == text.npos || end == from || end - from > 3) return;
    const auto number = chinese_number(std::u32string_view(text).substr(from, end - from));
    if (!number) return;
    const std::string digits = std::to_string(*number);
    text.replace(from, end - from, std::u32string(digits.begin(), digits.end()));
}

// A heading as it stands in the form, without the number before its first enumeration comma.
std::u32string without_number(const std::string& heading) {
    constexpr char32_t enumeration_comma = 0x3001;
    const std::u32string points = to_code_points(heading);
    const auto comma = points.find(enumeration_comma);
    return label_key(comma <= 3 ? to_utf8(std::u32string_view(points).substr(comma + 1)) : heading);
}

int section_of(const std::u32string& key, const FormDefinition& form, int after) {
    int best = -1;
    double best_similarity = heading_similarity;
    for (std::size_t s = 0; s < form.sections.size(); ++s) {
        if (static_cast<int>(s) <= after) continue;
        // The number is easily lost: engines read it as a dash.
        const double here =
            std::max(similarity(key, label_key(form.sections[s])), similarity(key, without_number(form.sections[s])));
        if (here >= best_similarity) {
            best = static_cast<int>(s);
            best_similarity = here;
        }
    }
    return best;
}

}  // namespace

std::string folded_with_years(std::string_view text) {
    std::u32string folded = fold(text);
    for (std::size_t i = 4; i < folded.size(); ++i) {
        if (folded[i] != year_sign) continue;
        std::u32string digits;
        for (std::size_t k = i - 4; k < i && chinese_digit(folded[k]) >= 0; ++k) {
            digits.push_back(U'0' + static_cast<char32_t>(chinese_digit(folded[k])));
        }
        if (digits.size() == 4) folded.replace(i - 4, 4, digits);
        replace_number(folded, i + 1, month_sign);
        const auto month = folded.find(month_sign, i);
        if (month != folded.npos && month <= i + 3) replace_number(folded, month + 1, day_sign);
    }
    return to_utf8(folded);
}

TextLines text_lines(const FormDefinition& form, const Record& record) {
    TextLines out;
    bool front_ended = false;
    int last_section = -1;
    for (const Block& block : record.blocks) {
        if (block.type == BlockType::table) front_ended = true;
        if (block.type != BlockType::title && block.type != BlockType::heading && block.type != BlockType::paragraph)
            continue;
        TextLine line{&block, folded_with_years(block.text), -1};
        const std::u32string key = label_key(block.text);
        if (!key.empty() && key.size() <= longest_heading) line.section = section_of(key, form, last_section);
        if (line.section >= 0) {
            last_section = line.section;
            front_ended = true;
        }
        if (!front_ended && out.front < longest_front) out.front = out.lines.size() + 1;
        out.lines.push_back(std::move(line));
    }
    return out;
}

}  // namespace biaod::models
