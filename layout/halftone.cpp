#include "layout/halftone.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "layout/kernel.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

constexpr int kBlack = 30, kDark = 128, kWhite = 225;
constexpr double kGrey = 0.01;             // of the picture
constexpr double kLargestCharacter = 100;  // px, as at 690 dpi
constexpr double kSquare = 0.5;            // character heights
constexpr double kDot = 0.09;              // character heights, of the longer side; at least two points
constexpr float kDots = 18;                // in nine squares
constexpr float kAllOver = 8;              // of nine squares
constexpr int kHole = 5;                   // squares, of writing in the area
constexpr double kBlur = 0.055;            // character heights

// Whether the picture knows black and white alone; a turned one may have grey edges.
bool is_bilevel(const cv::Mat& gray) {
    cv::Mat grey;
    cv::inRange(gray, kBlack, kWhite, grey);
    return cv::countNonZero(grey) < kGrey * static_cast<double>(gray.total());
}

}  // namespace

bool smooth_halftones(cv::Mat& gray, double char_height) {
    if (char_height > kLargestCharacter || !is_bilevel(gray)) return false;
    const int square = std::max(6, cvRound(kSquare * char_height)), dot = std::max(2, cvRound(kDot * char_height));
    const cv::Size squares((gray.cols + square - 1) / square, (gray.rows + square - 1) / square);
    cv::Mat dots = cv::Mat::zeros(squares, CV_32FC1);
    for (const Piece& piece : connect(find_runs(gray < kDark)).all)
        if (std::max(piece.box.width, piece.box.height) <= dot)
            ++dots.at<float>(piece.box.y / square, piece.box.x / square);
    // The sum over nine squares, and how many of them have any: broken writing has dots, and white between its lines.
    cv::Mat sum, any;
    cv::boxFilter(dots, sum, CV_32F, {3, 3}, {-1, -1}, false, cv::BORDER_CONSTANT);
    cv::boxFilter((dots >= 1) / 255, any, CV_32F, {3, 3}, {-1, -1}, false, cv::BORDER_CONSTANT);
    cv::Mat core = (sum >= kDots) & (any >= kAllOver);
    if (cv::countNonZero(core) == 0) return false;
    // Writing takes the place of dots. At the area's edge a square is half full.
    cv::morphologyEx(core, core, cv::MORPH_CLOSE, box_kernel(kHole));
    cv::dilate(core, core, box_kernel(3));
    cv::Mat area, smooth;
    cv::resize(core, area, squares * square, 0, 0, cv::INTER_NEAREST);
    cv::GaussianBlur(gray, smooth, {}, kBlur * char_height);
    smooth.copyTo(gray, area(cv::Rect({0, 0}, gray.size())));
    return true;
}

}  // namespace biaod::layout
