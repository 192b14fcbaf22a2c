#include "daemon/export/book.hpp"

#include <algorithm>
#include <set>

#include "models/text_norm.hpp"

namespace biaod::daemon {
namespace {

constexpr std::size_t longest_sheet_name = 31;  // UTF-16 units
constexpr char32_t first_wide = 0x1100;         // Hangul, kana, ideographs and their marks stand above

std::size_t utf16_length(std::u32string_view text) {
    return text.size() + static_cast<std::size_t>(std::ranges::count_if(text, [](char32_t c) { return c > 0xFFFF; }));
}

std::u32string cut(std::u32string text, std::size_t most) {
    while (utf16_length(text) > most) text.pop_back();
    return text;
}

std::u32string allowed(const std::string& name) {
    std::u32string out;
    for (char32_t c : models::to_code_points(name)) {
        const bool bad = c < 0x20 || c == 0x7F || c == 0xFFFE || c == 0xFFFF ||
                         std::u32string_view(U"[]:*?/\\").find(c) != std::u32string_view::npos;
        out.push_back(bad ? U'_' : c);
    }
    out = cut(out, longest_sheet_name);
    const auto edge = [](char32_t c) { return c == U'\'' || c == U' '; };
    while (!out.empty() && edge(out.back())) out.pop_back();
    out.erase(out.begin(), std::ranges::find_if_not(out, edge));
    // Excel keeps the name History for itself.
    if (models::label_key(models::to_utf8(out)) == U"history") out += U"_";
    return out.empty() ? U"Sheet" : out;
}

}  // namespace

int Sheet::rows() const {
    int out = 0;
    for (const SheetCell& cell : cells) out = std::max(out, cell.row + cell.row_span);
    return out;
}

int Sheet::cols() const {
    int out = 0;
    for (const SheetCell& cell : cells) out = std::max(out, cell.col + cell.col_span);
    return out;
}

SheetCell& Sheet::add(int row, int col, CellStyle style, CellValue value) {
    SheetCell& cell = cells.emplace_back();
    cell.row = row;
    cell.col = col;
    cell.style = style;
    cell.value = std::move(value);
    return cell;
}

std::vector<std::string> sheet_names(const Book& book) {
    std::vector<std::string> out;
    std::set<std::u32string> taken;
    for (const Sheet& sheet : book.sheets) {
        const std::u32string wish = allowed(sheet.name);
        std::u32string name = wish;
        // label_key() ignores more than case; names that are alike to it are told apart needlessly, never missed.
        for (int n = 2; !taken.insert(models::label_key(models::to_utf8(name))).second; ++n) {
            const std::u32string tail = models::to_code_points(" (" + std::to_string(n) + ")");
            name = cut(wish, longest_sheet_name - tail.size()) + tail;
        }
        out.push_back(models::to_utf8(name));
    }
    return out;
}

int text_width(const std::string& text) {
    int widest = 0, width = 0;
    for (char32_t c : models::to_code_points(text)) {
        width = c == U'\n' ? 0 : width + (c >= first_wide ? 2 : 1);
        widest = std::max(widest, width);
    }
    return widest;
}

}  // namespace biaod::daemon
