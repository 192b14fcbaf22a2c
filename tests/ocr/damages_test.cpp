// Each kind of damage, and each kind of ruling and ground, on small documents: whatever happened to the paper, a figure
// is right or flagged, and the table is found.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/ocr/agreement.hpp"
#include "tests/ocr/reading.hpp"
#include "tests/synth/deviations.hpp"
#include "tests/synth/scanning.hpp"

namespace biaod::ocr {
namespace {

struct Bounds {
    double cells = 1, right = 0.95;  // at least, of what is printed
    double flagged = 0.1;            // at most, though right
};

struct Damage {
    std::string variant, deviations;  // each one's names joined by '+'
    Bounds bounds = {};

    std::string name() const {
        std::string name = variant + (deviations.empty() ? "" : "_" + deviations);
        std::ranges::replace(name, '+', '_');
        return name;
    }
};

void PrintTo(const Damage& damage, std::ostream* out) { *out << damage.name(); }

std::vector<Damage> damages() {
    std::vector<Damage> all;
    for (const std::string& name : synth::variant_names()) all.push_back({name, ""});
    for (const char* name :
         {"hairline", "double", "dotted", "grey_header", "blue_header", "dark_header", "open_sides", "bold_headings"})
        all.push_back({"scan300", name});
    // Close to a ruling is not yet on it: not for that is what is read doubted.
    for (const char* name : {"text_at_top", "text_at_bottom", "flush_right"})
        for (const auto& [variant, flagged] :
             {std::pair("scan300", 0.1), {"scan200seal", 0.3}, {"fax", 0.3}, {"phone", 0.3}})
            all.push_back({variant, name, {1, 0.95, flagged}});
    for (const char* name : {"flush_right+dotted", "flush_right+zero_slash", "flush_right+zero_dash"})
        all.push_back({"scan200", name});
    for (const char* variant : {"fax", "phone", "faint"}) all.push_back({variant, "bold_headings"});
    for (const char* variant : {"scan200seal", "phone"}) all.push_back({variant, "blue_header"});  // in colour
    all.push_back({"scan300+screened", "dark_header"});  // a fine scan of large dots
    all.push_back({"two_up", "dotted"});                 // with writing nearer to the dots
    // What is printed is gone, struck through or covered, or hardly larger than what the damage adds.
    const std::map<std::string, Bounds> bad{{"faxbroken", {0.85, 0.7, 0.5}}, {"broken", {0.85, 0.7, 0.2}},
                                            {"ticks", {1, 0.8, 0.7}},        {"sealgrey", {1, 0.9, 0.8}},
                                            {"seal", {1, 0.95, 0.4}},        {"speckle", {1, 0.9, 0.2}},
                                            {"scan150", {1, 0.95, 0.4}},     {"scan300_open_sides", {1, 0.95, 0.3}},
                                            {"fax", {1, 0.95, 0.4}},         {"faxnoisy", {1, 0.95, 0.2}},
                                            {"screened", {1, 0.95, 0.2}},    {"fax_bold_headings", {1, 0.95, 0.2}}};
    for (Damage& damage : all)
        if (const auto found = bad.find(damage.name()); found != bad.end()) damage.bounds = found->second;
    return all;
}

class Damages : public testing::TestWithParam<Damage> {};

TEST_P(Damages, LeaveFiguresRightOrFlagged) {
    int values = 0, right = 0, flagged = 0;  // of both: of one, three figures below a seal are more than a tenth
    std::string faults;
    for (const std::uint32_t seed : {501u, 502u}) {
        synth::TruthOptions options;
        options.form = seed % 2 == 0 ? "2021" : "2019";
        options.density = 0.5;
        synth::LayoutOptions layout = synth::random_layout(seed);
        std::istringstream names(GetParam().deviations);
        for (std::string name; std::getline(names, name, '+');) synth::deviate(name, options, layout);
        const synth::Truth truth = synth::some_tables(make_truth(seed, options), {"proactive", "review"}, true);
        const tests::Agreement a = tests::compare(
            tests::read(make_document(truth, layout, synth::variant(GetParam().variant, seed), seed)), truth);
        const std::string which = "seed " + std::to_string(seed) + tests::listed(a.faults);
        ASSERT_GT(a.values, 20) << which;
        ASSERT_GT(a.cells, 60) << which;
        EXPECT_EQ(a.silent, 0) << which;
        EXPECT_GE(tests::structure_f1(a), GetParam().bounds.cells) << which;
        values += a.values;
        right += a.values - a.wrong;
        flagged += a.flagged_though_right;
        faults += which + "\n";
    }
    EXPECT_GE(right, GetParam().bounds.right * values) << faults;
    EXPECT_LE(flagged, GetParam().bounds.flagged * values) << faults;
}

INSTANTIATE_TEST_SUITE_P(Kinds, Damages, testing::ValuesIn(damages()),
                         [](const auto& test) { return test.param.name(); });

}  // namespace
}  // namespace biaod::ocr
