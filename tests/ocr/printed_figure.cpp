#include "tests/ocr/printed_figure.hpp"

#include <opencv2/imgproc.hpp>

#include "tests/synth/printing.hpp"

namespace biaod::tests {

cv::Mat printed_figure(const std::string& text, const std::string& font, cv::Rect& box) {
    synth::Printed page;
    page.width = 120;
    page.height = 40;
    synth::DrawnPage drawn;
    drawn.texts.push_back({10, 10, 10.5, font, text});
    page.pages.push_back(std::move(drawn));
    cv::Mat gray;
    cv::cvtColor(synth::rasterise(page, 300)[0], gray, cv::COLOR_BGR2GRAY);
    box = cv::boundingRect(gray < 128);
    return gray;
}

}  // namespace biaod::tests
