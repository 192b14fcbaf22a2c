// Reads the lines and figures of a page picture.
#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <vector>

#include "models/record.hpp"
#include "ocr/engine.hpp"
#include "ocr/figure_reader.hpp"
#include "ocr/vocabulary.hpp"

namespace biaod::ocr {

struct LineText {
    std::string text;                   // tidied (models::tidy_reading); empty when nothing was read
    double confidence = 0;              // 0..1
    std::optional<std::string> second;  // of a figure, or a text that may be one: a second reading that differs
    // Of text that read_text() gave: in px of the picture that all `lines` make (prepare_lines with kNarrowGlyphs).
    std::vector<Symbol> symbols = {};
    std::vector<models::DisputedNumber> disputed = {};  // numbers of such a text
};

// How surely a line is read as it stands and turned about; mean confidences.
struct WayUp {
    double as_it_stands = 0, upside_down = 0;
    std::size_t symbols = 0;  // of the line as it stands

    // Whether one of the two is writing and the other is not, and long enough to tell.
    bool is_clear() const;
};

class LineReader {
  public:
    // `engine` and `vocabulary` must outlive the reader. Errors: config, when the data of the second network is not
    // installed.
    static models::Result<std::unique_ptr<LineReader>> create(Engine& engine, const Vocabulary& vocabulary);

    FigureReader& figures() { return *figures_; }

    // A line of a page that may lie upside down. The reading as it stands is kept for read_text().
    WayUp read_both_ways(const cv::Mat& gray, const cv::Rect& line, double char_height);

    // Running text or a label; several lines are read as one. The parts around weak symbols, around such as make no
    // word, and around numbers are compared with what another network reads there; where they differ, a third reading
    // decides, or which of them make words; what still makes none is read once more (see second_look.hpp,
    // line_vote.hpp, words.hpp). What is read as a phrase that cannot be another one is read once.
    LineText read_text(const cv::Mat& gray, const std::vector<cv::Rect>& lines, double char_height);

    // The same of a table's cell, where a number that is in dispute is a doubt of the whole text.
    LineText read_cell_text(const cv::Mat& gray, const std::vector<cv::Rect>& lines, double char_height);

    // Reads a line again that matters more than others: at another scale and in full width, and where that says
    // something else, once more. What two of three say is taken; where all differ, or their digits do, there is a
    // doubt.
    LineText read_carefully(const cv::Mat& gray, const cv::Rect& box, double char_height, const LineText& first);

    // Reads a line again whose text does not fit its width (see length_error). A character that the network made up,
    // for which the line has no room, is taken out; else other scales and the other network are tried. Only where the
    // ink's squares tell that the text is wrong, or characters seem to be missing. `pitch` in px of `gray`. Returns
    // `first` where nothing fits better.
    LineText refit(const cv::Mat& gray, const cv::Rect& box, double char_height, double pitch, const LineText& first);

    // The only line of a table cell: a figure, by its shape or by its reading, or a label. `figure`: what FigureReader
    // reads there, where the line is shaped as a figure. A short text has what it reads as its second reading.
    // `digit_pitch`: as for FigureReader::read.
    LineText read_cell_line(const cv::Mat& gray, const cv::Rect& box, double char_height,
                            std::optional<FigureText> figure, double digit_pitch);

    // Lines that belong together (a label, a heading) and were read as `first`, near to a known phrase: what
    // differs from it is read again with the phrase's characters, by both networks and at other scales. Returns the
    // text that confirms the phrase, else nothing.
    std::optional<LineText> confirm_phrase(const Vocabulary::Candidate& candidate, const cv::Mat& gray,
                                           const std::vector<cv::Rect>& lines, double char_height,
                                           const LineText& first);

  private:
    // The second was trained on other material and fails differently. It is lent for a line: few need it.
    enum class Network { first, second };
    Reading read_by(Network network, const cv::Mat& picture, const std::string& whitelist);

    Reading first_look(const cv::Mat& narrow);
    bool is_odd(const std::vector<Symbol>& symbols, std::size_t at) const;

    LineReader(Engine& engine, const Vocabulary& vocabulary, std::unique_ptr<FigureReader> figures)
        : engine_(engine), vocabulary_(vocabulary), figures_(std::move(figures)) {}

    Engine& engine_;
    const Vocabulary& vocabulary_;
    std::unique_ptr<FigureReader> figures_;
    cv::Mat sample_;  // the last line that was read both ways, and its reading
    Reading sample_reading_;
};

}  // namespace biaod::ocr
