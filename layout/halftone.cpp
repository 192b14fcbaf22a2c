#include "layout/halftone.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

constexpr int kDark = 128;
constexpr double kDot = 0.09;    // character heights, of the longer side; at least two points
constexpr float kDots = 10;      // in a square of a character's height
constexpr double kBlur = 0.055;  // character heights

}  // namespace

void smooth_halftones(cv::Mat& gray, double char_height) {
    const int square = std::max(8, cvRound(char_height)), dot = std::max(2, cvRound(kDot * char_height));
    const cv::Size squares((gray.cols + square - 1) / square, (gray.rows + square - 1) / square);
    cv::Mat dots = cv::Mat::zeros(squares, CV_32FC1);
    for (const Piece& piece : connect(find_runs(gray < kDark)).all)
        if (std::max(piece.box.width, piece.box.height) <= dot)
            ++dots.at<float>(piece.box.y / square, piece.box.x / square);
    cv::Mat dense = dots >= kDots;
    if (cv::countNonZero(dense) == 0) return;
    // Writing takes the place of dots.
    cv::morphologyEx(dense, dense, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    cv::dilate(dense, dense, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    cv::Mat area, smooth;
    cv::resize(dense, area, squares * square, 0, 0, cv::INTER_NEAREST);
    cv::GaussianBlur(gray, smooth, {}, kBlur * char_height);
    smooth.copyTo(gray, area(cv::Rect({0, 0}, gray.size())));
}

}  // namespace biaod::layout
