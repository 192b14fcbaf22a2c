#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace biaod::models {

// The upper one of the two middle values where their number is even. `values` is not empty.
template <typename T>
T median(std::vector<T> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

}  // namespace biaod::models
