#include "models/pattern.hpp"

#include <unicode/regex.h>

namespace biaod::models {

struct Pattern::Compiled {
    std::unique_ptr<icu::RegexPattern> pattern;
};

namespace {

constexpr int32_t step_limit = 200;            // in ICU's units of about a thousand steps
constexpr int32_t stack_limit = 1 << 20;       // bytes
constexpr std::size_t longest_text = 200'000;  // bytes; no report's text is as long

std::string utf8_of(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

}  // namespace

Result<Pattern> Pattern::compile(std::string_view expression) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError where;
    const auto text =
        icu::UnicodeString::fromUTF8(icu::StringPiece(expression.data(), static_cast<int32_t>(expression.size())));
    auto compiled = std::make_shared<Compiled>();
    compiled->pattern.reset(icu::RegexPattern::compile(text, 0, where, status));
    if (U_FAILURE(status)) {
        return fail(ErrorKind::config, "form",
                    std::string("not a regular expression (") + u_errorName(status) + " at character " +
                        std::to_string(where.offset) + "): " + std::string(expression));
    }
    Pattern out;
    out.compiled_ = std::move(compiled);
    out.expression_ = expression;
    return out;
}

std::vector<std::vector<std::string>> Pattern::find_all(std::string_view text, int most) const {
    std::vector<std::vector<std::string>> out;
    if (text.size() > longest_text) text = text.substr(0, longest_text);
    UErrorCode status = U_ZERO_ERROR;
    const auto input = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
    const std::unique_ptr<icu::RegexMatcher> matcher(compiled_->pattern->matcher(input, status));
    if (U_FAILURE(status)) return out;
    matcher->setTimeLimit(step_limit, status);
    matcher->setStackLimit(stack_limit, status);
    while (static_cast<int>(out.size()) < most && U_SUCCESS(status) && matcher->find(status)) {
        std::vector<std::string>& groups = out.emplace_back();
        for (int32_t g = 0; g <= matcher->groupCount(); ++g) groups.push_back(utf8_of(matcher->group(g, status)));
    }
    return out;
}

std::optional<std::vector<std::string>> Pattern::find(std::string_view text) const {
    auto all = find_all(text, 1);
    if (all.empty()) return std::nullopt;
    return std::move(all.front());
}

int Pattern::groups() const {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::RegexMatcher> matcher(compiled_->pattern->matcher(status));
    return U_SUCCESS(status) ? matcher->groupCount() : 0;
}

std::optional<std::vector<std::string>> find_first(const std::vector<Pattern>& patterns, std::string_view text) {
    for (const Pattern& pattern : patterns) {
        if (auto found = pattern.find(text)) return found;
    }
    return std::nullopt;
}

}  // namespace biaod::models
