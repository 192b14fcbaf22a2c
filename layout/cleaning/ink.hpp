// From a page picture to ink: even background, seals taken out, binary masks.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace biaod::layout {

struct Ink {
    cv::Mat gray;   // CV_8UC1, background lifted to 255, red seals faded out
    cv::Mat text;   // CV_8UC1, 255 = ink, threshold for strokes
    cv::Mat faint;  // CV_8UC1, 255 = ink, a more sensitive threshold for hairlines
};

// Luminance; CV_8UC1.
cv::Mat to_gray(const cv::Mat& picture);

// 255 where a CV_8UC3 (BGR) picture is clearly red (seal, letterhead).
cv::Mat red_mask(const cv::Mat& picture);

// The red areas of a scan that are more than a scanner's coloured noise, as a mask, with what is near them and redder
// than the ground, as a seal on a grey fill is; empty when there are none, as in any grey picture.
cv::Mat red_areas(const cv::Mat& picture);

// The red channel of a CV_8UC3 (BGR) picture, in which a red seal is nearly paper; a grey picture as it is.
cv::Mat in_red_light(const cv::Mat& picture);

// The grey picture without the seals and stamps of a mask (see red_areas, gray_seals) but with the black strokes below
// them: on the mask and close to it, what is as light as the seal in red light, beside the ground around, becomes as
// light as that ground. Of a grey seal the level is taken around each point; what is up to a quarter darker goes with
// it.
cv::Mat without_seals(const cv::Mat& picture, const cv::Mat& seals);

// Divides by the background (a blurred local maximum), so that shade and pale paper become white. CV_8UC1 in and out.
cv::Mat even_background(const cv::Mat& gray);

// Whether a cell may hold writing, pale, in pieces or in shadow, beside the lines that were found in it (`known`).
// `inside` lies within the cell's rulings; a speck is no writing.
bool may_hold_writing(const cv::Mat& even_gray, const cv::Rect& inside, double char_height,
                      const std::vector<cv::Rect>& known = {});

// The same of a cell without lines on a page whose back shows through: whether none of what it holds runs on over its
// edges, as writing of the back does.
bool may_hold_writing_of_its_own(const cv::Mat& even_gray, const cv::Rect& inside, double char_height);

// Binarises an evened picture with Otsu's threshold; a page without contrast gives empty masks (all 0).
Ink find_ink(const cv::Mat& even_gray);

}  // namespace biaod::layout
