#include "layout/furniture.hpp"

#include <algorithm>
#include <cmath>

#include "layout/numbering.hpp"
#include "models/text_norm.hpp"

namespace biaod::layout {
namespace {

using models::BlockType;

constexpr double kSameHeight = 6;  // pt
constexpr double kShortLine = 60;  // pt
constexpr double kAlike = 0.8;
constexpr int kMinRepeats = 3;

bool alike(const ReadLine& a, const ReadLine& b) {
    return std::abs(a.at.y - b.at.y) < kSameHeight &&
           models::similarity(models::fold(a.text), models::fold(b.text)) >= kAlike;
}

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

int repeats(const ReadLine& line, const std::vector<PageText>& pages) {
    int count = 0;
    for (const PageText& page : pages)
        count += !page.lines.empty() && (alike(line, page.lines.front()) || alike(line, page.lines.back()));
    return count;
}

}  // namespace

std::vector<std::vector<BlockType>> find_furniture(const std::vector<PageText>& pages) {
    std::vector<std::vector<BlockType>> types;
    const int needed = std::max(kMinRepeats, (static_cast<int>(pages.size()) + 1) / 2);
    for (const PageText& page : pages) {
        std::vector<BlockType> of_page(page.lines.size(), BlockType::paragraph);
        for (std::size_t i = 0; i < page.lines.size(); ++i) {
            const ReadLine& line = page.lines[i];
            const bool outermost = i == 0 || i + 1 == page.lines.size();
            if (!in_outer_part(line.at.y + line.at.height / 2, page.height, page.desk)) continue;
            if (is_page_number(line.text) ||
                (outermost && fellows(line, pages) >= std::max(2, (static_cast<int>(pages.size()) + 1) / 2)))
                of_page[i] = BlockType::page_number;
            else if (outermost && repeats(line, pages) >= needed)
                of_page[i] = BlockType::header;
        }
        types.push_back(std::move(of_page));
    }
    return types;
}

}  // namespace biaod::layout
