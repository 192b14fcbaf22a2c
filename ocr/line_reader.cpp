#include "ocr/line_reader.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include "models/text_norm.hpp"
#include "ocr/line_length.hpp"
#include "ocr/line_picture.hpp"

namespace biaod::ocr {
namespace {

constexpr double kWeakSymbol = 0.80;      // a line with a weaker symbol is looked at again
constexpr int kOtherScales[] = {31, 46};  // px of glyph height
constexpr double kSureFigure = 0.80;
constexpr double kSureText = 0.9;
constexpr double kSureLoneCharacter = 0.97;
constexpr double kSureAgainstText = 0.95;
constexpr double kWidestLoneDigit = 0.7;  // of the character's height
constexpr int kRefitScales[] = {31, 42, 34, 46};
constexpr double kMisfit = 0.6;     // characters; a text further off its line's width is wrong
constexpr double kSqueezed = 1.45;  // pitches from the character before to the one after; 2 where there is room
constexpr int kPhraseScales[] = {38, 31, 46};
constexpr double kSeen = 0.15;     // a phrase's least sure character must be seen this surely
constexpr double kMadeUp = 0.975;  // a character that is not there is less sure than this

bool is_lone_character(const std::string& text) {
    const std::u32string points = models::to_code_points(text);
    return points.size() == 1 && models::is_han(points[0]);
}

LineText from_figure(FigureText figure) {
    return {std::move(figure.text), figure.confidence, std::move(figure.second)};
}

// Takes out the character that the line has no room for, if one is clearly squeezed in. `pitch` in px of the reading.
bool drop_squeezed(Reading& reading, double pitch) {
    auto& symbols = reading.symbols;
    auto middle = [&](std::size_t i) { return (symbols[i].left + symbols[i].right) / 2.0; };
    std::size_t worst = 0;
    double least = kSqueezed * pitch;
    for (std::size_t i = 1; i + 1 < symbols.size(); ++i) {
        const bool han = models::is_han(models::to_code_points(symbols[i].text).front());
        const double room = middle(i + 1) - middle(i - 1);
        if (!han || symbols[i].confidence > kMadeUp || room > least) continue;
        least = room;
        worst = i;
    }
    if (worst == 0) return false;
    symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(worst));
    reading.text.clear();
    for (const Symbol& symbol : symbols) reading.text += symbol.text;
    return true;
}

}  // namespace

LineText LineReader::read_text(const cv::Mat& gray, const std::vector<cv::Rect>& lines, double char_height) {
    Reading best = engine_.read_line(prepare_lines(gray, lines, char_height, kGlyphPixels), LineMode::raw, "");
    for (const int scale : kOtherScales) {
        if (!best.symbols.empty() && best.weakest >= kWeakSymbol) break;
        Reading other = engine_.read_line(prepare_lines(gray, lines, char_height, scale), LineMode::raw, "");
        if (other.confidence > best.confidence) best = std::move(other);
    }
    return {models::tidy_reading(best.text), best.confidence, std::nullopt};
}

LineText LineReader::refit(const cv::Mat& gray, const cv::Rect& box, double char_height, double pitch,
                           const LineText& first) {
    auto misfit = [&](const std::string& text) {
        return std::abs(
            length_error({static_cast<double>(box.width), static_cast<double>(box.height), set_width(text)}, pitch));
    };
    LineText best = first;
    double best_misfit = misfit(first.text);
    std::vector<std::pair<Reading, double>> readings;  // with px of the picture per px of the page
    for (const int scale : kRefitScales) {
        if (best_misfit < kMisfit) break;
        const cv::Mat picture = prepare_line(gray, box, char_height, scale);
        Reading reading = engine_.read_line(picture, LineMode::raw, "");
        const std::string text = models::tidy_reading(reading.text);
        if (misfit(text) + 0.4 < best_misfit && reading.confidence > first.confidence - 0.05) {
            best = {text, reading.confidence, std::nullopt};
            best_misfit = misfit(text);
        }
        readings.emplace_back(std::move(reading), static_cast<double>(picture.cols) / (box.width + 0.32 * box.height));
        if (text == first.text) break;  // it is the line that is set wider or closer than others
    }
    for (auto& [reading, scale] : readings) {
        if (best_misfit < kMisfit) break;
        if (!drop_squeezed(reading, pitch * scale)) continue;
        const std::string text = models::tidy_reading(reading.text);
        if (misfit(text) + 0.4 >= best_misfit) continue;
        best = {text, reading.confidence, std::nullopt};
        best_misfit = misfit(text);
    }
    return best;
}

LineText LineReader::read_cell_line(const cv::Mat& gray, const cv::Rect& box, double char_height,
                                    std::optional<FigureText> shaped) {
    if (shaped) {
        if (!shaped->second && shaped->confidence >= kSureFigure) return from_figure(std::move(*shaped));
        // Some characters have narrow pieces, too: a sure reading as text wins over a doubtful figure, where the ink is
        // wide enough for a Chinese character.
        LineText text = read_text(gray, {box}, char_height);
        const bool sure_text = !FigureReader::may_be_figure(text.text) && box.width > kWidestLoneDigit * char_height &&
                               text.confidence > (is_lone_character(text.text) ? kSureLoneCharacter : kSureText);
        return sure_text || shaped->text.empty() ? text : from_figure(std::move(*shaped));
    }
    LineText text = read_text(gray, {box}, char_height);
    const bool lone = is_lone_character(text.text) && text.confidence < kSureLoneCharacter;
    if (!lone && !FigureReader::may_be_figure(text.text)) return text;
    FigureText figure = figures_.read(gray, {box}, char_height).front();
    if (lone) {
        // Digits that touch are taken for a character. Both readings go on: a person must look.
        if (figure.second || !figure.covers_ink || figure.confidence < kSureAgainstText) return text;
        figure.second = text.text;
        return from_figure(std::move(figure));
    }
    const bool figure_holds = FigureReader::spelled_as_figure(text.text) || figure.covers_ink;
    return figure.text.empty() || !figure_holds ? text : from_figure(std::move(figure));
}

std::optional<LineText> LineReader::confirm_phrase(const Vocabulary& vocabulary, const cv::Mat& gray,
                                                   const std::vector<cv::Rect>& lines, double char_height,
                                                   const std::string& first) {
    const auto candidate = vocabulary.near(first);
    if (!candidate) return std::nullopt;
    for (const int scale : kPhraseScales) {
        const Reading reading =
            engine_.read_line(prepare_lines(gray, lines, char_height, scale), LineMode::raw, candidate->characters);
        std::string text = models::tidy_reading(reading.text);
        if (reading.weakest >= kSeen && Vocabulary::confirms(*candidate, first, text))
            return LineText{std::move(text), reading.confidence, std::nullopt};
    }
    return std::nullopt;
}

}  // namespace biaod::ocr
