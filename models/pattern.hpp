// A regular expression of a form's data file, matched against text made comparable.
//
// Syntax: ICU regular expressions. SECURITY: the text is untrusted, so a match has a bound on its steps and on its
// stack; a text over the bound does not match. Immutable; each match uses its own matcher, so threads may share one.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/error.hpp"

namespace biaod::models {

class Pattern {
  public:
    // Errors: config, with what ICU says is wrong.
    static Result<Pattern> compile(std::string_view expression);

    // The groups of the first place that matches: [0] the whole, [1].. the groups (empty where not taken part).
    std::optional<std::vector<std::string>> find(std::string_view text) const;

    // The same for every place that matches, at most `most`.
    std::vector<std::vector<std::string>> find_all(std::string_view text, int most = 1000) const;

    int groups() const;
    const std::string& expression() const { return expression_; }

  private:
    struct Compiled;
    std::shared_ptr<const Compiled> compiled_;
    std::string expression_;
};

// The first of `patterns` that matches.
std::optional<std::vector<std::string>> find_first(const std::vector<Pattern>& patterns, std::string_view text);

}  // namespace biaod::models
