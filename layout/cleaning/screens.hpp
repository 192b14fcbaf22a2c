// The dots by which a printer draws grey areas, as a scan with levels of grey shows them.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// Takes screens of dots out of `gray` (CV_8UC1; one of black and white alone is left as it is, see halftone.hpp): areas
// of more than a line of writing (`char_height`, px), over which hardly anything is even and the level goes up and down
// from point to point more often than in writing. There it becomes that of the paper between the dots, but for what is
// a line over more points than a dot has (the least of the closings by lines of several directions), or darker than
// the dots are, as a decimal point is. Below 140 dpi writing is as fine as a screen: nothing is done.
void erase_screens(cv::Mat& gray, double char_height);

}  // namespace biaod::layout
