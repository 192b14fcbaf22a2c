#include "ocr/wrapped_figure.hpp"

#include <algorithm>
#include <utility>

#include "layout/text_lines.hpp"
#include "models/form_values.hpp"
#include "models/number.hpp"
#include "ocr/figure_shape.hpp"

namespace biaod::ocr {
namespace {

constexpr double kLineGap = 0.8;   // of a character's height, between two lines
constexpr double kLastLine = 0.8;  // of the width of each line above

bool differ_in_marks_alone(std::string a, std::string b) {
    for (std::string* of : {&a, &b}) std::ranges::replace_if(*of, is_mark, '.');
    return a == b;
}

// Whether the part's digits were read surely.
bool has_sure_digits(const FigureText& part) {
    const bool digits = std::ranges::all_of(part.text, [](char c) { return (c >= '0' && c <= '9') || is_mark(c); });
    if (part.text.empty() || !digits) return false;
    if (part.second) return part.confidence >= kDisagreement && differ_in_marks_alone(part.text, *part.second);
    return part.confidence >= models::doubt_number_below;
}

// What else the figure may say; `whole` where there is nothing.
std::string other_reading(const std::string& whole, const std::string& by_seconds, const std::string& as_text) {
    if (!differ_in_marks_alone(whole, as_text)) return as_text;
    if (by_seconds != whole) return by_seconds;
    if (!may_end_in_a_group(whole)) return as_text;
    std::string grouped = whole;
    std::ranges::replace(grouped, '.', ',');
    return grouped;
}

}  // namespace

bool may_be_wrapped(const std::vector<cv::Rect>& lines, double cell_width, double char_height) {
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const cv::Rect &above = lines[i - 1], &below = lines[i];
        if (below.y - above.br().y > kLineGap * char_height) return false;
        if (!layout::fill_cell({static_cast<double>(above.width)}, cell_width, char_height)) return false;
        if (lines.back().width > kLastLine * above.width) return false;
    }
    return true;
}

std::optional<FigureText> wrapped_figure(const std::vector<FigureText>& parts, std::string as_text) {
    FigureText whole{"", 1, std::nullopt};
    std::string by_seconds;
    for (const FigureText& part : parts) {
        if (!has_sure_digits(part)) return std::nullopt;
        whole.text += part.text;
        by_seconds += part.second.value_or(part.text);
        whole.confidence = std::min(whole.confidence, part.confidence);
    }
    if (models::read_figure(whole.text, {}).kind != models::FigureKind::number) return std::nullopt;
    std::erase(as_text, ' ');
    std::string other = other_reading(whole.text, by_seconds, as_text);
    if (other == whole.text) return whole;
    whole.second = std::move(other);
    whole.confidence = std::min(whole.confidence, kDisagreement);
    return whole;
}

std::optional<std::string> only_figure(const std::vector<FigureText>& lines) {
    std::vector<std::string> figures;
    for (const FigureText& line : lines)
        if (line.covers_ink && line.text.find_first_of("0123456789") != std::string::npos) figures.push_back(line.text);
    if (figures.size() > 1) std::erase(figures, "1");
    return figures.size() == 1 ? std::optional(figures.front()) : std::nullopt;
}

}  // namespace biaod::ocr
