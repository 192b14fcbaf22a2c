#include "tests/ocr/same_readings.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <string>

#include "tests/synth/printing.hpp"

namespace biaod::ocr::tests {
namespace {

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

}  // namespace

std::vector<cv::Mat> printed_lines() {
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

void expect_same_readings(Engine& engine, void (*set)(bool)) {
    std::size_t read = 0;
    for (const cv::Mat& line : printed_lines()) {
        const auto with = [&](bool on) {
            const Setting setting(set, on);
            return engine.read_line(line, "");
        };
        const Reading theirs = with(false), ours = with(true);
        EXPECT_EQ(ours.text, theirs.text);
        EXPECT_EQ(ours.confidence, theirs.confidence) << ours.text;
        ASSERT_EQ(ours.symbols.size(), theirs.symbols.size());
        for (std::size_t i = 0; i < ours.symbols.size(); ++i) {
            EXPECT_EQ(ours.symbols[i].confidence, theirs.symbols[i].confidence)
                << ours.text << " of " << line.cols << " x " << line.rows << " at " << i;
            EXPECT_EQ(ours.symbols[i].left, theirs.symbols[i].left)
                << ours.text << " of " << line.cols << " x " << line.rows << " at " << i;
            EXPECT_EQ(ours.symbols[i].right, theirs.symbols[i].right)
                << ours.text << " of " << line.cols << " x " << line.rows << " at " << i;
        }
        read += ours.symbols.size();
    }
    EXPECT_GT(read, 20u) << "there was something to compare";
}

}  // namespace biaod::ocr::tests
