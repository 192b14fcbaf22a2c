// What a scan shows beside the writing: specks, pieces of the fold between two pages, and holes, staples and shadows in
// the margins.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/page_layout.hpp"

namespace biaod::layout {

// Takes such marks, what fading left of a seal, and wires of clips, out of the page's lines. A line beside the
// first table that is as high as writing stays, marked as in the margin. `gray_seals`: the strokes of the page's seals
// are those of grey ones, which hold nothing that is printed below them. `clips`: where paper clips lie, px; lines
// there are marked.
void drop_marks_of_paper(PageLayout& page, bool gray_seals, const std::vector<cv::Rect>& clips);

}  // namespace biaod::layout
