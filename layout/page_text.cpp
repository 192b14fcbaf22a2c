#include "layout/page_text.hpp"

#include <algorithm>

namespace biaod::layout {
namespace {

constexpr double kDisputed = 0.5;  // confidence of what holds a number that was read in two ways

double doubted(double confidence, const ReadLine& line) {
    return line.disputed.empty() ? confidence : std::min(confidence, kDisputed);
}

}  // namespace

double confidence_of_whole(const ReadLine& line) { return doubted(line.confidence, line); }

void doubt_numbers(models::Block& block, const ReadLine& line) {
    for (const models::DisputedNumber& number : line.disputed)
        block.disputed.push_back({number.read, number.other, line.page, line.bbox});
    block.confidence = doubted(block.confidence, line);
}

}  // namespace biaod::layout
