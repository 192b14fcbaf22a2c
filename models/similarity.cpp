#include <algorithm>
#include <numeric>
#include <vector>

#include "models/text_norm.hpp"

namespace biaod::models {
namespace {

// Row of distances from all of `a` to each beginning of `b`.
std::vector<int> last_row(std::u32string_view a, std::u32string_view b) {
    std::vector<int> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 0; i < a.size(); ++i) {
        int diagonal = row[0];
        row[0] = static_cast<int>(i) + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const int substituted = diagonal + (a[i] != b[j]);
            diagonal = row[j + 1];
            row[j + 1] = std::min({substituted, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row;
}

}  // namespace

int edit_distance(std::u32string_view a, std::u32string_view b) { return last_row(a, b).back(); }

double similarity(std::u32string_view a, std::u32string_view b) {
    const auto longer = std::max(a.size(), b.size());
    if (a.empty() || b.empty()) return 0;
    if (a == b) return 1;
    return 1.0 - edit_distance(a, b) / static_cast<double>(longer);
}

double similarity_to_start(std::u32string_view part, std::u32string_view whole) {
    constexpr std::size_t shortest = 4;  // fewer characters than this begin too many labels
    constexpr double discount = 0.9;
    const double plain = similarity(part, whole);
    if (part.size() < shortest || part.size() >= whole.size()) return plain;
    const std::vector<int> row = last_row(part, whole);
    const int best = *std::min_element(row.begin(), row.end());
    return std::max(plain, discount * (1.0 - best / static_cast<double>(part.size())));
}

}  // namespace biaod::models
