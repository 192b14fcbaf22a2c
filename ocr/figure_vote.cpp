#include "ocr/figure_vote.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "models/text_norm.hpp"
#include "ocr/engine.hpp"

namespace biaod::ocr {
namespace {

constexpr double kLeastSure = 0.6;  // of a symbol, for each network

bool has_seven(const Reading& reading) { return reading.text.find('7') != std::string::npos; }

// As no amount is printed: one of the zeros that it was read between is taken for a part of it.
bool leads_with_zero(const std::string& text) {
    return text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9';
}

// Those for which `is_right` holds, or all where it holds for none.
template <typename Predicate>
std::vector<Reading> preferred(std::vector<Reading> readings, const Predicate& is_right) {
    if (std::ranges::any_of(readings, is_right))
        std::erase_if(readings, [&](const Reading& r) { return !is_right(r); });
    return readings;
}

}  // namespace

std::string tidy_figure(const std::string& read) {
    std::string text = models::tidy_text(read);
    const std::size_t figure = text.find_first_not_of('-');
    if (figure != std::string::npos && figure > 1) text.erase(0, figure - 1);
    return text;
}

bool has_words(const Reading& reading) {
    return std::any_of(reading.text.begin(), reading.text.end(), [](char c) { return (c & 0x80) != 0; });
}

bool same_figure(const Reading& a, const Reading& b) {
    return models::fold(tidy_figure(a.text)) == models::fold(tidy_figure(b.text));
}

FigureText agreed(const Reading& a, const Reading& b) {
    return {tidy_figure(a.text), std::max(a.weakest, b.weakest), std::nullopt};
}

double sure_together(const std::vector<Reading>& looks, const std::vector<Reading>& others) {
    double sure = 1;
    for (std::size_t i = 0; i < looks.front().symbols.size(); ++i) {
        double doubt = 1;
        for (const auto* of_one : {&looks, &others}) {
            double best = 0;
            for (const Reading& look : *of_one) {
                if (look.symbols.size() != looks.front().symbols.size()) return 0;
                best = std::max(best, look.symbols[i].confidence);
            }
            if (best < kLeastSure) return 0;
            doubt *= 1 - best;
        }
        sure = std::min(sure, 1 - doubt);
    }
    return sure;
}

bool merges_digits(const std::string& merged, const std::string& figure) {
    auto left = merged.begin();
    char before = 0;
    for (const char c : figure) {
        const bool taken = left != merged.end() && *left == c;
        if (taken)
            ++left;
        else if (c != before || c < '0' || c > '9')
            return false;
        before = c;
    }
    return left == merged.end() && !merged.empty();
}

bool explains_merged(const std::vector<Reading>& readings, const std::string& figure,
                     const std::function<bool(const Reading&)>& holds) {
    const auto agrees = [&](const Reading& r) { return merges_digits(r.text, figure); };
    const auto is_with_zero = [&](const Reading& r) {
        return leads_with_zero(r.text) && merges_digits(r.text.substr(1), figure);
    };
    const auto denies = [&](const Reading& r) { return !agrees(r) && !is_with_zero(r) && holds(r); };
    return !leads_with_zero(figure) && std::ranges::any_of(readings, agrees) && std::ranges::none_of(readings, denies);
}

FigureText vote_on_figure(const std::vector<Reading>& readings, const InkOfFigure& ink) {
    std::vector<Reading> candidates = preferred(readings, ink.holds);
    candidates = preferred(std::move(candidates), [](const Reading& r) { return !leads_with_zero(r.text); });
    if (ink.has_tall_parts) candidates = preferred(std::move(candidates), has_words);
    const auto votes = [&](const Reading& reading) {
        return std::ranges::count_if(readings, [&](const Reading& other) { return same_figure(reading, other); });
    };
    const Reading& best = *std::ranges::max_element(candidates, {}, votes);
    auto other = std::ranges::find_if(readings, [&](const Reading& r) { return !same_figure(r, best); });
    // A 7 without its bar looks like a slash, and no other figure does: what says so counts before others.
    if (best.text == "/")
        if (const auto seven = std::ranges::find_if(readings, has_seven); seven != readings.end()) other = seven;
    FigureText text{tidy_figure(best.text), kDisagreement, std::nullopt};
    if (other == readings.end()) return text;
    // A network may overlook a minus.
    if (ink.leads_with_dash) {
        const std::u32string a = models::fold(best.text), b = models::fold(other->text);
        if (a == U"-" + b) return agreed(best, best);
        if (b == U"-" + a) return agreed(*other, *other);
    }
    text.second = tidy_figure(other->text);
    return text;
}

}  // namespace biaod::ocr
