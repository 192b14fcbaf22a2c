// The lines of a digital page: what its text layer says, in the place of what the picture shows.
#include "layout/layer_lines.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "models/text_norm.hpp"

namespace biaod::layout {
namespace {

constexpr double kEm = 20;  // px and pt: the page has 72 dpi
constexpr double kTop = 100, kLine = 30;

// A page with a line of ink, 15 px high, every kLine px.
PageLayout page_of_lines(int lines) {
    PageLayout page;
    page.dpi = 72;
    page.char_height = kEm;
    page.gray = cv::Mat(400, 400, CV_8UC1, cv::Scalar(255));
    page.transform = PageTransform(page.gray.size(), 0, {72, 72});
    for (int i = 0; i < lines; ++i) {
        const cv::Rect box(100, cvRound(kTop + i * kLine), 80, 15);
        page.gray(box).setTo(0);
        page.lines.push_back({box, {}, false, {}});
    }
    return page;
}

// A word of glyphs as wide as a Latin font sets them, on the second line, whose box takes in three lines: so high does
// a Type 3 font's say it is.
LayerWord word_of_type3(const std::string& text) {
    LayerWord word{text, {100, kTop - 2, 100, kTop + 2 * kLine + 17}, {}, "T3", 0};
    for (const char32_t c : models::to_code_points(text)) {
        const bool narrow = c == U'.' || c == U',';
        const double width = kEm * (c >= 0x2000 ? 1 : narrow ? 0.25 : c == U'%' || c == U'@' ? 0.9 : 0.55);
        word.glyphs.push_back({word.bbox.x1, word.bbox.y0, word.bbox.x1 + width, word.bbox.y1});
        word.bbox.x1 += width;
    }
    return word;
}

TEST(LayerLines, AWordAsHighAsThreeLinesIsFittedToItsOwn) {
    for (const char* text : {"1,234", "0.5%", "12", "a@b", "总计", "..."}) {
        PageLayout page = page_of_lines(3);
        use_text_layer({word_of_type3(text)}, page);
        int from_layer = 0;
        for (const TextLine& line : page.lines) {
            if (!line.from_layer()) continue;
            ++from_layer;
            EXPECT_EQ(line.layer_text, text);
            EXPECT_EQ(line.box.y, kTop + kLine) << text;
            EXPECT_EQ(line.box.height, 15) << text;
        }
        EXPECT_EQ(from_layer, 1) << text;
        EXPECT_EQ(page.lines.size(), 3u) << text;
    }
}

// Found on digital reports with a watermark, of which the picture is cleaned: its letters were read in the cells that
// they cross.
TEST(LayerLines, AWordMuchLargerThanAllInkInItsPlaceIsDropped) {
    const models::Box place{90, kTop - 40, 210, kTop + 80};
    for (const int ink : {15, 60}) {
        PageLayout page = page_of_lines(1);
        page.watermark = true;
        page.lines[0].box.height = ink;
        page.gray(page.lines[0].box).setTo(0);
        use_text_layer({LayerWord{"样", place, {place}, "", 0}}, page);
        ASSERT_EQ(page.lines.size(), 1u);
        EXPECT_EQ(page.lines[0].from_layer(), ink > 15);
    }
    PageLayout without = page_of_lines(1);
    use_text_layer({LayerWord{"一", place, {place}, "", 0}}, without);
    EXPECT_TRUE(without.lines[0].from_layer());
}

TEST(LayerLines, AnInvisibleWordIsDropped) {
    PageLayout page = page_of_lines(1);
    LayerWord word = word_of_type3("12");
    word.bbox.y0 = kTop + 100;
    word.bbox.y1 = kTop + 120;
    use_text_layer({word}, page);
    ASSERT_EQ(page.lines.size(), 1u);
    EXPECT_FALSE(page.lines[0].from_layer());
}

}  // namespace
}  // namespace biaod::layout
