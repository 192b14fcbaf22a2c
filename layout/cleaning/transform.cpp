#include "layout/cleaning/transform.hpp"

#include <algorithm>
#include <cmath>

namespace biaod::layout {

PageTransform::PageTransform(cv::Size delivered, int quarter_turns, cv::Size2d dpi)
    : delivered_(delivered), quarter_turns_(quarter_turns), dpi_(dpi) {}

cv::Point2d PageTransform::to_upright(cv::Point2d clean) const {
    if (map_.empty()) return clean;
    const double gx = std::clamp(clean.x / kStep, 0.0, map_.cols - 1.001);
    const double gy = std::clamp(clean.y / kStep, 0.0, map_.rows - 1.001);
    const int ix = static_cast<int>(gx), iy = static_cast<int>(gy);
    const double fx = gx - ix, fy = gy - iy;
    auto node = [&](int y, int x) { return cv::Point2d(map_.at<cv::Point2f>(y, x)); };
    return (node(iy, ix) * (1 - fx) + node(iy, ix + 1) * fx) * (1 - fy) +
           (node(iy + 1, ix) * (1 - fx) + node(iy + 1, ix + 1) * fx) * fy;
}

cv::Point2d PageTransform::to_delivered(cv::Point2d clean) const {
    const double width = delivered_.width, height = delivered_.height;
    const cv::Point2d u = to_upright(clean);
    cv::Point2d d = u;
    if (quarter_turns_ == 1) d = {u.y, height - u.x};
    if (quarter_turns_ == 2) d = {width - u.x, height - u.y};
    if (quarter_turns_ == 3) d = {width - u.y, u.x};
    return {d.x * 72 / dpi_.width, d.y * 72 / dpi_.height};
}

models::Box PageTransform::to_delivered(const cv::Rect2d& clean) const {
    models::Box box{1e9, 1e9, -1e9, -1e9};
    for (const cv::Point2d& corner :
         {clean.tl(), cv::Point2d(clean.br().x, clean.y), clean.br(), cv::Point2d(clean.x, clean.br().y)}) {
        const cv::Point2d d = to_delivered(corner);
        box = models::around(box, {d.x, d.y, d.x, d.y});
    }
    return box;
}

cv::Rect2d PageTransform::to_clean(const models::Box& b) const {
    const double across = dpi_.width / 72, down = dpi_.height / 72;
    const double width = delivered_.width, height = delivered_.height;
    const double x0 = b.x0 * across, y0 = b.y0 * down, x1 = b.x1 * across, y1 = b.y1 * down;
    switch (quarter_turns_) {
        case 1:
            return {cv::Point2d(height - y1, x0), cv::Point2d(height - y0, x1)};
        case 2:
            return {cv::Point2d(width - x1, height - y1), cv::Point2d(width - x0, height - y0)};
        case 3:
            return {cv::Point2d(y0, width - x1), cv::Point2d(y1, width - x0)};
        default:
            return {cv::Point2d(x0, y0), cv::Point2d(x1, y1)};
    }
}

}  // namespace biaod::layout
