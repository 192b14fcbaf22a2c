// The running text of whole documents.
#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "tests/ocr/reading.hpp"
#include "tests/synth/printing.hpp"
#include "tests/synth/scanning.hpp"

namespace biaod::ocr {
namespace {

constexpr double kDpi = 300;
constexpr double kSize = 12, kPitch = 20;      // pt
constexpr int kCharacter = kSize * kDpi / 72;  // px

// A page of lines, of which the first ones have a scratch beside their 3, which one network takes for a 9.
cv::Mat page_with_scratches(int scratches) {
    synth::Printed printed;
    synth::DrawnPage drawn;
    for (int i = 0; i < 6; ++i)
        drawn.texts.push_back({80, 100 + i * kPitch, kSize, "Noto Serif CJK SC",
                               i < 5 ? "全年收到申请3件并全部按期办结，没有发生行政复议或行政诉讼，" : "特此说明。"});
    printed.pages.push_back(std::move(drawn));
    cv::Mat picture = synth::rasterise(printed, kDpi)[0], gray;
    cv::cvtColor(picture, gray, cv::COLOR_BGR2GRAY);
    for (int i = 0; i < scratches; ++i) {
        const cv::Rect strip(0, cvRound((100 + i * kPitch) * kDpi / 72), gray.cols, cvRound(kPitch * kDpi / 72));
        const cv::Rect line = cv::boundingRect(gray(strip) < 128) + strip.tl();
        const cv::Point beside(line.x + 6 * kCharacter + 4, line.y);
        cv::line(picture, beside + cv::Point(0, line.height / 4), beside + cv::Point(0, line.height * 2 / 5), {}, 4);
    }
    return picture;
}

TEST(RunningText, ANumberIsRightOrFlagged) {
    const auto read = [](int first, int second) {
        const std::vector<cv::Mat> pages{page_with_scratches(first), page_with_scratches(second)};
        return tests::read(synth::pictures_to_pdf(pages, kDpi, 95));
    };
    EXPECT_TRUE(read(0, 0).review.empty());
    const models::Record record = read(2, 1);
    EXPECT_EQ(record.status, models::Status::needs_review);
    ASSERT_EQ(record.review.size(), 2U) << "one for a paragraph";
    for (const std::size_t i : {0, 1}) {
        const models::ReviewItem& item = record.review[i];
        const models::Block& block = record.blocks.at(i);
        EXPECT_EQ(item.field, "/blocks/" + std::to_string(i) + "/text");
        EXPECT_EQ(item.reason, models::ReviewReason::readings_disagree);
        EXPECT_EQ(item.page, static_cast<int>(i) + 1);
        EXPECT_LE(block.confidence, 0.5);
        const double height = item.bbox.y1 - item.bbox.y0;
        EXPECT_EQ(cvRound(height / kPitch), i == 0 ? 2 : 1);
        for (const std::string& numbers : {item.printed, *item.suggested})
            EXPECT_EQ(std::ranges::count(numbers, ';'), i == 0 ? 1 : 0) << numbers;
        EXPECT_NE(item.printed, *item.suggested);
    }
}

}  // namespace
}  // namespace biaod::ocr
