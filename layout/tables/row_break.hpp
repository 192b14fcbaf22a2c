// What a page break did to the rows of a table: it fell between two rows, or through one.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "layout/page_text.hpp"

namespace biaod::layout {

// Labels that known forms print, as models::label_key() has them.
using KnownLabels = std::set<std::u32string>;

struct RowBreak {
    bool cut_row = false;       // the lower fragment's first row is the rest of the upper's last row
    std::vector<int> upper_of;  // for each lower cell: index of the upper cell that it continues, -1 for none
};

// A figure or a dash: what stands in a value cell. A blank cell is neither figure nor label.
bool is_figure(const FragmentCell& cell);

// Whether `lower` is a label that begins with a number whose bracket stayed above a page break, "七）总计", and `upper`
// is that bracket: a lone mark, read as such, as the 0 or C that it looks like, or as any other with doubt.
bool is_lone_bracket(const FragmentCell& upper, const FragmentCell& lower);

// Whether `lower` is the bracket that ends `upper`: a lone mark, read with doubt, below a bracket that is not closed.
bool closes_bracket(const FragmentCell& upper, const FragmentCell& lower);

// `upper` holds a table of `upper_rows` rows, `lower` the cells that follow, both in the same columns.
//
// A row was cut when each of its cells can go on: no cell has text on both sides of the break but those whose last line
// is full, or whose brackets are not closed, and whose rest does not start with a number of its own; a figure of three
// digits may go on in one that stands alone, the number of a label in the rest before blanks, read or not where that
// begins with the mark behind it, and a cell in blanks that it covers. Where a known label beside figures was torn, its
// row was, whatever else is read in it. Otherwise only cells that span rows can be torn: a label above a blank, or a
// label whose text goes on; the last may be but a mark, alone and read with doubt, or any mark before several known
// labels of a header. Two texts that are one of `known` together (or but for one character of five or more), and none
// of them apart, are one label that was torn; a third of what is written, two in the row or three in all, tell of the
// whole row, and one of two where it holds labels alone.
RowBreak judge_row_break(const std::vector<FragmentCell>& upper, int upper_rows, const std::vector<FragmentCell>& lower,
                         const KnownLabels& known = {});

}  // namespace biaod::layout
