// Patterns over value pointers, as the checks of a form's data file use them.
//
// "/requests/{row}/total": {name} stands for one or more segments and binds them; * stands for exactly one segment
// and binds nothing; at most one {name} in a pattern.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace biaod::models {

// The segments that {name} takes when `pattern` matches the whole of `pointer` ("" without a {name}).
std::optional<std::string> match_pointer(std::string_view pattern, std::string_view pointer);

// `pattern` with its {name} replaced; the pattern itself when it has none.
std::string bind_pointer(std::string_view pattern, std::string_view binding);

// "row" of "/requests/{row}/total"; empty without one.
std::string_view variable_of(std::string_view pattern);

}  // namespace biaod::models
