// How often each grey level occurs in a picture.
#pragma once

#include <array>
#include <opencv2/core.hpp>

namespace biaod::layout {

class Levels {
  public:
    // Of a CV_8UC1 picture: every second point of every second row, or every fourth of a large one, which tells as
    // much of a page as all of them.
    explicit Levels(const cv::Mat& gray);

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

}  // namespace biaod::layout
