#include "layout/ink.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr int kBackgroundScale = 8;
constexpr double kMinContrast = 40;   // grey levels between paper and the darkest 0.1 %; below, the page is blank
constexpr int kStrokeThresholdMax = 200;
constexpr int kFaintThresholdMax = 228;

double darkest_level(const cv::Mat& gray) {
    int histogram[256] = {};
    for (int y = 0; y < gray.rows; y += 2) {
        const auto* row = gray.ptr<std::uint8_t>(y);
        for (int x = 0; x < gray.cols; x += 2) ++histogram[row[x]];
    }
    const double wanted = 0.0005 * static_cast<double>(gray.total()) / 4;
    double seen = 0;
    for (int level = 0; level < 256; ++level)
        if ((seen += histogram[level]) > wanted) return level;
    return 255;
}

}  // namespace

cv::Mat to_gray(const cv::Mat& picture) {
    if (picture.channels() == 1) return picture;
    cv::Mat gray;
    cv::cvtColor(picture, gray, cv::COLOR_BGR2GRAY);
    return gray;
}

cv::Mat without_red(const cv::Mat& picture) {
    if (picture.channels() == 1) return picture;
    const cv::Mat gray = to_gray(picture);
    cv::Mat channels[3], redness;
    cv::split(picture, channels);
    cv::subtract(channels[2], cv::max(channels[0], channels[1]), redness);
    cv::Mat faded;
    cv::addWeighted(channels[2], 1, redness, 1.5, 0, faded);
    return cv::max(gray, faded);
}

cv::Mat red_mask(const cv::Mat& picture) {
    if (picture.channels() == 1) return {};
    cv::Mat channels[3];
    cv::split(picture, channels);
    cv::Mat others = cv::max(channels[0], channels[1]);
    cv::Mat excess;
    cv::subtract(channels[2], others, excess);
    return excess > 60;
}

cv::Mat even_background(const cv::Mat& gray) {
    cv::Mat local_max;
    cv::dilate(gray, local_max, cv::getStructuringElement(cv::MORPH_RECT, {kBackgroundScale, kBackgroundScale}));
    cv::Mat background;
    cv::resize(local_max, background, {}, 1.0 / kBackgroundScale, 1.0 / kBackgroundScale, cv::INTER_NEAREST);
    // Wide enough to bridge bold titles and filled header cells' text, narrow enough to follow a page's shade.
    cv::dilate(background, background, cv::getStructuringElement(cv::MORPH_RECT, {5, 5}));
    cv::blur(background, background, {9, 9});
    cv::resize(background, background, gray.size(), 0, 0, cv::INTER_LINEAR);
    background = cv::max(background, 60);  // a black border stays black
    cv::Mat even;
    cv::divide(gray, background, even, 255);
    return even;
}

Ink find_ink(const cv::Mat& even_gray) {
    Ink ink;
    ink.gray = even_gray;
    const double darkest = darkest_level(even_gray);
    if (255 - darkest < kMinContrast) {
        ink.text = cv::Mat::zeros(even_gray.size(), CV_8UC1);
        ink.faint = ink.text.clone();
        return ink;
    }
    cv::Mat scratch;
    const double otsu = cv::threshold(even_gray, scratch, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    const double stroke = std::clamp(std::max(otsu, (darkest + 255) / 2), 80.0, double{kStrokeThresholdMax});
    const double faint = std::min<double>(kFaintThresholdMax, stroke + 0.45 * (255 - stroke));
    ink.text = even_gray < stroke;
    ink.faint = even_gray < faint;
    return ink;
}

}  // namespace biaod::layout
