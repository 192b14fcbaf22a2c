#include "ocr/vocabulary.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "models/text_norm.hpp"

namespace biaod::ocr {
namespace {

constexpr std::size_t kShortest = 2;      // characters of a text that is compared
constexpr double kFarthest = 0.5;         // edits for each character of the phrase
constexpr std::size_t kShortestPart = 4;  // characters of a beginning or an end that is compared

// A phrase's characters and, for its marks, the other widths and shapes that are printed for them.
std::string characters_of(const std::string& phrase) {
    static constexpr const char* kVariants[] = {"(\uff08", ")\uff09", "\"\u201c\u201d", ",\uff0c", ":\uff1a"};
    std::string all = phrase;
    const std::u32string folded = models::fold(phrase);
    for (const char* variants : kVariants)
        if (folded.find(static_cast<char32_t>(variants[0])) != std::u32string::npos) all += variants;
    return all;
}

// Edits from `text` to the phrase, or to a beginning or an end of it that is as long.
struct Distance {
    int edits = 0;
    std::size_t length = 0;  // of what was compared
};

Distance distance(const std::u32string& text, const std::u32string& phrase) {
    Distance best{models::edit_distance(text, phrase), phrase.size()};
    if (text.size() < kShortestPart || phrase.size() <= text.size() + 1) return best;
    for (const std::size_t length : {text.size() - 1, text.size(), text.size() + 1}) {
        const std::u32string_view whole = phrase;
        for (const auto part : {whole.substr(0, length), whole.substr(whole.size() - length)})
            if (const int edits = models::edit_distance(text, part); edits < best.edits) best = {edits, length};
    }
    return best;
}

// By one character that is another one, or is not there: 单位：元 and 单位：万元.
bool differ_in_one(std::u32string_view a, std::u32string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1 || a == b) return false;
    const auto first = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
    return a.substr(first + (a.size() == b.size())) == b.substr(first + 1);
}

}  // namespace

Vocabulary::Vocabulary(const std::vector<std::string>& phrases) {
    std::set<std::u32string> seen;
    for (const std::string& phrase : phrases) {
        std::u32string folded = models::fold(phrase);
        if (folded.size() < kShortest || !seen.insert(folded).second) continue;
        phrases_.push_back({characters_of(phrase), std::move(folded)});
    }
    for (Phrase& phrase : phrases_)
        phrase.has_like = std::ranges::any_of(
            phrases_, [&](const Phrase& other) { return differ_in_one(phrase.folded, other.folded); });
}

const Vocabulary::Phrase* Vocabulary::find(std::string_view text) const {
    const auto found = std::ranges::find(phrases_, models::fold(text), &Phrase::folded);
    return found == phrases_.end() ? nullptr : &*found;
}

bool Vocabulary::knows(std::string_view text) const { return find(text) != nullptr; }

bool Vocabulary::is_sure_of(std::string_view text) const {
    const Phrase* phrase = find(text);
    return phrase != nullptr && !phrase->has_like;
}

std::optional<Vocabulary::Candidate> Vocabulary::near(std::string_view text) const {
    const std::u32string folded = models::fold(text);
    if (folded.size() < kShortest) return std::nullopt;
    const Phrase* nearest = nullptr;
    double least = kFarthest;
    for (const Phrase& phrase : phrases_) {
        const Distance d = distance(folded, phrase.folded);
        if (d.edits == 0) return std::nullopt;
        const double relative = d.edits / static_cast<double>(d.length);
        if (relative > least || (nearest != nullptr && relative == least)) continue;
        least = relative;
        nearest = &phrase;
    }
    if (nearest == nullptr) return std::nullopt;
    return Candidate{nearest->characters, nearest->folded, least};
}

bool Vocabulary::confirms(const Candidate& candidate, std::string_view first, std::string_view second) {
    const std::u32string was = models::fold(first), now = models::fold(second);
    if (now == candidate.phrase) return true;
    const bool as_long = now.size() >= kShortestPart && now.size() + 1 >= was.size();
    return as_long && (candidate.phrase.starts_with(now) || candidate.phrase.ends_with(now));
}

}  // namespace biaod::ocr
