#include "ocr/layer_trust.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "tests/synth/printing.hpp"

namespace biaod::ocr {
namespace {

// A page of one line, with what its layer says there.
layout::PageLayout page(const std::string& printed, const std::string& font, const std::string& layer_text) {
    constexpr double kDpi = 300;
    synth::Printed drawn;
    drawn.width = 300;
    drawn.height = 60;
    drawn.pages.push_back({});
    drawn.pages[0].texts.push_back({20, 20, 10.5, font, printed});
    layout::PageLayout page;
    page.dpi = kDpi;
    cv::cvtColor(synth::rasterise(drawn, kDpi)[0], page.gray, cv::COLOR_BGR2GRAY);
    layout::TextLine line;
    line.box = cv::boundingRect(page.gray < 128);
    line.layer_text = layer_text;
    line.font = font;
    page.lines.push_back(line);
    return page;
}

bool trusted(const std::string& printed, const std::string& font, const std::string& layer_text) {
    return LayerTrust("chi_sim").trusts(page(printed, font, layer_text)).value();
}

TEST(LayerTrust, TextIsComparedWithItsPixels) {
    EXPECT_TRUE(trusted("政府信息公开", "Noto Serif CJK SC", "政府信息公开"));
    EXPECT_FALSE(trusted("政府信息公开", "Noto Serif CJK SC", "囗丂丄丅丆万"));
}

// Another program's documents: their pages' numbers were in a font of their own, and whole text layers were not used.
TEST(LayerTrust, ALoneDigitIsReadAsOne) {
    for (const std::string font : {"WenQuanYi Zen Hei", "Noto Serif CJK SC", "AR PL UMing CN"}) {
        for (const char* digit : {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"})
            EXPECT_TRUE(trusted(digit, font, digit)) << font << ", " << digit;
        EXPECT_FALSE(trusted("3", font, "8")) << font;
        EXPECT_FALSE(trusted("1", font, "4")) << font;
    }
}

}  // namespace
}  // namespace biaod::ocr
