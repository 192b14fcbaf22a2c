// The named ways of delivering a document, and the named damages. Figures of dpi, noise and quality are of common
// office machines.
#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "tests/synth/scanning.hpp"

namespace biaod::synth {
namespace {

struct Named {
    const char* name;
    void (*set)(Variant&, cv::RNG&);
};

double either_way(cv::RNG& random, double least, double most) {
    const double size = random.uniform(least, most);
    return random.uniform(0, 2) == 0 ? size : -size;
}

void scanner(Variant& v, double dpi, double blur, double noise, int jpeg_quality) {
    v.dpi = dpi;
    v.options.blur = blur;
    v.options.noise = noise;
    v.options.jpeg_quality = jpeg_quality;
    v.tiff = jpeg_quality == 0;
}

void office(Variant& v, cv::RNG&) { scanner(v, 200, 0.6, 5, 75); }

void fax(Variant& v, cv::RNG&) {
    scanner(v, 200, 0, 12, 0);
    v.options.bilevel = true;
}

const Named kDeliveries[] = {
    {"digital", [](Variant&, cv::RNG&) {}},
    {"word", [](Variant&, cv::RNG&) {}},
    {"scan300", [](Variant& v, cv::RNG&) { scanner(v, 300, 0.7, 5, 82); }},
    {"scan300bw",
     [](Variant& v, cv::RNG&) {
         scanner(v, 300, 0.6, 6, 0);
         v.options.bilevel = true;
     }},
    {"scan200", office},
    {"scan200seal",
     [](Variant& v, cv::RNG& random) {
         office(v, random);
         v.paper.seal = PaperMarks::Seal::plain;
         v.options.colour = true;
     }},
    {"scan150", [](Variant& v, cv::RNG&) { scanner(v, 150, 0.5, 5, 75); }},
    {"fax", fax},
    {"faxbroken",
     [](Variant& v, cv::RNG& random) {
         fax(v, random);
         v.paper.broken = 0.08;
         v.paper.toner = 0.45;
     }},
    {"faxnoisy",
     [](Variant& v, cv::RNG& random) {
         fax(v, random);
         v.options.noise = random.uniform(15.0, 30.0);
         v.options.threshold = random.uniform(130.0, 175.0);
     }},
    {"phone",
     [](Variant& v, cv::RNG&) {
         scanner(v, 220, 0.7, 4, 70);
         v.options.perspective = 0.012;
         v.options.curl = 0.003;
         v.options.shade = 0.3;
         v.paper.seal = PaperMarks::Seal::plain;
         v.options.colour = true;
     }},
    {"faint",
     [](Variant& v, cv::RNG&) {
         scanner(v, 240, 0.7, 5, 0);
         v.options.skew_deg *= 2.5;
         v.options.contrast = 0.5;
     }},
};

const Named kDamages[] = {
    {"skew5",
     [](Variant& v, cv::RNG& random) {
         v.options.skew_deg = either_way(random, 2.5, 4.4);
         v.options.skew_spread = 0.6;
     }},
    {"perspective",
     [](Variant& v, cv::RNG& random) {
         v.options.perspective = 0.035;
         v.options.surround = random.uniform(70, 170);  // a desk
     }},
    {"curl",
     [](Variant& v, cv::RNG& random) {
         v.options.curl = either_way(random, 0.006, 0.014);
         v.options.twist = random.uniform(0.0, 1.5);
         v.options.surround = random.uniform(90, 255);
     }},
    {"waves",
     [](Variant& v, cv::RNG& random) {
         v.options.wave = random.uniform(0.001, 0.0035);
         v.options.wave_length = random.uniform(0.25, 0.7);
     }},
    {"light",
     [](Variant& v, cv::RNG& random) {
         v.options.shade = random.uniform(0.25, 0.5);
         v.options.shadow = random.uniform(0.25, 0.5);
     }},
    {"pale",
     [](Variant& v, cv::RNG&) {
         v.options.contrast = 0.5;
         v.paper.toner = 0.2;
     }},
    {"screened",
     [](Variant& v, cv::RNG& random) {
         v.paper.screen = random.uniform(55.0, 100.0);  // of laser printers and copiers
     }},
    {"broken", [](Variant& v, cv::RNG&) { v.paper.broken = 0.08; }},
    {"jpeg40",
     [](Variant& v, cv::RNG&) {
         v.options.jpeg_quality = 40;
         v.tiff = false;
     }},
    {"speckle", [](Variant& v, cv::RNG& random) { v.options.speckle = random.uniform(2e-4, 1e-3); }},
    {"bleed", [](Variant& v, cv::RNG& random) { v.paper.bleed = random.uniform(0.12, 0.25); }},
    {"watermark", [](Variant& v, cv::RNG&) { v.paper.watermark = true; }},
    {"holes", [](Variant& v, cv::RNG&) { v.paper.holes = true; }},
    {"ticks",
     [](Variant& v, cv::RNG& random) {
         v.paper.ticks = true;
         v.options.colour = !v.options.bilevel && random.uniform(0, 2) == 0;
     }},
    {"seal",
     [](Variant& v, cv::RNG&) {
         v.paper.seal = PaperMarks::Seal::lettered;
         v.options.colour = !v.options.bilevel;
     }},
    {"sealgrey",
     [](Variant& v, cv::RNG&) {
         v.paper.seal = PaperMarks::Seal::lettered;
         v.options.colour = false;
     }},
    {"turn90", [](Variant& v, cv::RNG&) { v.options.quarter_turns = 1; }},
    {"turn180", [](Variant& v, cv::RNG&) { v.options.quarter_turns = 2; }},
    {"turn270", [](Variant& v, cv::RNG&) { v.options.quarter_turns = 3; }},
    {"spread", [](Variant& v, cv::RNG&) { v.spread = true; }},
    {"two_up",
     [](Variant& v, cv::RNG&) {
         v.two_up = true;
         v.dpi = 300;  // as small print is scanned
     }},
    {"border",
     [](Variant& v, cv::RNG& random) {
         v.options.border = random.uniform(0.02, 0.06);
         v.options.surround = random.uniform(0, 40);
     }},
    {"desk",
     [](Variant& v, cv::RNG& random) {
         v.options.border = random.uniform(0.03, 0.1);
         v.options.surround = random.uniform(40, 200);
         v.options.grain = random.uniform(0.03, 0.15);
         v.options.skew_deg = either_way(random, 0.3, 2.5);
         v.options.perspective = 0.02;
         v.options.curl = 0.003;
         v.options.shade = random.uniform(0.2, 0.45);
         v.options.shadow = random.uniform(0, 2) == 0 ? 0 : random.uniform(0.15, 0.4);
     }},
    {"streaks", [](Variant& v, cv::RNG&) { v.options.streaks = true; }},
    {"blanks", [](Variant& v, cv::RNG& random) { v.blank_pages = random.uniform(0, 2) == 0 ? 1 : 0.3; }},
};

template <std::size_t N>
const Named* find(const Named (&list)[N], const std::string& name) {
    const auto* at = std::find_if(list, list + N, [&](const Named& n) { return n.name == name; });
    return at == list + N ? nullptr : at;
}

}  // namespace

std::vector<std::string> variant_names() {
    std::vector<std::string> names;
    for (const Named& n : kDeliveries) names.emplace_back(n.name);
    for (const Named& n : kDamages) names.emplace_back(n.name);
    return names;
}

Variant variant(const std::string& name, std::uint32_t seed) {
    cv::RNG random(seed * 7919 + 3);
    Variant v;
    v.name = name;
    v.options.skew_deg = random.uniform(-0.9, 0.9);
    std::istringstream parts(name + "+");  // so that an empty last part is seen
    bool first = true;
    for (std::string part; std::getline(parts, part, '+'); first = false) {
        const Named* delivery = first ? find(kDeliveries, part) : nullptr;
        const Named* damage = find(kDamages, part);
        if (delivery == nullptr && damage == nullptr) throw std::invalid_argument("unknown variant " + part);
        if (first && delivery == nullptr) office(v, random);
        if (delivery == nullptr && v.dpi == 0)
            throw std::invalid_argument("no damage can be done to a PDF as printed: " + name);
        (delivery != nullptr ? delivery : damage)->set(v, random);
    }
    return v;
}

}  // namespace biaod::synth
