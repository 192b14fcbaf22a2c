// Coloured and grey backgrounds of cells.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// Lifts filled areas to the paper's level, so that the writing and the rulings in them stand on paper: an area that is
// larger both ways than writing is thick, evenly darker than the paper around and lighter than ink, and that begins at
// once, not gradually as a shadow on a `scanned` page does, is stretched so that its own level becomes that of the
// paper around and the page's darkest ink stays as it is. `gray` is CV_8UC1; `char_height` (px) is that of common
// writing. Returns their edges towards paper (CV_8UC1, 255, some px thick), where a hairline is lost: a table's rulings
// run there. Not of what lies around the paper. Empty without fills.
cv::Mat lift_fills(cv::Mat& gray, double char_height, bool scanned);

}  // namespace biaod::layout
