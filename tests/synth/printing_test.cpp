#include "tests/synth/printing.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/synth/support.hpp"

namespace biaod::synth {
namespace {

TEST(RandomLayout, SameSeedSameLayout) {
    const Truth truth = make_truth(5, {});
    EXPECT_EQ(to_pdf(print_report(truth, random_layout(5))), to_pdf(print_report(truth, random_layout(5))));
    EXPECT_NE(to_pdf(print_report(truth, random_layout(5))), to_pdf(print_report(truth, random_layout(6))));
}

TEST(RandomLayout, FontsAreOfThoseGiven) {
    const std::vector<std::string> fonts{"Liberation Serif, AR PL UMing CN", "Noto Sans CJK SC Light"};
    std::set<std::string> chosen;
    for (std::uint32_t seed = 0; seed < 20; ++seed) {
        const LayoutOptions layout = random_layout(seed, fonts);
        chosen.insert({layout.body_font, layout.table_font});
    }
    EXPECT_EQ(chosen, std::set(fonts.begin(), fonts.end()));
}

TEST(PrintReport, EveryCharacterIsPrintedOnceWhereverPagesBreak) {
    for (std::uint32_t seed = 0; seed < 40; ++seed) {
        TruthOptions of;
        of.form = seed % 2 == 0 ? "2021" : "2019";
        const Truth truth = make_truth(seed, of);
        LayoutOptions layout = random_layout(seed);
        layout.page_numbers = layout.repeat_header = false;
        layout.cut_rows = seed % 3 != 0;
        EXPECT_EQ(printed_characters(print_report(truth, layout)), characters_of(truth)) << "seed " << seed;
    }
}

TEST(PrintReport, NothingLeavesThePage) {
    for (std::uint32_t seed = 0; seed < 20; ++seed) {
        const Printed printed = print_report(make_truth(seed, {}), random_layout(seed));
        EXPECT_GE(printed.pages.size(), 3u);
        for (const DrawnPage& page : printed.pages) {
            for (const DrawnText& text : page.texts) {
                EXPECT_GE(text.x, 40);
                EXPECT_LE(text.y + text.size, printed.height - 20) << text.text;
            }
            for (const DrawnLine& line : page.lines) EXPECT_LE(std::max(line.y0, line.y1), printed.height - 30);
        }
    }
}

TEST(PrintReport, ARepeatedHeaderStandsOnEveryFurtherPageOfTheTable) {
    const Truth truth = make_truth(3, {});
    LayoutOptions layout;
    layout.table_size = 14;
    auto headers = [&](bool repeat) {
        layout.repeat_header = repeat;
        int count = 0;
        for (const DrawnPage& page : print_report(truth, layout).pages)
            for (const DrawnText& text : page.texts)
                count += text.text == "\u7533\u8bf7\u4eba\u60c5\u51b5";  // 申请人情况
        return count;
    };
    EXPECT_EQ(headers(false), 1);
    EXPECT_GE(headers(true), 2);
}

TEST(PrintReport, FiguresHaveTheirPlaces) {
    const Truth truth = make_truth(3, {});
    std::size_t places = 0, figures = 0;
    for (const DrawnPage& page : print_report(truth, {}).pages) places += page.figures.size();
    for (const auto& [name, grid] : truth.grids)
        for (const GridCell& c : grid.cells) figures += c.figure;
    EXPECT_EQ(places, figures);
}

TEST(Rasterise, PicturesAreA4AtTheResolution) {
    const Printed printed = print_report(make_truth(1, {}), {});
    for (const double dpi : {72.0, 150.0, 200.0}) {
        const auto pictures = rasterise(printed, dpi);
        ASSERT_EQ(pictures.size(), printed.pages.size());
        for (const cv::Mat& picture : pictures) {
            EXPECT_NEAR(picture.cols, 210 / 25.4 * dpi, 1);
            EXPECT_NEAR(picture.rows, 297 / 25.4 * dpi, 1);
            EXPECT_EQ(picture.type(), CV_8UC3);
        }
    }
}

}  // namespace
}  // namespace biaod::synth
