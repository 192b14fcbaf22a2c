#include "ocr/between_zeros.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <tuple>

#include "ocr/line_picture.hpp"
#include "tests/synth/printing.hpp"

namespace biaod::ocr {
namespace {

constexpr double kSize = 10.5;  // pt
constexpr double kDpi = 300;

std::string read_by_english(const std::string& printed, const std::string& font, int glyph_px) {
    synth::Printed page;
    page.width = 120;
    page.height = 40;
    synth::DrawnPage drawn;
    drawn.texts.push_back({10, 10, kSize, font, printed});
    page.pages.push_back(std::move(drawn));
    cv::Mat gray;
    cv::cvtColor(synth::rasterise(page, kDpi)[0], gray, cv::COLOR_BGR2GRAY);
    const cv::Mat line = prepare_line(gray, cv::boundingRect(gray < 128), kSize * kDpi / 72, glyph_px);
    auto english = Engine::lend(kFigureNetwork);
    if (!english) return english.error().reason;
    return read_between_zeros(**english, {line}, "0123456789.,+-/%").front().text;
}

// Each was read with a point before it.
TEST(BetweenZeros, NoMarkIsMadeOfTheGapBeforeAFigure) {
    for (const auto& [printed, font] : {std::tuple("83,404", "Noto Serif CJK SC"),
                                        {"30,035", "Noto Serif CJK SC"},
                                        {"53599", "AR PL UKai CN"},
                                        {"80,822", "AR PL UMing CN"}})
        EXPECT_EQ(read_by_english(printed, font, 46), printed) << font;
}

TEST(BetweenZeros, AMarkThatIsPrintedStays) {
    EXPECT_EQ(read_by_english(".5", "Noto Sans CJK SC", 38), ".5");
    EXPECT_EQ(read_by_english(".725", "Noto Sans CJK SC", 38), ".725");
}

}  // namespace
}  // namespace biaod::ocr
