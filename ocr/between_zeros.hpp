// A network is unsure of a lone figure: without context a 1 is read as 下 and a 7 as nothing. Between zeros that are
// drawn on either side of it, it reads the same figure with certainty.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "ocr/engine.hpp"

namespace biaod::ocr {

// Reads `figures`, prepared lines (line_picture.hpp), in one row with a drawn zero between each two. A figure's reading
// is empty unless the zeros on either side of it come back as they were drawn; it has no spaces, ",." in it is the
// comma that is read so, and no mark stands before a first digit but one that is in the picture. `characters`: that may
// be read.
std::vector<Reading> read_between_zeros(Engine& engine, const std::vector<cv::Mat>& figures, const char* characters);

}  // namespace biaod::ocr
