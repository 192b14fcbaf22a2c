// Which rows and columns of a mask hold ink, and how much. The masks are CV_8UC1, 0 or 255, and may be empty, as what
// is returned is then.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// 255 where the row holds ink; CV_8UC1, one column.
cv::Mat inked_rows(const cv::Mat& ink);

// 255 where the column holds ink; CV_8UC1, one row.
cv::Mat inked_columns(const cv::Mat& ink);

// The darkest point of each column of a picture (CV_8UC1); one row.
cv::Mat darkest_of_columns(const cv::Mat& gray);

// How many points of each row are ink; CV_32SC1, one column.
cv::Mat row_profile(const cv::Mat& ink);

// How many points of each column are ink; CV_32SC1, one row.
cv::Mat column_profile(const cv::Mat& ink);

}  // namespace biaod::layout
