// Tables whose outer hairline above or below a scan has lost but for crumbs.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/rulings/rulings.hpp"
#include "layout/sheet_margins.hpp"

namespace biaod::layout {

// Adds the lost horizontal above the first or below the last that was found, and draws the outer verticals out to it.
// It is looked for
// - where verticals inside the table run on beyond, past writing, without a gap: on a row that still holds some ink, or
//   on a scan, where pieces of an outer vertical are left, too, or the row is as high as the next, with none;
// - on a `scanned` table that has no outer verticals there, or pieces of one, beyond a row of one cell: where pieces
//   of a horizontal of no other table lie from side to side, or such ink lies all across it; a few dots are enough
//   where that row is as high as the next.
// A row torn by the end of the page is left open, for nothing is printed where its verticals end: on a scan its outer
// ones are drawn out to there. Verticals that ran on into a heading are cut back. `faint` and `text` are the page's ink
// (CV_8UC1, 255 = ink) with and without its palest parts, `desk` what they show beyond the sheet, px, `char_height` px.
void close_open_ends(std::vector<Ruling>& rulings, const cv::Mat& faint, const cv::Mat& text, const DeskStrips& desk,
                     double char_height, bool scanned);

}  // namespace biaod::layout
