#include "tests/synth/deviations.hpp"

#include <algorithm>
#include <random>
#include <stdexcept>

namespace biaod::synth {
namespace {

using Rulings = LayoutOptions::Rulings;

// At random, each of `any` may be chosen, and of the other groups at most one each.
enum class Group { any, zero, rulings, fill, print };

struct Deviation {
    const char* name;
    Group group;
    void (*set)(Wording&, LayoutOptions&);
};

const Deviation kDeviations[] = {
    {"half_brackets", Group::any, [](Wording& w, LayoutOptions&) { w.half_brackets = true; }},
    {"spaces", Group::any, [](Wording& w, LayoutOptions&) { w.spaces = true; }},
    {"breaks", Group::any, [](Wording& w, LayoutOptions&) { w.breaks = true; }},
    {"columns", Group::any, [](Wording& w, LayoutOptions&) { w.columns = true; }},
    {"short_labels", Group::any, [](Wording& w, LayoutOptions&) { w.short_labels = true; }},
    {"plain_normative", Group::any, [](Wording& w, LayoutOptions&) { w.plain_normative = true; }},
    {"decimals_note", Group::any, [](Wording& w, LayoutOptions&) { w.decimals_note = true; }},
    {"first_row_missing", Group::any, [](Wording& w, LayoutOptions&) { w.first_row_missing = true; }},
    {"extra_row", Group::any, [](Wording& w, LayoutOptions&) { w.extra_row = true; }},
    {"thousands", Group::any, [](Wording& w, LayoutOptions&) { w.thousands = true; }},
    {"units", Group::any, [](Wording& w, LayoutOptions&) { w.units = true; }},
    {"sign_words", Group::any, [](Wording& w, LayoutOptions&) { w.sign_words = true; }},
    {"repeat_header", Group::any, [](Wording&, LayoutOptions& l) { l.repeat_header = true; }},
    {"open_sides", Group::any, [](Wording&, LayoutOptions& l) { l.open_sides = true; }},
    {"open_breaks", Group::any, [](Wording&, LayoutOptions& l) { l.open_breaks = true; }},
    {"zero_blank", Group::zero, [](Wording& w, LayoutOptions&) { w.zero = Wording::Zero::blank; }},
    {"zero_slash", Group::zero, [](Wording& w, LayoutOptions&) { w.zero = Wording::Zero::slash; }},
    {"zero_dash", Group::zero, [](Wording& w, LayoutOptions&) { w.zero = Wording::Zero::dash; }},
    {"double", Group::rulings,
     [](Wording&, LayoutOptions& l) {
         l.rulings = Rulings::separate;
         l.ruling = std::min(l.ruling, 0.6);
     }},
    {"dotted", Group::rulings, [](Wording&, LayoutOptions& l) { l.rulings = Rulings::dotted; }},
    {"hairline", Group::rulings, [](Wording&, LayoutOptions& l) { l.ruling = 0.2; }},
    {"grey_header", Group::fill, [](Wording&, LayoutOptions& l) { l.header_fill = 0xC8C8C8; }},
    {"blue_header", Group::fill, [](Wording&, LayoutOptions& l) { l.header_fill = 0xBDD7EE; }},
    {"dark_header", Group::fill, [](Wording&, LayoutOptions& l) { l.header_fill = 0x9BA3AB; }},
    {"text_at_top", Group::print, [](Wording&, LayoutOptions& l) { l.text_place = LayoutOptions::TextPlace::top; }},
    {"text_at_bottom", Group::print,
     [](Wording&, LayoutOptions& l) { l.text_place = LayoutOptions::TextPlace::bottom; }},
    {"flush_right", Group::print, [](Wording&, LayoutOptions& l) { l.flush_figures = true; }},
    {"bold_headings", Group::print, [](Wording&, LayoutOptions& l) { l.bold_headings = true; }},
};

}  // namespace

std::vector<std::string> deviation_names() {
    std::vector<std::string> names;
    for (const Deviation& d : kDeviations) names.emplace_back(d.name);
    return names;
}

void deviate(const std::string& name, TruthOptions& truth, LayoutOptions& layout) {
    const auto* at = std::find_if(std::begin(kDeviations), std::end(kDeviations),
                                  [&](const Deviation& d) { return d.name == name; });
    if (at == std::end(kDeviations)) throw std::invalid_argument("unknown deviation " + name);
    at->set(truth.wording, layout);
}

std::vector<std::string> random_deviations(std::uint32_t seed) {
    std::mt19937 random(seed * 69069u + 362437u);
    std::vector<std::string> names;
    auto one_of = [&](Group group) {
        std::vector<std::string> choices;
        for (const Deviation& d : kDeviations)
            if (d.group == group) choices.emplace_back(d.name);
        if (random() % 2 == 0) names.push_back(choices[random() % choices.size()]);
    };
    for (const Deviation& d : kDeviations)
        if (d.group == Group::any && random() % 4 == 0) names.emplace_back(d.name);
    for (const Group group : {Group::zero, Group::rulings, Group::fill, Group::print}) one_of(group);
    return names;
}

}  // namespace biaod::synth
