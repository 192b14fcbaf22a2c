#include "ocr/line_vote.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "models/text_norm.hpp"

namespace biaod::ocr {
namespace {

constexpr double kSure = 0.95, kSurer = 0.04;  // of the one against two
constexpr double kStep = 1, kFarOff = 0.5;     // costs of an edit, and of pairing symbols that stand apart

struct Folded {
    std::vector<std::u32string> symbols;
    std::vector<double> middles;  // 0..1 of the line's ink
};

Folded fold_symbols(const Reading& reading) {
    Folded out;
    const double from = reading.symbols.empty() ? 0 : reading.symbols.front().left;
    const double width = reading.symbols.empty() ? 1 : std::max(1.0, reading.symbols.back().right - from);
    for (const Symbol& symbol : reading.symbols) {
        out.symbols.push_back(models::fold(symbol.text));
        out.middles.push_back(((symbol.left + symbol.right) / 2.0 - from) / width);
    }
    return out;
}

// For each place of the first reading the other's symbol (-1: none), and what the other has before that place.
struct Aligned {
    std::vector<int> at;
    std::vector<std::vector<int>> before;  // one more than places
};

Aligned align(const Folded& a, const Folded& b) {
    const std::size_t n = a.symbols.size(), m = b.symbols.size();
    std::vector<std::vector<double>> cost(n + 1, std::vector<double>(m + 1));
    const auto pair_cost = [&](std::size_t i, std::size_t j) {
        if (a.symbols[i] == b.symbols[j]) return 0.0;
        const double apart = std::abs(a.middles[i] - b.middles[j]) * static_cast<double>(n);  // in characters
        return kStep + kFarOff * std::min(1.0, apart);
    };
    for (std::size_t i = 0; i <= n; ++i)
        for (std::size_t j = 0; j <= m; ++j) {
            if (i == 0 || j == 0) {
                cost[i][j] = kStep * static_cast<double>(i + j);
                continue;
            }
            cost[i][j] = std::min(
                {cost[i - 1][j - 1] + pair_cost(i - 1, j - 1), cost[i - 1][j] + kStep, cost[i][j - 1] + kStep});
        }
    Aligned out{std::vector<int>(n, -1), std::vector<std::vector<int>>(n + 1)};
    for (std::size_t i = n, j = m; i > 0 || j > 0;) {
        if (i > 0 && j > 0 && cost[i][j] == cost[i - 1][j - 1] + pair_cost(i - 1, j - 1)) {
            out.at[--i] = static_cast<int>(--j);
        } else if (i > 0 && cost[i][j] == cost[i - 1][j] + kStep) {
            --i;
        } else {
            out.before[i].insert(out.before[i].begin(), static_cast<int>(--j));
        }
    }
    return out;
}

bool same_symbols(const Folded& a, const std::vector<int>& in_a, const Folded& b, const std::vector<int>& in_b) {
    return std::equal(in_a.begin(), in_a.end(), in_b.begin(), in_b.end(), [&](int i, int j) {
        return a.symbols[static_cast<std::size_t>(i)] == b.symbols[static_cast<std::size_t>(j)];
    });
}

// The first and the third reading come from one network, which repeats its mistakes: they outweigh the second only
// where they are about as sure.
bool is_outvoted(const Symbol& first, const Symbol& second, const Symbol& third) {
    const std::u32string a = models::fold(first.text), b = models::fold(second.text), c = models::fold(third.text);
    if (a == b) return false;
    if (b == c) return true;
    const double others = std::max(first.confidence, third.confidence);
    return a != c ? second.confidence > others : second.confidence >= kSure && second.confidence > others + kSurer;
}

}  // namespace

std::vector<int> places_in(const Reading& reading, const Reading& other) {
    return align(fold_symbols(reading), fold_symbols(other)).at;
}

Reading vote(const Reading& first, const Reading& second, const Reading& third) {
    const Folded a = fold_symbols(first), b = fold_symbols(second), c = fold_symbols(third);
    const Aligned to_b = align(a, b), to_c = align(a, c);
    Reading out;
    // Where words begin the first network tells: the second one begins a word with nearly each character.
    const auto add = [&](Symbol symbol, int left, int right, bool starts_word) {
        symbol.left = left;
        symbol.right = right;
        symbol.starts_word = starts_word;
        out.symbols.push_back(std::move(symbol));
    };
    for (std::size_t i = 0; i <= first.symbols.size(); ++i) {
        if (!to_b.before[i].empty() && same_symbols(b, to_b.before[i], c, to_c.before[i])) {
            const int left = i > 0 ? first.symbols[i - 1].right : 0;
            const int right = i < first.symbols.size() ? first.symbols[i].left : left;
            for (const int k : to_c.before[i]) {
                const Symbol& symbol = third.symbols[static_cast<std::size_t>(k)];
                add(symbol, std::min(left, right), std::max(left, right), symbol.starts_word);
            }
        }
        if (i == first.symbols.size()) break;
        const int j = to_b.at[i], k = to_c.at[i];
        if (j < 0 && k < 0) continue;  // neither of the others sees it
        const Symbol& own = first.symbols[i];
        const bool seen_by_all = j >= 0 && k >= 0;
        const bool outvoted = seen_by_all && is_outvoted(own, second.symbols[static_cast<std::size_t>(j)],
                                                         third.symbols[static_cast<std::size_t>(k)]);
        add(outvoted ? second.symbols[static_cast<std::size_t>(j)] : own, own.left, own.right, own.starts_word);
    }
    summarise(out);
    return out;
}

}  // namespace biaod::ocr
