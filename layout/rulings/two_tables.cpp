#include "layout/rulings/two_tables.hpp"

#include <algorithm>
#include <cmath>

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kApart = 0.7;          // rulings so far from each other are no double one
constexpr double kMeets = 0.15;         // a vertical that ends so near a horizontal ends at it
constexpr double kShortest = 8;         // of those that close a table
constexpr double kLeastWriting = 0.05;  // in squares of a character's height: less ink is a speck

const Ruling* horizontal_at(const Ruling& vertical, double end, const std::vector<Ruling>& rulings, double unit) {
    const auto ends_there = [&](const Ruling& h) {
        return h.horizontal && h.length() > kShortest * unit &&
               passes(h, vertical, end, h.thickness / 2 + kMeets * unit);
    };
    const auto found = std::ranges::find_if(rulings, ends_there);
    return found == rulings.end() ? nullptr : &*found;
}

}  // namespace

bool are_of_two_tables(const Ruling& above, const Ruling& below, const std::vector<Ruling>& rulings, const cv::Mat& ink,
                       double char_height) {
    if (below.from - above.to < kApart * char_height) return false;
    const Ruling* last = horizontal_at(above, above.to, rulings, char_height);
    const Ruling* first = horizontal_at(below, below.from, rulings, char_height);
    if (last == nullptr || first == nullptr) return false;
    const double beside = 1 + kMeets * char_height;  // where one slopes a little
    const cv::Point from(cvFloor(std::min(last->from, first->from)), stroke_of(*last, beside).br().y);
    const cv::Point to(cvCeil(std::max(last->to, first->to)), stroke_of(*first, beside).y);
    const cv::Rect between = cv::Rect(from, to) & cv::Rect({0, 0}, ink.size());
    return from.y < to.y && !between.empty() &&
           cv::countNonZero(ink(between)) < kLeastWriting * char_height * char_height;
}

}  // namespace biaod::layout
