// Disjoint sets of 0..count-1 that are united pair by pair (Tarjan 1975, with path halving).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace biaod::layout {

class DisjointSets {
  public:
    // `count` fits 32 bits.
    explicit DisjointSets(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), 0u); }

    // The least of those in one set with `i`.
    std::size_t root(std::size_t i) {
        while (parent_[i] != i) {
            parent_[i] = parent_[parent_[i]];
            i = parent_[i];
        }
        return i;
    }

    void unite(std::size_t a, std::size_t b) {
        const auto [least, most] = std::minmax({root(a), root(b)});
        parent_[most] = static_cast<std::uint32_t>(least);
    }

  private:
    std::vector<std::uint32_t> parent_;
};

}  // namespace biaod::layout
