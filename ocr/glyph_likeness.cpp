#include "ocr/glyph_likeness.hpp"

#include <cstdlib>
#include <opencv2/imgproc.hpp>

namespace biaod::ocr {
namespace {

constexpr double kWidest = 1.0;         // of the height: one digit with its margins
constexpr int kSameSize = 1;            // px
constexpr double kEdge = 70;            // grey levels after blurring by a third of a stroke
constexpr double kMeanDifference = 10;  // grey levels
constexpr int kShift = 1;               // px that a glyph may lie off

cv::Mat blurred(const cv::Mat& picture) {
    cv::Mat out;
    cv::GaussianBlur(picture, out, {5, 5}, 1.2);
    return out;
}

bool alike(const cv::Mat& a, const cv::Mat& b) {
    if (std::abs(a.rows - b.rows) > kSameSize || std::abs(a.cols - b.cols) > kSameSize) return false;
    const cv::Size common(std::min(a.cols, b.cols) - 2 * kShift, std::min(a.rows, b.rows) - 2 * kShift);
    const cv::Mat inner = a(cv::Rect({kShift, kShift}, common));
    for (int dy = 0; dy <= 2 * kShift; ++dy)
        for (int dx = 0; dx <= 2 * kShift; ++dx) {
            cv::Mat difference;
            cv::absdiff(inner, b(cv::Rect({dx, dy}, common)), difference);
            double most = 0;
            cv::minMaxLoc(difference, nullptr, &most);
            if (most < kEdge && cv::mean(difference)[0] < kMeanDifference) return true;
        }
    return false;
}

}  // namespace

std::vector<std::size_t> earliest_likes(const std::vector<cv::Mat>& pictures) {
    std::vector<std::size_t> like(pictures.size());
    std::vector<std::size_t> firsts;
    std::vector<cv::Mat> soft(pictures.size());
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        like[i] = i;
        if (pictures[i].cols > kWidest * pictures[i].rows) continue;
        soft[i] = blurred(pictures[i]);
        for (const std::size_t first : firsts)
            if (like[i] == i && alike(soft[first], soft[i])) like[i] = first;
        if (like[i] == i) firsts.push_back(i);
    }
    return like;
}

}  // namespace biaod::ocr
