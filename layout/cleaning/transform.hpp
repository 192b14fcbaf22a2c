// From the cleaned page (upright, deskewed, flattened) back to the page as delivered.
#pragma once

#include <opencv2/core.hpp>

#include "models/record.hpp"

namespace biaod::layout {

class PageTransform {
  public:
    PageTransform() = default;

    // `delivered` px size, `quarter_turns` clockwise that made it upright, `dpi` of the picture across and down.
    PageTransform(cv::Size delivered, int quarter_turns, cv::Size2d dpi);

    // Coarse map from the cleaned page to the upright page: CV_32FC2, a node every kStep px. Without it the two are
    // the same.
    void set_map(cv::Mat coarse_clean_to_upright) { map_ = std::move(coarse_clean_to_upright); }

    // Bounding box, in pt as delivered, of a rectangle of the cleaned page.
    models::Box to_delivered(const cv::Rect2d& clean) const;

    // A point of the cleaned page, px, in pt as delivered.
    cv::Point2d to_delivered(cv::Point2d clean) const;

    // The rectangle of the cleaned page for a box of the delivered page; exact only without a map.
    cv::Rect2d to_clean(const models::Box& delivered) const;

    static constexpr int kStep = 32;

  private:
    cv::Point2d to_upright(cv::Point2d clean) const;

    cv::Size delivered_;
    int quarter_turns_ = 0;
    cv::Size2d dpi_{72, 72};
    cv::Mat map_;
};

}  // namespace biaod::layout
