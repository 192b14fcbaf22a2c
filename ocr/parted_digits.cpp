#include "ocr/parted_digits.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace biaod::ocr {
namespace {

constexpr double kPaper = 0.02;  // of the darkest column's ink: a column with less is paper
constexpr int kWhite = 255;

// In pitches.
constexpr double kBroadDigit = 0.1;  // the most by which a digit is broader
constexpr double kReach = 0.3;       // of the thinnest place, from where digits of one width would meet
constexpr double kGap = 0.3;

// Each column's ink.
std::vector<double> ink_of_columns(const cv::Mat& picture) {
    cv::Mat sums;
    cv::reduce(picture, sums, 0, cv::REDUCE_SUM, CV_64F);
    std::vector<double> ink(sums.begin<double>(), sums.end<double>());
    for (double& column : ink) column = static_cast<double>(kWhite) * picture.rows - column;
    return ink;
}

// Where the digits of a piece of ink from column `begin` to `end` meet.
void add_joints(const std::vector<double>& ink, std::ptrdiff_t begin, std::ptrdiff_t end, double pitch,
                std::vector<int>& joints) {
    const auto width = static_cast<double>(end - begin);
    const int digits = cvCeil(width / pitch - kBroadDigit);
    for (int i = 1; i < digits; ++i) {
        const std::ptrdiff_t middle = begin + cvRound(i * width / digits), reach = cvRound(kReach * pitch);
        const auto from = ink.begin() + std::max(begin, middle - reach),
                   to = ink.begin() + std::min(end, middle + reach);
        joints.push_back(static_cast<int>(std::min_element(from, to) - ink.begin()));
    }
}

}  // namespace

cv::Mat part_digits(const cv::Mat& gray, const cv::Rect& box, double pitch) {
    const cv::Mat picture = gray(box & cv::Rect({0, 0}, gray.size()));
    if (pitch <= 0 || picture.empty()) return {};
    const std::vector<double> ink = ink_of_columns(picture);
    const double paper = kPaper * *std::ranges::max_element(ink);
    const auto is_paper = [&](double column) { return column <= paper; };
    std::vector<int> joints;
    for (auto begin = ink.begin(); begin != ink.end();) {
        begin = std::find_if_not(begin, ink.end(), is_paper);
        const auto end = std::find_if(begin, ink.end(), is_paper);
        add_joints(ink, begin - ink.begin(), end - ink.begin(), pitch, joints);
        begin = end;
    }
    if (joints.empty()) return {};
    const cv::Mat gap(picture.rows, std::max(1, cvRound(kGap * pitch)), CV_8UC1, cv::Scalar(kWhite));
    std::vector<cv::Mat> parts;
    int from = 0;
    for (const int joint : joints) {
        parts.push_back(picture.colRange(from, joint));
        parts.push_back(gap);
        from = joint;
    }
    parts.push_back(picture.colRange(from, picture.cols));
    cv::Mat parted;
    cv::hconcat(parts, parted);
    return parted;
}

}  // namespace biaod::ocr
