// The pieces of a figure's ink that columns of paper part, and what they say of its digits.
#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace biaod::ocr {

// How dark is ink in a part of a picture (CV_8UC1): at `share` of the way from its darkest to white paper.
constexpr double kInkLevel = 0.6;
double ink_level(const cv::Mat& part, double share = kInkLevel);

// The tight boxes of the ink between columns of paper, left to right. `box` and they are px of `gray`, CV_8UC1.
std::vector<cv::Rect> pieces_between_paper(const cv::Mat& gray, const cv::Rect& box);

// Whether the ink may be so many digits. Digits of a figure are set on one pitch: where pieces as tall as digits stand
// apart at even distances, each is one. True where they do not, or are of other heights, as points and signs are.
bool pieces_may_hold(std::size_t digits, const cv::Mat& gray, const cv::Rect& box);

// Whether a piece of the ink, with paper on either side, ends above the middle of the digits: a stroke that hangs in
// from elsewhere, or a digit that lost its lower half.
bool has_hanging_stroke(const cv::Mat& gray, const cv::Rect& box);

// Whether paper runs across all of the ink, with ink above and below, as a white streak of the scanner or a fold does:
// of a digit may be left what another one is.
bool is_parted_across(const cv::Mat& gray, const cv::Rect& box);

// Whether the ink closes both loops of each 8 of `figure`, which networks make of a condensed 6: with thin ends that
// are pale, or without the blur that fills a loop. Where pieces are not digits one by one, all loops are counted, and
// those of its 0, 6 and 9, too. True without an 8.
bool closes_eights(const std::string& figure, const cv::Mat& gray, const cv::Rect& box);

}  // namespace biaod::ocr
