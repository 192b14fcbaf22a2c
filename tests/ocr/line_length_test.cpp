#include "ocr/line_length.hpp"

#include <gtest/gtest.h>

namespace biaod::ocr {
namespace {

TEST(LineLength, HalfWidthCharactersCountHalf) {
    EXPECT_DOUBLE_EQ(set_width("信息公开"), 4);
    EXPECT_DOUBLE_EQ(set_width("2021年"), 3);
    EXPECT_DOUBLE_EQ(set_width("公开，"), 2.5);  // the comma's right half is blank
    EXPECT_DOUBLE_EQ(set_width("“公开"), 2.5);
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

TEST(LineLength, LargeOrShortLinesSayNothing) {
    EXPECT_DOUBLE_EQ(length_error({400, 80, 12}, 50), 0);  // a title, set larger
    EXPECT_DOUBLE_EQ(length_error({100, 46, 3}, 50), 0);
    EXPECT_DOUBLE_EQ(measure_pitch({{500, 46, 10}}), 0);
}

}  // namespace
}  // namespace biaod::ocr
