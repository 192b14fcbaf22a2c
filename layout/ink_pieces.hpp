// The connected pieces of ink of a page: how high its characters are, and what of it is no writing, or nothing else.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/runs.hpp"

namespace biaod::layout {

// The connected pieces of ink of a page, found once and used for measuring and for cleaning.
class InkPieces {
  public:
    explicit InkPieces(const cv::Mat& ink);

    // Height of the characters inside `region`, px; `dpi` gives the range of what a character can be (5 to 30 pt). 0
    // when there are too few pieces to measure. Frames, as the cells of a table with double rulings are, do not count.
    double char_height(double dpi, const cv::Rect& region) const;

    // Whether hardly anything about as high as `char_height` inside `region` is wider than a digit: it was measured
    // from digits, and Chinese characters, where there are any, are higher.
    bool are_digits(const cv::Rect& region, double char_height) const;

    // Takes out of `ink` (that the pieces were found in, or a part of it) what is not writing: specks below 0.07 of
    // `char_height`, or below 0.22 of it and away from any character, and what hangs on the picture's edge (a scanner's
    // black border).
    void erase_noise(cv::Mat& ink, double char_height) const;

    // `ink` without the pieces that are as small as characters and not as thin as a piece of a ruling, or of bold
    // headings: characters of larger type that touch.
    cv::Mat without_writing(const cv::Mat& ink, double char_height) const;

    const Pieces& pieces() const { return pieces_; }

  private:
    template <typename Keep>
    void keep_pieces(cv::Mat& ink, Keep keep) const;
    cv::Mat around_characters(cv::Size size, double char_height) const;

    Runs runs_;
    Pieces pieces_;
    std::vector<bool> frames_;  // of the pieces
};

}  // namespace biaod::layout
