// What a picture shows around the paper: the black that a scanner with an open lid leaves, the desk of a photograph.
#pragma once

#include <opencv2/core.hpp>

#include "layout/sheet_margins.hpp"

namespace biaod::layout {

// Makes the border of `gray` (CV_8UC1) as light as the paper nearest to it, so that none is seen as an edge: white
// would make a photographed page in a dim light a fill. The border is what lies beyond a sheet's straight edges (see
// beyond_sheet()), where hardly anything is darker than what is around, as writing is, and most is nearer to the desk's
// level than to the sheet's. It is also what is black, or three quarters as light as the paper, without writing and
// with a sharp end towards it; thicker than half of `char_height` (px) and along an edge of the picture over a tenth of
// its shorter side. It goes on beyond the picture, so what lies right at the edge is thick enough. Rulings stay, except
// a thick one that is the picture's outermost rows. Returns how far the border reaches in above and below the middle of
// the sheet, px.
DeskStrips erase_border(cv::Mat& gray, double char_height);

}  // namespace biaod::layout
