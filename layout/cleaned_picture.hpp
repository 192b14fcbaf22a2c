// The picture of a page, made upright, clean and level, before anything is looked for on it.
#pragma once

#include <opencv2/core.hpp>

#include "layout/cleaning/halftone.hpp"
#include "layout/cleaning/transform.hpp"
#include "layout/files/document.hpp"
#include "layout/sheet_margins.hpp"

namespace biaod::layout {

// The usual height of the characters in tables (五号), px.
double usual_char_height(double dpi);

// Pictures of one size, level. But for the first and the last, 255 is what each is of.
struct CleanedPicture {
    cv::Mat gray;        // CV_8UC1: paper, fills, borders and seals are white, as is what lay beyond the picture's edge
    cv::Mat fill_edges;  // CV_8UC1; empty where no fill or halftone is
    Halftones halftones;     // its edges are in `fill_edges`; empty where there are none
    cv::Mat seals;           // CV_8UC1, strokes of seals, below which print may be lost; empty without any
    cv::Mat streaks;         // CV_8UC1, the same of a scanner's black streaks, and of black areas
    bool watermark = false;  // letters below the print became paper
    cv::Mat coloured;        // CV_8UC3, nothing cleaned; empty where nothing is red
    int rotation = 0;        // clockwise degrees that made it upright
    double skew_deg = 0;
    PageTransform transform;
    DeskStrips desk;  // px
};

// Takes the picture out of `content`. `quarter_turns` clockwise are applied first; -1: as the page tells. Of a digital
// page nothing but the fills is taken out.
CleanedPicture clean_picture(PageContent& content, int quarter_turns);

}  // namespace biaod::layout
