// A page after reading: its lines and table fragments with their text. Input of the assembly of a whole document.
#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "layout/sheet_margins.hpp"
#include "models/record.hpp"

namespace biaod::layout {

struct ReadLine {
    int page = 0;
    cv::Rect2d at;     // pt on the cleaned page (upright, level): for geometry
    models::Box bbox;  // pt as delivered: for the record
    std::string text;
    double confidence = 0;
    models::TextSource source = models::TextSource::ocr;
    bool red = false;
    bool in_margin = false;  // beside a table on a scan: writing of an open column, or a mark on the paper
    bool on_clip = false;    // where a paper clip lies on a scan, or what shows of it
    std::vector<models::DisputedNumber> disputed = {};  // numbers
};

// A cell on one page; row and column of `cell` count within the fragment, its boxes hold this page's box.
struct FragmentCell {
    models::Cell cell;
    bool last_line_full = false;  // no further character would have fitted behind its last line
    bool faint = false;           // no line was found in it; it is unreadable for a shade that may be writing
};

// How surely a cell or a running header that this line is made a part of is read: a number in dispute is a doubt of
// the whole, and no item of its own.
double confidence_of_whole(const ReadLine& line);

// Hands a line's numbers in dispute to the block that it becomes a part of; the block's confidence must be set.
void doubt_numbers(models::Block& block, const ReadLine& line);

struct TableFragment {
    int page = 0;
    cv::Rect2d at;                  // pt on the cleaned page
    std::vector<double> col_edges;  // pt on the cleaned page
    int rows = 0;
    double char_height = 0;  // pt
    bool open_top = false, open_bottom = false;
    std::vector<FragmentCell> cells;
};

struct PageText {
    int page = 0;
    double width = 0, height = 0;       // pt, upright
    std::vector<ReadLine> lines;        // outside tables, in reading order
    std::vector<TableFragment> tables;  // top to bottom
    DeskStrips desk = {};               // pt
};

}  // namespace biaod::layout
