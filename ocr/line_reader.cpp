#include "ocr/line_reader.hpp"

#include "models/text_norm.hpp"
#include "ocr/line_picture.hpp"

namespace biaod::ocr {
namespace {

constexpr double kWeakSymbol = 0.80;  // a line with a weaker symbol is looked at again
constexpr int kOtherScales[] = {31, 46};  // px of glyph height
constexpr double kSureFigure = 0.80;

}  // namespace

LineText LineReader::read_text(const cv::Mat& gray, const cv::Rect& box, double char_height) {
    Reading best = engine_.read_line(prepare_line(gray, box, char_height, kGlyphPixels), LineMode::raw, "");
    for (const int scale : kOtherScales) {
        if (!best.symbols.empty() && best.weakest >= kWeakSymbol) break;
        Reading other = engine_.read_line(prepare_line(gray, box, char_height, scale), LineMode::raw, "");
        if (other.confidence > best.confidence) best = std::move(other);
    }
    return {models::tidy_text(best.text), best.confidence, std::nullopt};
}

LineText LineReader::read_cell_line(const cv::Mat& gray, const cv::Rect& box, double char_height) {
    const bool by_shape = FigureReader::shaped_as_figure(gray, box, char_height);
    if (by_shape) {
        FigureText figure = figures_.read(gray, box, char_height);
        if (!figure.second && figure.confidence >= kSureFigure)
            return {std::move(figure.text), figure.confidence, std::nullopt};
        // 小 and 川 have narrow pieces, too: a sure reading as text of several characters wins over a doubtful figure.
        LineText text = read_text(gray, box, char_height);
        if (!FigureReader::spelled_as_figure(text.text) && text.confidence > 0.95 &&
            models::to_code_points(text.text).size() > 1)
            return text;
        if (!figure.text.empty()) return {std::move(figure.text), figure.confidence, std::move(figure.second)};
        return text;
    }
    LineText text = read_text(gray, box, char_height);
    if (!FigureReader::spelled_as_figure(text.text)) return text;
    FigureText figure = figures_.read(gray, box, char_height);
    if (figure.text.empty()) return text;
    return {std::move(figure.text), figure.confidence, std::move(figure.second)};
}

}  // namespace biaod::ocr
