// The rulings of a page, and the grids that they form.
#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <vector>

#include "layout/cleaned_picture.hpp"
#include "layout/cleaning/ink.hpp"
#include "layout/files/document.hpp"
#include "layout/ink_pieces.hpp"
#include "layout/rulings/rulings.hpp"
#include "layout/tables/grid.hpp"

namespace biaod::layout {

struct RuledPage {
    Ink ink;            // `faint` with what is left of rulings drawn through
    InkPieces pieces;   // of ink.faint
    cv::Mat with_back;  // CV_8UC1, the picture with what shows through from the back; empty where nothing does
    std::vector<cv::Rect> clips;  // of paper, on the sheet's edges
    double char_height = 0;       // px, as measured; the usual one where nothing tells
    double unit = 0;  // px, the same, at most the usual one, or that of a table set much smaller on a broad sheet
    std::vector<Ruling> rulings;  // of the grids, and long ones outside
    std::vector<Grid> grids;
};

// Takes what shows through from the back out of `picture`. Of `content` it uses all but the picture.
RuledPage find_page_rulings(CleanedPicture& picture, const PageContent& content);

}  // namespace biaod::layout
