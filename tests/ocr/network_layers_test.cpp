// Lines are read twice: by the library's own layers, and by those that take their place.
#include "ocr/network_layers.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "ocr/engine.hpp"
#include "tests/synth/printing.hpp"

namespace biaod::ocr {
namespace {

class OwnLayers {
  public:
    explicit OwnLayers(bool own) { use_own_layers(own); }
    ~OwnLayers() { use_own_layers(true); }
};

cv::Mat printed(const std::string& text, double width) {
    synth::Printed page;
    page.width = width;
    page.height = 24;
    synth::DrawnPage on;
    on.texts.push_back({8, 5, 12, "Noto Serif CJK SC", text});
    page.pages.push_back(std::move(on));
    cv::Mat gray;
    cv::cvtColor(synth::rasterise(page, 200)[0], gray, cv::COLOR_BGR2GRAY);
    return gray;
}

std::vector<cv::Mat> lines() {
    std::vector<cv::Mat> pictures{printed("本年新收政府信息公开申请数量", 220), printed("12 3,456 0 78.9", 120),
                                  printed("（三）本年度办理结果", 150), printed("一", 30)};
    cv::Mat noisy = pictures[0].clone(), noise(noisy.size(), CV_8SC1);
    cv::theRNG().state = 7;
    cv::randn(noise, 0, 40);
    cv::add(noisy, noise, noisy, cv::noArray(), CV_8UC1);
    pictures.push_back(noisy);
    pictures.push_back(cv::Mat(40, 8, CV_8UC1, cv::Scalar(255)));
    pictures.push_back(cv::Mat(3, 200, CV_8UC1, cv::Scalar(0)));
    return pictures;
}

TEST(NetworkLayers, ReadAsTheLibrarysDoToTheBit) {
    for (const std::string network : {"chi_sim", kFigureNetwork, kSecondNetwork}) {
        const auto engine = std::move(*Engine::create(network));
        std::size_t read = 0;
        for (const cv::Mat& line : lines()) {
            for (const LineMode mode : {LineMode::raw, LineMode::segmented}) {
                const auto by = [&](bool own) {
                    const OwnLayers layers(own);
                    return engine->read_line(line, mode, "");
                };
                const Reading theirs = by(false), ours = by(true);
                EXPECT_EQ(ours.text, theirs.text);
                EXPECT_EQ(ours.confidence, theirs.confidence) << ours.text;
                ASSERT_EQ(ours.symbols.size(), theirs.symbols.size());
                for (std::size_t i = 0; i < ours.symbols.size(); ++i) {
                    EXPECT_EQ(ours.symbols[i].confidence, theirs.symbols[i].confidence) << ours.text;
                    EXPECT_EQ(ours.symbols[i].left, theirs.symbols[i].left) << ours.text;
                    EXPECT_EQ(ours.symbols[i].right, theirs.symbols[i].right) << ours.text;
                }
                read += ours.symbols.size();
            }
        }
        EXPECT_GT(read, 40u) << "there was something to compare";
    }
}

TEST(NetworkLayers, TakeTheLibrarysPlace) {
    const auto engine = std::move(*Engine::create("chi_sim"));
    const auto runs_of = [&](bool own) {
        const OwnLayers layers(own);
        const std::uint64_t before = own_layers_run();
        engine->read_line(lines()[0], LineMode::raw, "");
        return own_layers_run() - before;
    };
    EXPECT_EQ(runs_of(false), 0u);
    // Convolution and its curve, pooling, four LSTMs, probabilities.
    EXPECT_EQ(runs_of(true), 8u) << "of this version of Tesseract, 5.3.0";
}

}  // namespace
}  // namespace biaod::ocr
