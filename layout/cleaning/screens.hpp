// The dots by which a printer draws grey areas, as a scan with levels of grey shows them.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// Makes screens of dots in `gray` (CV_8UC1; one of black and white alone is left as it is, see halftone.hpp) an even
// grey of the level that they look like: areas of more than a line of writing (`char_height`, px), over which hardly
// anything is even and the level goes up and down from point to point more often than in writing. What is a line over
// more points than a dot has stays (the least of the closings by lines of several directions), and with it a decimal
// point, which is larger than a dot. Nothing is done below 140 dpi, where writing is as fine as a screen, nor where
// lines keep most of what is dark: that is small print, or dots too coarse to be told from it.
void erase_screens(cv::Mat& gray, double char_height);

}  // namespace biaod::layout
