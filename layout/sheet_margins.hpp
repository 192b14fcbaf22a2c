// Where on a picture the sheet of paper lies, and where on that page numbers stand.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// How far a desk, or a scanner's black, reaches into a picture from above and from below, in its unit of length.
struct DeskStrips {
    double above = 0, below = 0;
};

// Whether `y`, in a picture of that height, lies in the outer 12 % of the sheet, where page numbers and running headers
// stand.
bool in_outer_part(double y, double height, const DeskStrips& desk);

// Whether it lies in the outermost 8 %.
bool in_margin_of_sheet(double y, double height, const DeskStrips& desk);

// Whether it lies in the outermost 2.5 %, where no printer prints but a fax does.
bool at_edge_of_sheet(double y, double height, const DeskStrips& desk);

// The widest page number, in character heights.
inline constexpr double kWidestPageNumber = 6;

// How many px of `text` (CV_8UC1, 255 = ink, of a whole page) are writing in the part `where`, but for a page's number:
// what is narrow in the outer part, and all in the outermost 8 % of the sheet. `unit`: a character's height, px.
int writing_in(const cv::Mat& text, const cv::Rect& where, const DeskStrips& desk, double unit);

}  // namespace biaod::layout
