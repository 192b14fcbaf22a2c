#include "ocr/line_length.hpp"

#include <gtest/gtest.h>

#include "models/text_norm.hpp"

namespace biaod::ocr {
namespace {

TEST(LineLength, HalfWidthCharactersCountHalf) {
    EXPECT_DOUBLE_EQ(set_width("信息公开"), 4);
    EXPECT_DOUBLE_EQ(set_width("2021年"), 3);
    EXPECT_DOUBLE_EQ(set_width("公开，"), 2.5);  // the comma's right half is blank
    EXPECT_DOUBLE_EQ(set_width("“公开"), 2.5);
    EXPECT_DOUBLE_EQ(set_width("规定 , 《公开"), 6);  // the network's own spaces, and its comma for a wide one
    EXPECT_DOUBLE_EQ(set_width("open data"), 4.25);
}

TEST(LineLength, AMadeUpCharacterShows) {
    const std::string right = "严格执行信息发布的审查程序做到先审查后公开";
    std::vector<MeasuredLine> lines(6, MeasuredLine{50 * (set_width(right) - 0.12), 46, set_width(right)});
    const double pitch = measure_pitch(lines);
    EXPECT_NEAR(pitch, 50, 0.01);
    EXPECT_NEAR(length_error(lines[0], pitch), 0, 0.01);
    MeasuredLine longer = lines[0];
    longer.set += 1;
    EXPECT_NEAR(length_error(longer, pitch), -1, 0.01);
}

// A reading whose symbols stand where the network saw them: `at` in pitches.
Reading reading(const std::string& text, const std::vector<double>& at) {
    Reading out;
    std::size_t i = 0;
    for (const char32_t c : models::to_code_points(text)) {
        const int middle = static_cast<int>(at[i++] * 100);
        out.symbols.push_back({models::to_utf8({&c, 1}), 0.99, middle - 40, middle + 40, false});
    }
    summarise(out);
    return out;
}

TEST(LineLength, TheSymbolBetweenTwoSquaresIsMadeUp) {
    // Places that Tesseract gave on a scan whose print has no 人.
    const Reading squeezed = reading("干部，各服务窗口服务事项等信息，做到了人全面、整齐、有序、一目了",
                                     {0.78,  1.83,  2.81,  3.71,  4.65,  5.63,  6.75,  7.97,  8.66,  9.64,  10.82,
                                      11.88, 12.95, 14.04, 14.81, 16.12, 16.85, 17.64, 18.51, 19.16, 20.05, 21.19,
                                      22.26, 23.16, 24.19, 24.85, 25.67, 26.76, 27.85, 28.79, 29.68, 30.51});
    EXPECT_EQ(squeezed.symbols[made_up_symbol(squeezed, 100)].text, "人");
}

TEST(LineLength, LinesReadWrongDoNotShiftThePitch) {
    std::vector<MeasuredLine> lines;
    for (int i = 0; i < 12; ++i) lines.push_back({50 * (31 - 0.12), 46, i < 5 ? 31.0 : i % 2 == 0 ? 32.0 : 33.0});
    EXPECT_NEAR(measure_pitch(lines), 50, 0.01);
}

TEST(LineLength, LargeOrShortLinesSayNothing) {
    EXPECT_DOUBLE_EQ(length_error({400, 80, 12}, 50), 0);  // a title, set larger
    EXPECT_DOUBLE_EQ(length_error({100, 46, 3}, 50), 0);
    EXPECT_DOUBLE_EQ(measure_pitch({{500, 46, 10}}), 0);
}

}  // namespace
}  // namespace biaod::ocr
