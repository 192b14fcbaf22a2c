// How often each grey level occurs in a picture, and what it is around each place of one.
#pragma once

#include <array>
#include <opencv2/core.hpp>

namespace biaod::layout {

class Levels {
  public:
    // Of a CV_8UC1 picture: every second point of every second row, or every third of every fourth of a large
    // one, which tells as much of a page as all of them.
    explicit Levels(const cv::Mat& gray);

    // Of all points of a CV_8UC1 picture under `mask` (CV_8UC1, 255).
    Levels(const cv::Mat& gray, const cv::Mat& mask);

    // The darkest level with more than a share of the points at or below it; 255 where there is none.
    int quantile(double share) const;

    // That of 0.05 % of the points, or darker: of the darkest ink.
    int darkest() const;

    // The level that parts dark from light best (Otsu 1979): the last one of the dark.
    int otsu() const;

    // Of the points, from level `first` to `last`.
    double share(int first, int last) const;

  private:
    std::array<int, 256> counts_{};
    double all_ = 0;
};

// Whether a picture (CV_8UC1) knows black and white alone; a turned one may have grey edges.
bool is_bilevel(const cv::Mat& gray);

// The mean of `values` (CV_8UC1 or CV_32FC1) around each place, `window` (odd) points across, of those under `mask`
// (CV_8UC1, 255) alone; CV_32FC1, 0 where there are none.
cv::Mat mean_within(const cv::Mat& values, const cv::Mat& mask, int window);

// `gray` (CV_8UC1), and under `without` (CV_8UC1, 255 = what is not paper) the level of the paper beside it, the nearer
// the more; white where there is none. By a pyramid of means, as in the pull-push of Gortler et al. 1996.
cv::Mat paper_across(const cv::Mat& gray, const cv::Mat& without);

}  // namespace biaod::layout
