#include "layout/cleaning/black_areas.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "layout/cleaning/blocks.hpp"
#include "layout/cleaning/levels.hpp"
#include "layout/kernel.hpp"

namespace biaod::layout {
namespace {

constexpr int kCoarse = 4;         // areas are looked for in a picture so many times smaller
constexpr double kDark = 0.2;      // of the step from the darkest ink to paper,
constexpr double kBlack = 0.1;     // and on the whole: on a dark fill ink can be seen
constexpr double kThickest = 0.8;  // character heights; rulings and strokes of titles are thinner
constexpr double kLong = 4;        // character heights; a seal's star is not as long
constexpr double kStroke = 0.2;    // character heights, of white writing and specks
constexpr double kOblong = 0.85;   // of the least upright or leaning box around it
constexpr double kAround = 0.5;    // character heights

using Contour = std::vector<cv::Point>;

// What is dark over squares of `side` px, but for light points and strokes of up to `hole` px.
std::vector<Contour> dark_areas(const cv::Mat& dark, int side, int hole) {
    cv::Mat thick;
    cv::morphologyEx(dark, thick, cv::MORPH_CLOSE, box_kernel(hole));
    cv::morphologyEx(thick, thick, cv::MORPH_OPEN, box_kernel(side));
    std::vector<Contour> contours;
    cv::findContours(thick, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
    return contours;
}

bool is_cell(const Contour& contour, double char_height) {
    const cv::Size2f box = cv::minAreaRect(contour).size;
    return std::max(box.width, box.height) > kLong * char_height &&
           cv::contourArea(contour) > kOblong * static_cast<double>(box.area());
}

}  // namespace

cv::Mat turn_black_areas(cv::Mat& gray, double char_height) {
    const int side = odd(kThickest * char_height), coarse_side = side / kCoarse;
    if (coarse_side < 2 || std::min(gray.rows, gray.cols) < 2 * side) return {};
    const Levels levels(gray);
    const int ink = levels.darkest(), paper = levels.quantile(0.5);
    const double dark = ink + kDark * (paper - ink);
    const cv::Mat coarse = means_of_blocks(gray, {kCoarse, kCoarse});
    const int around = cvRound(kAround * char_height);
    const cv::Rect page({0, 0}, gray.size());
    cv::Mat found;
    for (const Contour& rough : dark_areas(coarse < dark, coarse_side, 3)) {
        const cv::Rect box = cv::boundingRect(rough);
        const cv::Rect place(cv::Point(kCoarse * box.x - around, kCoarse * box.y - around),
                             cv::Point(kCoarse * box.br().x + around, kCoarse * box.br().y + around));
        if (!is_cell(rough, char_height / kCoarse) || (place & page) != place) continue;
        cv::Mat part = gray(place), area = cv::Mat::zeros(place.size(), CV_8UC1);
        std::vector<Contour> exact = dark_areas(part < dark, side, odd(kStroke * char_height));
        std::erase_if(exact, [&](const Contour& contour) { return !is_cell(contour, char_height); });
        cv::drawContours(area, exact, -1, 255, cv::FILLED);
        if (Levels(part, area).quantile(0.5) > ink + kBlack * (paper - ink)) continue;
        cv::subtract(cv::Scalar(ink + paper), part, part, area);
        if (found.empty()) found = cv::Mat::zeros(gray.size(), CV_8UC1);
        found(place) |= area;
    }
    return found;
}

}  // namespace biaod::layout
