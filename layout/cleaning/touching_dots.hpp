// Areas of so many dots that they touch each other, and so does the white between them: a fax of a dark fill.
#pragma once

#include <opencv2/core.hpp>

namespace biaod::layout {

// In all of these `ink` is CV_8UC1, 255 = ink, and `char_height` px.

inline constexpr double kTouchingShare = 0.36;  // of an area's points are such dots, at least

// The squares (CV_8UC1, 255; `square` px wide, so many as cover the ink) about which there are such dots: many points
// are inked, and more neighbouring points differ, to the side and downwards, than in writing. None below 140 dpi, where
// fine print is as dense.
cv::Mat squares_of_touching_dots(const cv::Mat& ink, cv::Size squares, int square, double char_height);

// What share of the `area` (CV_8UC1, 255) dots and thin strokes cover, beside thick strokes of writing; 0..1, 0 of
// none.
double share_of_dots(const cv::Mat& ink, const cv::Mat& area);

// Where such dots are (CV_8UC1, 255), with the writing among them.
cv::Mat reach_of_touching_dots(const cv::Mat& ink, double char_height);

// The strokes (CV_8UC1, 255) among such dots, which cover a `share` of the points: straight lines on which more is
// inked than by chance (a matched filter), and rulings.
cv::Mat strokes_among_touching_dots(const cv::Mat& ink, double share, double char_height);

}  // namespace biaod::layout
