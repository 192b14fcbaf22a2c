// Reads figures twice, by means that fail differently: the Chinese network and the English one, which knows no Chinese
// character to confuse a digit with.
//
// The figures of a table are read many in a row (between_zeros.hpp); what the two networks do not read alike, or not as
// surely as they should, is read again by itself.
#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <vector>

#include "models/error.hpp"
#include "ocr/engine.hpp"
#include "ocr/figure_ink.hpp"

namespace biaod::ocr {

class FigureReader {
  public:
    // `chinese` must outlive the reader. Errors: config, when the English data is not installed.
    static models::Result<std::unique_ptr<FigureReader>> create(Engine& chinese);

    // One FigureText for each box of `gray`. Of short figures that look the same one is read for all,
    // of many two (see glyph_likeness.hpp). `digit_pitch` in px (see digit_pitch.hpp); 0: what these figures tell.
    std::vector<FigureText> read(const cv::Mat& gray, const std::vector<cv::Rect>& boxes, double char_height,
                                 double digit_pitch = 0);

    struct Shaped {
        std::vector<std::optional<FigureText>> figures;  // by box; nothing where the ink is not shaped as a figure
        double digit_pitch = 0;                          // px; what they tell, for others of the same table; or 0
    };
    Shaped read_shaped(const cv::Mat& gray, const std::vector<cv::Rect>& boxes, double char_height);

    // Whether a text is spelled as a figure (models/number.hpp), a backslash, or digits among other marks and letters:
    // a figure that was read in part.
    static bool may_be_figure(const std::string& text);

    // Whether a text that is no figure is what may be read of one: few characters or some digits, and at most one of
    // them Chinese.
    static bool may_misread_figure(const std::string& text);

  private:
    // `pitch`: 0 is replaced by what the figures tell.
    std::vector<FigureText> read_measured(const cv::Mat& gray, const std::vector<cv::Rect>& boxes, double char_height,
                                          double& pitch);
    explicit FigureReader(Engine& chinese) : chinese_(chinese) {}

    std::vector<FigureText> read_alike_once(const cv::Mat& gray, const std::vector<cv::Rect>& boxes, double char_height,
                                            double& pitch);
    std::vector<FigureText> read_row(Engine& english_network, const std::vector<cv::Mat>& pictures);
    std::optional<FigureText> read_parted(Engine& english, const cv::Mat& gray, const cv::Rect& box, double char_height,
                                          double pitch, const std::vector<Reading>& before);
    FigureText vote(const cv::Mat& gray, const cv::Rect& box, double char_height, double pitch);
    void look_closer(FigureText& figure, const cv::Mat& gray, const cv::Rect& box, double char_height);

    Engine& chinese_;
};

}  // namespace biaod::ocr
