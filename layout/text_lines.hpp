// Lines of writing inside a region of a cleaned page.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/page_layout.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {

// The connected pieces of ink of a page, found once and used for measuring and for cleaning.
class InkPieces {
  public:
    explicit InkPieces(const cv::Mat& ink);

    // Height of the characters inside `region`, px; `dpi` gives the range of what a character can be (5 to 30 pt). 0
    // when there are too few pieces to measure. Frames, as the cells of a table with double rulings are, do not count.
    double char_height(double dpi, const cv::Rect& region) const;

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

// Tight boxes of the lines in `region` of `ink` (255 = ink), top to bottom, and left to right where a line is parted by
// a gap wider than 4 characters; one side of it may hold more lines than the other. Strokes of one character that a gap
// parts (二, 三) stay together; specks below 0.18 of `char_height` are ignored.
std::vector<cv::Rect> find_text_lines(const cv::Mat& ink, const cv::Rect& region, double char_height);

// The box of a line in `region` of the cleaned picture `gray` (CV_8UC1), widened by paler strokes: close to its left
// and right, as high as it is, a thin minus, or the slant of a 4 that its ink lacks; above and below, joined to it, the
// ends of a thin 0 of which the ink is the sides.
cv::Rect with_pale_strokes(const cv::Mat& gray, const cv::Rect& line, const cv::Rect& region, double char_height);

// The same widened by strokes that are paler still, but joined to it at its left or right: on a pale copy, the slant of
// a 4. In `gray` nothing may be left of a seal.
cv::Rect with_pale_ends(const cv::Mat& gray, const cv::Rect& line, const cv::Rect& region, double char_height);

// Whether the last of a cell's lines leaves no room for a further character, or all stand one character below the
// other; all in the same unit.
bool fill_cell(const std::vector<double>& line_widths, double cell_width, double char_height);

// Orders lines top to bottom; those that share more than half of their height stand side by side, left to right.
void sort_reading_order(std::vector<TextLine>& lines);

}  // namespace biaod::layout
