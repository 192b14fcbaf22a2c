// Coloured and grey backgrounds of cells.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// Lifts filled areas to white, so that the writing and the rulings in them stand on paper: an area that is larger both
// ways than writing is thick, evenly darker than the paper around and lighter than ink, is stretched so that its own
// level becomes white and the page's darkest ink stays as it is. `gray` is CV_8UC1; `char_height` (px) is that of common
// writing.
void lift_fills(cv::Mat& gray, double char_height);

}  // namespace biaod::layout
