// Tables whose outer hairline above or below a scan has lost but for crumbs.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings.hpp"

namespace biaod::layout {

// Adds the lost horizontal above the first or below the last that was found, and draws the outer verticals out to it:
// where verticals inside the table run on beyond, past writing, and end on a row that still holds some ink; or, where
// a `scanned` table has no outer verticals, where such ink lies all across it beyond the writing of one cell. A row
// torn by the end of the page is left open, for nothing is printed where its verticals end: on a scan its outer ones
// are drawn out to there. `faint` and `text` are the page's ink (CV_8UC1, 255 = ink) with and without its palest parts,
// `char_height` px.
void close_open_ends(std::vector<Ruling>& rulings, const cv::Mat& faint, const cv::Mat& text, double char_height,
                     bool scanned);

}  // namespace biaod::layout
