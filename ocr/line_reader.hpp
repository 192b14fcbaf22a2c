// Reads the lines and figures of a page picture.
#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ocr/engine.hpp"
#include "ocr/figure_reader.hpp"
#include "ocr/vocabulary.hpp"

namespace biaod::ocr {

struct LineText {
    std::string text;                   // tidied (models::tidy_reading); empty when nothing was read
    double confidence = 0;              // 0..1
    std::optional<std::string> second;  // of a figure: a second reading that differs
};

class LineReader {
  public:
    // Both must outlive the reader.
    LineReader(Engine& engine, FigureReader& figures) : engine_(engine), figures_(figures) {}

    // Running text or a label; several lines are read as one. A weak reading is tried again at up to two other scales
    // and the surest is taken.
    LineText read_text(const cv::Mat& gray, const std::vector<cv::Rect>& lines, double char_height);

    // Reads a line again whose text does not fit its width: `error` (see length_error) characters are missing or too
    // many. Other scales are tried and the best fit taken; then a made-up character is taken out where the network
    // squeezed one more in than there is room for. `pitch` in px of `gray`. Returns `first` where nothing fits better.
    LineText refit(const cv::Mat& gray, const cv::Rect& box, double char_height, double pitch, const LineText& first);

    // The only line of a table cell: a figure, by its shape or by its reading, or a label. `figure`: what FigureReader
    // reads there, where the line is shaped as a figure.
    LineText read_cell_line(const cv::Mat& gray, const cv::Rect& box, double char_height,
                            std::optional<FigureText> figure);

    // Lines that belong together (a label, a heading) and were read as `first`: where a known phrase is near, they are
    // read again with the phrase's characters. Returns the text that confirms the phrase, else nothing.
    std::optional<LineText> confirm_phrase(const Vocabulary& vocabulary, const cv::Mat& gray,
                                           const std::vector<cv::Rect>& lines, double char_height,
                                           const std::string& first);

  private:
    Engine& engine_;
    FigureReader& figures_;
};

}  // namespace biaod::ocr
