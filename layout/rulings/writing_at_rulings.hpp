// Writing close to a ruling: what erasing the ruling would take of it, and whether the two are apart.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"

namespace biaod::layout {

// Of what erase_rulings() takes, the points that are of writing beside the ruling and not of the ruling: outside its
// stroke, darker than it is there in most of the stretch around, and at a piece of writing. A mask (CV_8UC1, 255),
// empty where there are none. `gray` shows the page with its rulings (CV_8UC1, 255 = paper), `text` its ink without
// them (CV_8UC1, 255 = ink). `char_height` px.
cv::Mat find_writing_at_rulings(const std::vector<Ruling>& rulings, const cv::Mat& gray, const cv::Mat& text,
                                double char_height);

// Whether the ruling along one side of a cell is seen in `ink` (with the rulings; CV_8UC1, 255 = ink) beside what is
// written in `box`, all the way but for gaps as between dots, and white parts the two in every row: no stroke leads
// over the ruling, and no part of it is taken for writing. `side` is the x of its middle, `thickness` its own, px.
bool is_parted(const cv::Mat& ink, const cv::Rect& box, double side, double thickness);

// The same where blur closed the white: whether in `gray`, from which the rulings are erased, the strokes beside the
// ruling are as dark farther in as where erasing ended, or darker: none of them goes on below it.
bool ends_beside(const cv::Mat& gray, const cv::Mat& ink, const cv::Rect& box, double side, double thickness);

// Whether something stands in such `ink` close beyond that ruling, half as high as the box: the figure may have been
// printed over it.
bool goes_on_beyond(const cv::Mat& ink, const cv::Rect& box, double side, double thickness, double char_height);

}  // namespace biaod::layout
