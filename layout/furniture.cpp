#include "layout/furniture.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>

#include "layout/numbering.hpp"
#include "models/text_norm.hpp"

namespace biaod::layout {
namespace {

using models::BlockType;

constexpr double kSameHeight = 6;  // pt
constexpr double kShortLine = 60;  // pt
constexpr double kAlike = 0.8;
constexpr int kMinRepeats = 3;

// Pages with a short line where this short one stands, itself included.
int fellows(const ReadLine& line, const std::vector<PageText>& pages) {
    if (line.at.width > kShortLine) return 0;
    return static_cast<int>(std::count_if(pages.begin(), pages.end(), [&](const PageText& page) {
        return std::any_of(page.lines.begin(), page.lines.end(), [&](const ReadLine& other) {
            return other.at.width <= kShortLine && std::abs(other.at.y - line.at.y) < kSameHeight &&
                   std::abs(other.at.x - line.at.x) < kShortLine / 2;
        });
    }));
}

// What is said in the outer part of a page, and where.
struct OuterLine {
    double y = 0;
    std::u32string key;
};

std::vector<OuterLine> outer_lines(const PageText& page) {
    std::vector<OuterLine> lines;
    for (const ReadLine& line : page.lines)
        if (in_outer_part(line.at.y + line.at.height / 2, page.height, page.desk))
            lines.push_back({line.at.y, models::fold(line.text)});
    return lines;
}

int repeats(const ReadLine& line, const std::vector<std::vector<OuterLine>>& pages) {
    const std::u32string key = models::fold(line.text);
    return static_cast<int>(std::ranges::count_if(pages, [&](const auto& page) {
        return std::ranges::any_of(page, [&](const OuterLine& other) {
            return std::abs(line.at.y - other.y) < kSameHeight && models::similarity(key, other.key) >= kAlike;
        });
    }));
}

// Whether nothing but furniture, and lines of its own row, stands between the line and an end of the page.
bool is_outermost(std::size_t i, const std::vector<ReadLine>& lines, const std::vector<BlockType>& types) {
    const auto passes = [&](std::size_t first, std::size_t last) {
        for (std::size_t k = first; k < last; ++k)
            if (types[k] == BlockType::paragraph && std::abs(lines[k].at.y - lines[i].at.y) >= kSameHeight)
                return false;
        return true;
    };
    return passes(0, i) || passes(i + 1, lines.size());
}

}  // namespace

std::vector<std::vector<BlockType>> find_furniture(const std::vector<PageText>& pages) {
    std::vector<std::vector<BlockType>> types;
    std::vector<std::vector<OuterLine>> outer;
    std::ranges::transform(pages, std::back_inserter(outer), outer_lines);
    const int needed = std::max(kMinRepeats, (static_cast<int>(pages.size()) + 1) / 2);
    for (const PageText& page : pages) {
        std::vector<BlockType> of_page(page.lines.size(), BlockType::paragraph);
        const auto judge = [&](std::size_t i) {
            const ReadLine& line = page.lines[i];
            if (!in_outer_part(line.at.y + line.at.height / 2, page.height, page.desk)) return;
            const bool at_end = i == 0 || i + 1 == page.lines.size();
            if (is_page_number(line.text) ||
                (at_end && fellows(line, pages) >= std::max(2, (static_cast<int>(pages.size()) + 1) / 2)))
                of_page[i] = BlockType::page_number;
            else if (!is_caption(line.text) && is_outermost(i, page.lines, of_page) && repeats(line, outer) >= needed)
                of_page[i] = BlockType::header;
        };
        // From the head of the page down, then from its foot up, through several lines of furniture.
        for (std::size_t i = 0; i < page.lines.size(); ++i) judge(i);
        for (std::size_t i = page.lines.size(); i-- > 0;)
            if (of_page[i] == BlockType::paragraph) judge(i);
        types.push_back(std::move(of_page));
    }
    return types;
}

}  // namespace biaod::layout
