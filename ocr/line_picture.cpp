#include "ocr/line_picture.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace biaod::ocr {
namespace {

constexpr double kMargin = 0.16;
constexpr double kPaper = 0.9;      // of the way from the darkest to the lightest: lighter is paper
constexpr double kFlattest = 0.85;  // of a character's height

// Ink to black and paper to white, by the crop's own extremes. Tesseract takes a line's contrast from the extremes
// along its middle row: where that crosses few strokes, a grain of paper left in the background would be taken for ink.
void stretch(cv::Mat& line) {
    double low = 0, high = 0;
    cv::minMaxLoc(line, &low, &high);
    if (high - low < 20) return;
    const double white = low + kPaper * (high - low);
    line.convertTo(line, CV_8U, 255 / (white - low), -low * 255 / (white - low));
}

}  // namespace

cv::Mat prepare_line(const cv::Mat& gray, const cv::Rect& box, double char_height, int glyph_px, double width) {
    const int height = std::max(box.height, static_cast<int>(std::lround(kFlattest * char_height)));
    const int top = box.y + (box.height - height) / 2;
    // A pixel of blur belongs to the glyphs.
    const cv::Rect wanted(box.x - 1, top - 1, box.width + 2, height + 2);
    const cv::Rect inside = wanted & cv::Rect({0, 0}, gray.size());
    cv::Mat line;
    cv::copyMakeBorder(gray(inside), line, inside.y - wanted.y, wanted.br().y - inside.br().y, inside.x - wanted.x,
                       wanted.br().x - inside.br().x, cv::BORDER_CONSTANT, cv::Scalar(255));
    stretch(line);
    const double scale = static_cast<double>(glyph_px) / height;
    if (width != 1 || scale < 0.97 || scale > 1.03)
        cv::resize(line, line, {}, std::max(scale * width, 1.0 / line.cols), scale,
                   scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
    const int margin = static_cast<int>(std::lround(kMargin * glyph_px));
    cv::copyMakeBorder(line, line, margin, margin, margin, margin, cv::BORDER_CONSTANT, cv::Scalar(255));
    return line;
}

cv::Mat prepare_lines(const cv::Mat& gray, const std::vector<cv::Rect>& boxes, double char_height, int glyph_px,
                      double width) {
    std::vector<cv::Mat> lines;
    int height = 0;
    for (const cv::Rect& box : boxes) {
        lines.push_back(prepare_line(gray, box, char_height, glyph_px, width));
        height = std::max(height, lines.back().rows);
    }
    for (cv::Mat& line : lines)  // rounding leaves them a pixel apart
        cv::copyMakeBorder(line, line, 0, height - line.rows, 0, 0, cv::BORDER_CONSTANT, cv::Scalar(255));
    cv::Mat joined;
    cv::hconcat(lines, joined);
    return joined;
}

}  // namespace biaod::ocr
