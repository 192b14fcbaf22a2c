#include "models/slot_pattern.hpp"

#include <algorithm>

namespace biaod::models {
namespace {

// Cuts the first segment (without its slash) off `path`.
std::string_view take_segment(std::string_view& path) {
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, end);
    path.remove_prefix(end);
    return segment;
}

bool is_variable(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }

}  // namespace

std::optional<std::string> match_pointer(std::string_view pattern, std::string_view pointer) {
    if (pattern.empty() || pointer.empty()) {
        return pattern.empty() && pointer.empty() ? std::optional<std::string>("") : std::nullopt;
    }
    // Nearly all that is asked for ends here: where the two first differ, the pattern leaves nothing open.
    const auto differ = std::ranges::mismatch(pattern, pointer).in1;
    if (differ != pattern.end()) {
        const auto segment = pattern.rfind('/', static_cast<std::size_t>(differ - pattern.begin()));
        if (segment != pattern.npos && !pattern.substr(segment).starts_with("/{") &&
            !pattern.substr(segment).starts_with("/*"))
            return std::nullopt;
    }
    std::string_view rest = pattern;
    const std::string_view want = take_segment(rest);
    std::string_view remaining = pointer;
    std::string taken;
    while (!remaining.empty()) {
        const std::string_view segment = take_segment(remaining);
        if (!is_variable(want)) {
            return want == "*" || want == segment ? match_pointer(rest, remaining) : std::nullopt;
        }
        taken += (taken.empty() ? "" : "/") + std::string(segment);
        if (match_pointer(rest, remaining)) return taken;
    }
    return std::nullopt;
}

std::string bind_pointer(std::string_view pattern, std::string_view binding) {
    const auto open = pattern.find('{'), close = pattern.find('}');
    if (open == pattern.npos || close == pattern.npos) return std::string(pattern);
    return std::string(pattern.substr(0, open)) + std::string(binding) + std::string(pattern.substr(close + 1));
}

std::string_view variable_of(std::string_view pattern) {
    const auto open = pattern.find('{'), close = pattern.find('}');
    if (open == pattern.npos || close == pattern.npos || close < open) return {};
    return pattern.substr(open + 1, close - open - 1);
}

}  // namespace biaod::models
