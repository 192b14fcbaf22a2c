#include "tests/synth/deviations.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>

#include "tests/synth/support.hpp"

namespace biaod::synth {
namespace {

struct Report {
    Truth truth;
    LayoutOptions layout;
};

Report report(const std::vector<std::string>& names, std::uint32_t seed, const std::string& form = "2021") {
    TruthOptions of;
    of.form = form;
    of.largest = 9000;
    Report out;
    for (const std::string& name : names) deviate(name, of, out.layout);
    out.truth = make_truth(seed, of);
    return out;
}

// Some cell of some of ten seeds, labels or figures, in a table.
bool some_cell(const std::vector<std::string>& names, const std::string& form, bool figure,
               const std::function<bool(const std::string&)>& is) {
    for (std::uint32_t seed = 0; seed < 10; ++seed) {
        const Truth truth = report(names, seed, form).truth;
        for (const auto& [table, grid] : truth.grids)
            for (const GridCell& c : grid.cells)
                if (c.figure == figure && is(c.text)) return true;
    }
    return false;
}

auto has(const std::string& part) {
    return [part](const std::string& text) { return text.find(part) != std::string::npos; };
}

std::string without(std::string text, const std::string& part, const std::string& by = "") {
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part))
        text.replace(at, part.size(), by);
    return text;
}

// As a reader understands what is printed: without commas, units and words.
std::string understood(std::string text) {
    for (const char* nothing : {",", " ", "\u4e07\u5143", "\u5143", "+", "\uff0b", "\u589e"})
        text = without(text, nothing);
    for (const char* minus : {"\uff0d", "\u51cf"}) text = without(text, minus, "-");
    return text;
}

TEST(Deviate, UnknownNamesAreRefused) {
    TruthOptions truth;
    LayoutOptions layout;
    EXPECT_THROW(deviate("unknown", truth, layout), std::invalid_argument);
}

TEST(Deviate, LabelsArePrintedOtherwise) {
    const std::pair<const char*, const char*> wanted[] = {
        {"half_brackets", "(\u4e00)"},  // (一)
        {"spaces", " "},
        {"breaks", "\n"},
        {"columns", "\u81ea\n\u7136\n\u4eba"},                      // 自 然 人
        {"short_labels", "\uff08\u533a\u5206\u5904\u7406\uff09"},   // （区分处理）
        {"decimals_note", "\u4fdd\u7559\u0034\u4f4d\u5c0f\u6570"},  // 保留4位小数
    };
    for (const auto& [name, part] : wanted) {
        EXPECT_TRUE(some_cell({name}, "2021", false, has(part))) << name;
        EXPECT_FALSE(some_cell({}, "2021", false, has(part))) << name;
    }
    const char* full = "\u884c\u653f\u89c4\u8303\u6027\u6587\u4ef6";  // 行政规范性文件
    EXPECT_TRUE(some_cell({}, "2021", false, has(full)));
    EXPECT_FALSE(some_cell({"plain_normative"}, "2021", false, has(full)));
}

TEST(Deviate, FiguresArePrintedOtherwise) {
    EXPECT_TRUE(some_cell({"thousands"}, "2021", true, has(",")));
    EXPECT_TRUE(some_cell({"units"}, "2021", true, has("\u5143")));       // 元
    EXPECT_TRUE(some_cell({"sign_words"}, "2019", true, has("\u51cf")));  // 减
    EXPECT_TRUE(some_cell({"zero_slash"}, "2021", true, has("/")));
    EXPECT_TRUE(some_cell({"zero_dash"}, "2021", true, has("-")));
    EXPECT_TRUE(some_cell({"zero_blank"}, "2021", true, [](const std::string& text) { return text.empty(); }));
}

// Whatever the print, the truth holds the value, and the sums are obeyed.
TEST(Deviate, TheTruthHoldsTheValuesOfThePrint) {
    for (std::uint32_t seed = 0; seed < 40; ++seed) {
        const std::string form = seed % 2 == 0 ? "2021" : "2019";
        std::vector<std::string> names = random_deviations(seed);
        std::erase(names, "extra_row");  // whose text is no figure of the form
        const Truth truth = report(names, seed, form).truth;
        EXPECT_EQ(broken_sums(truth), std::vector<std::string>{}) << seed;
        std::multiset<std::string> printed, values;
        for (const auto& [table, grid] : truth.grids) {
            EXPECT_TRUE(tiles(grid)) << "seed " << seed << " " << table;
            for (const GridCell& c : grid.cells)
                if (c.figure) printed.insert(understood(c.text));
        }
        for (const Figures* figures : {&truth.proactive, &truth.requests, &truth.review})
            for (const auto& [key, row] : *figures)
                for (const std::string& value : row) {
                    values.insert(understood(value));
                    EXPECT_EQ(value.find_first_not_of("0123456789.+-/\xe4\xb8\x87\xe5\x85\x83"), std::string::npos);
                }
        EXPECT_EQ(printed, values) << "seed " << seed;
    }
}

TEST(Deviate, ARowMoreOrLess) {
    for (std::uint32_t seed = 0; seed < 12; ++seed) {
        auto rows = [&](const std::vector<std::string>& names) {
            int sum = 0;
            for (const auto& [table, grid] : report(names, seed).truth.grids) {
                EXPECT_TRUE(tiles(grid)) << table;
                sum += grid.rows;
            }
            return sum;
        };
        EXPECT_EQ(rows({"first_row_missing"}), rows({}) - 1);
        EXPECT_EQ(rows({"extra_row"}), rows({}) + 1);
    }
}

TEST(Deviate, EveryCharacterIsPrintedOnce) {
    for (std::uint32_t seed = 0; seed < 30; ++seed) {
        Report r = report(random_deviations(seed), seed);
        r.layout.repeat_header = r.layout.page_numbers = false;
        r.layout.cut_rows = seed % 2 == 0;
        EXPECT_EQ(printed_characters(print_report(r.truth, r.layout)), characters_of(r.truth)) << "seed " << seed;
    }
}

// Sums over all pages.
struct Drawn {
    std::size_t lines = 0, dotted = 0, plumb = 0, fills = 0;
    double least_x = 1e9, thinnest = 1e9;
};

Drawn drawn(const std::vector<std::string>& names) {
    const Report r = report(names, 3);
    Drawn out;
    for (const DrawnPage& page : print_report(r.truth, r.layout).pages) {
        out.fills += page.fills.size();
        for (const DrawnLine& line : page.lines) {
            ++out.lines;
            out.dotted += line.dotted;
            out.thinnest = std::min(out.thinnest, line.width);
            if (line.x0 != line.x1) continue;
            ++out.plumb;
            out.least_x = std::min(out.least_x, line.x0);
        }
    }
    return out;
}

TEST(Deviate, RulingsAndHeadersAreDrawnOtherwise) {
    const Drawn plain = drawn({});
    EXPECT_EQ(plain.dotted + plain.fills, 0u);
    const Drawn dotted = drawn({"dotted"});
    EXPECT_EQ(dotted.lines, plain.lines);
    EXPECT_GT(dotted.dotted, plain.lines / 2);
    EXPECT_LT(dotted.dotted, plain.lines);  // the frame is solid
    EXPECT_GT(drawn({"double"}).lines, plain.lines + 50);
    EXPECT_LT(drawn({"open_sides"}).plumb, plain.plumb);
    EXPECT_GT(drawn({"open_sides"}).least_x, plain.least_x + 20);
    EXPECT_LT(drawn({"open_breaks"}).lines, plain.lines);
    EXPECT_LT(drawn({"hairline"}).thinnest, 0.3);
    for (const char* name : {"grey_header", "blue_header", "dark_header"}) EXPECT_GT(drawn({name}).fills, 20u);
}

TEST(Deviate, FiguresAreSetFlushRight) {
    for (const std::vector<std::string>& names : {std::vector<std::string>{"flush_right"}, {"flush_right", "double"}}) {
        const Report r = report(names, 3);
        int figures = 0;
        for (const DrawnPage& page : print_report(r.truth, r.layout).pages)
            for (const cv::Rect2d& figure : page.figures) {
                double gap = 1e9;
                for (const DrawnLine& line : page.lines)
                    if (line.x0 == line.x1 && line.x0 > figure.br().x) gap = std::min(gap, line.x0 - figure.br().x);
                EXPECT_LT(gap, 1.6);
                ++figures;
            }
        EXPECT_GT(figures, 150);
    }
}

TEST(Rasterise, ColouredHeadersHaveTheirColour) {
    const Report r = report({"blue_header"}, 3);
    int blue = 0;
    for (const cv::Mat& page : rasterise(print_report(r.truth, r.layout), 50))
        for (int y = 0; y < page.rows; ++y)
            for (int x = 0; x < page.cols; ++x) blue += page.at<cv::Vec3b>(y, x) == cv::Vec3b(0xEE, 0xD7, 0xBD);
    EXPECT_GT(blue, 2000);
}

TEST(RandomDeviations, EveryNameComesAndRivalsDoNotMeet) {
    std::set<std::string> seen;
    for (std::uint32_t seed = 0; seed < 200; ++seed) {
        const auto names = random_deviations(seed);
        EXPECT_EQ(names, random_deviations(seed));
        seen.insert(names.begin(), names.end());
        EXPECT_LE(std::count_if(names.begin(), names.end(), [](const auto& n) { return n.starts_with("zero_"); }), 1);
    }
    const auto all = deviation_names();
    EXPECT_EQ(seen, std::set<std::string>(all.begin(), all.end()));
}

}  // namespace
}  // namespace biaod::synth
