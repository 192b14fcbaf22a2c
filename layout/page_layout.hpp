// What stands where on one page: cleaned picture, rulings, tables with the lines in their cells, lines outside tables.
#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "layout/cleaning/transform.hpp"
#include "layout/files/document.hpp"
#include "layout/sheet_margins.hpp"
#include "layout/tables/grid.hpp"

namespace biaod::layout {

struct TextLine {
    cv::Rect box;            // tight, px of the cleaned page
    std::string layer_text;  // what the PDF's text layer says here; empty: the line must be read from the picture
    bool red = false;        // printed in red (a letterhead): to be read from PageLayout::red_gray
    std::string font;        // of the layer's first word
    bool in_margin = false;  // beside a table, where only a column that is open outside goes on
    bool on_clip = false;    // where a paper clip lies, or of it
    bool ticked = false;     // a pen drew a tick beside it, which the box leaves out
    // Of one alone in its cell.
    bool parted = false;   // it ends before the rulings at the cell's sides
    bool goes_on = false;  // it may, beyond one of these

    bool from_layer() const { return !layer_text.empty(); }
};

// Which sides of a table are the sheet's edge, with no ruling.
struct CutSides {
    bool left = false, right = false;
};

struct TableLayout {
    Grid grid;
    double char_height = 0;                         // px, of the writing in this table
    std::vector<std::vector<TextLine>> cell_lines;  // parallel to grid.cells; top to bottom
    CutSides cut;

    // Whether the sheet's edge may have cut off what a cell holds.
    bool is_cut(const GridCell& cell) const {
        return (cut.left && cell.col == 0) || (cut.right && cell.col + cell.col_span == grid.cols());
    }
};

struct PageLayout {
    int number = 0;
    double width_pt = 0, height_pt = 0;  // as delivered
    double dpi = 0;
    double skew_deg = 0;
    int rotation = 0;  // clockwise degrees that made the page upright
    bool scanned = false;
    double char_height = 0;  // px; 0 on a blank page
    cv::Mat gray;            // CV_8UC1, cleaned, rulings erased: what lines are read from
    cv::Mat red_gray;        // the same with red writing kept; empty when there is none
    cv::Mat with_back;       // CV_8UC1, with rulings and what shows through from the back; empty where nothing does
    cv::Mat seals;           // CV_8UC1, 255 = strokes of seals, cleaned page; empty when there are none
    cv::Mat streaks;         // CV_8UC1, the same of a scanner's black streaks, and of black areas
    cv::Mat by_red;          // CV_8UC1, as `gray`, from the red light alone, in which a red seal is nearly paper; empty
                             // where no red seal is
    bool watermark = false;  // letters below the print became paper
    cv::Mat text_ink;        // CV_8UC1, 255 = writing (no rulings, no specks)
    std::vector<Ruling> rulings;
    std::vector<TableLayout> tables;  // top to bottom
    std::vector<TextLine> lines;      // outside tables, top to bottom
    PageTransform transform;
    DeskStrips desk;  // px

    // Whether more than a share of `box` (px) lies below a seal, or a streak, or either, where print may be lost.
    bool has_seal(const cv::Rect& box, double share = 0) const;
    bool has_streak(const cv::Rect& box, double share = 0) const;
    bool may_lack_print(const cv::Rect& box, double share = 0) const;
};

// `quarter_turns` clockwise are applied first; -1 lets the page tell (sideways writing is turned to the left; that it
// may stand on its head only reading can tell). The picture of a `content` that is moved here is let go early where
// nothing on it is red.
PageLayout analyse_page(PageContent content, int number, int quarter_turns);

}  // namespace biaod::layout
