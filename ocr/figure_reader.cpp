#include "ocr/figure_reader.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "models/text_norm.hpp"
#include "ocr/line_picture.hpp"

namespace biaod::ocr {
namespace {

constexpr int kPlainGlyphs = 31;         // px
constexpr int kOtherGlyphs = 38;
constexpr double kWidestDigit = 0.86;    // of the figure's height
constexpr double kTallestFigure = 1.25;  // in character heights
constexpr int kInkLevel = 150;
constexpr double kFlatDash = 0.22;       // of the character's height
constexpr double kDisagreement = 0.5;    // confidence where readings differ

// Digits, separators and signs; and the words that figures carry: 元 万 减 增.
constexpr char kDigits[] = "0123456789.,+-/%";
constexpr char kFigureCharacters[] = "0123456789.,+-/%\u5143\u4e07\u51cf\u589e";

// A drawn zero of the height of the glyphs in a prepared line, with the same margins.
cv::Mat drawn_zero(int rows) {
    const int height = static_cast<int>(std::lround(rows / 1.32));
    const int width = static_cast<int>(std::lround(0.52 * height));
    const int stroke = std::max(2, static_cast<int>(std::lround(0.11 * height)));
    constexpr int kFine = 4;  // drawn larger and reduced, for smooth edges
    cv::Mat fine((rows) * kFine, (width + height / 3) * kFine, CV_8UC1, cv::Scalar(255));
    cv::ellipse(fine, {fine.cols / 2, fine.rows / 2}, {(width - stroke) * kFine / 2, (height - stroke) * kFine / 2}, 0, 0,
                360, cv::Scalar(0), stroke * kFine, cv::LINE_AA);
    cv::Mat zero;
    cv::resize(fine, zero, {fine.cols / kFine, rows}, 0, 0, cv::INTER_AREA);
    return zero;
}

// Whether the figure starts with a minus: its leftmost piece of ink is flat and stands at half height.
bool leads_with_dash(const cv::Mat& gray, const cv::Rect& box) {
    const cv::Mat ink = gray(box & cv::Rect({0, 0}, gray.size())) < kInkLevel;
    int end = 0;
    while (end < ink.cols && cv::countNonZero(ink.col(end)) > 0) ++end;
    if (end == 0 || end == ink.cols) return false;
    const cv::Rect piece = cv::boundingRect(ink.colRange(0, end));
    const double middle = (piece.y + piece.height / 2.0) / ink.rows;
    return piece.height < 0.3 * ink.rows && piece.width > piece.height && middle > 0.3 && middle < 0.75;
}

Reading read_between_zeros(Engine& engine, const cv::Mat& line, const std::string& characters) {
    const cv::Mat zero = drawn_zero(line.rows);
    cv::Mat framed;
    cv::hconcat(std::vector<cv::Mat>{zero, line, zero}, framed);
    Reading reading = engine.read_line(framed, LineMode::raw, characters);
    // The frame must come back as it was drawn, or nothing between can be trusted.
    auto& symbols = reading.symbols;
    if (symbols.size() < 3 || symbols.front().text != "0" || symbols.back().text != "0") return {};
    symbols.pop_back();
    symbols.erase(symbols.begin());
    reading.text.clear();
    reading.weakest = 1;
    reading.confidence = 0;
    for (const Symbol& symbol : symbols) {
        reading.text += symbol.text;
        reading.weakest = std::min(reading.weakest, symbol.confidence);
        reading.confidence += symbol.confidence / static_cast<double>(symbols.size());
    }
    return reading;
}

// Whether the ink is as wide as a figure of so many characters can be: a reading that is not overlooked or made up most of
// what is there.
bool fits(const std::u32string& figure, const cv::Rect& box, double char_height) {
    double narrowest = 0, widest = 0;
    for (const char32_t c : figure) {
        const bool mark = c == U'.' || c == U',';
        narrowest += mark ? 0.1 : 0.34;
        widest += c > 0x2000 ? 1.25 : mark ? 0.6 : 0.8;
    }
    return box.width > (narrowest - 0.34) * char_height && box.width < (widest + 0.4) * char_height;
}

std::u32string without_spaces(const Reading& reading) { return models::fold(reading.text); }

}  // namespace

models::Result<std::unique_ptr<FigureReader>> FigureReader::create(Engine& chinese) {
    auto english = Engine::create("eng");
    if (!english) return tl::unexpected(english.error());
    return std::unique_ptr<FigureReader>(new FigureReader(chinese, std::move(*english)));
}

bool FigureReader::shaped_as_figure(const cv::Mat& gray, const cv::Rect& box, double char_height) {
    const cv::Rect inside = box & cv::Rect({0, 0}, gray.size());
    if (inside.empty() || inside.height > kTallestFigure * char_height) return false;
    cv::Mat darkest;
    cv::reduce(gray(inside), darkest, 0, cv::REDUCE_MIN);
    int start = -1, widest = 0;
    for (int x = 0; x <= darkest.cols; ++x) {
        const bool inked = x < darkest.cols && darkest.at<std::uint8_t>(x) < kInkLevel;
        if (inked && start < 0) start = x;
        if (inked || start < 0) continue;
        widest = std::max(widest, x - start);
        start = -1;
    }
    return widest > 0 && widest < kWidestDigit * std::max<double>(inside.height, 0.5 * char_height);
}

bool FigureReader::may_be_figure(const std::string& text) {
    const std::u32string folded = models::fold(text);
    const bool digit = std::any_of(folded.begin(), folded.end(), [](char32_t c) { return c >= U'0' && c <= U'9'; });
    const bool han = std::any_of(folded.begin(), folded.end(), models::is_han);
    return spelled_as_figure(text) || (digit && !han);
}

bool FigureReader::spelled_as_figure(const std::string& text) {
    static const std::u32string allowed = models::to_code_points(kFigureCharacters);
    const std::u32string folded = models::fold(text);
    return !folded.empty() && std::all_of(folded.begin(), folded.end(), [](char32_t c) {
        return allowed.find(c) != std::u32string::npos;
    });
}

Reading FigureReader::read_independently(const cv::Mat& gray, const cv::Rect& box, double char_height) {
    const cv::Mat line = prepare_line(gray, box, char_height, kPlainGlyphs);
    Reading reading = english_->read_line(line, LineMode::raw, kDigits);
    return reading.symbols.empty() ? read_between_zeros(*english_, line, kDigits) : reading;
}

FigureText FigureReader::read(const cv::Mat& gray, const cv::Rect& box, double char_height) {
    FigureText figure = read_twice(gray, box, char_height);
    if (!figure.text.empty() && !fits(models::fold(figure.text), box, char_height)) {
        figure.covers_ink = false;
        figure.confidence = std::min(figure.confidence, kDisagreement);
    }
    return figure;
}

FigureText FigureReader::read_twice(const cv::Mat& gray, const cv::Rect& box, double char_height) {
    if (box.height < kFlatDash * char_height && box.width < 2.5 * char_height && box.width > 1.5 * box.height)
        return {"-", 0.95, std::nullopt};
    const Reading first =
        read_between_zeros(chinese_, prepare_line(gray, box, char_height, kPlainGlyphs), kFigureCharacters);
    Reading second = read_independently(gray, box, char_height);
    if (without_spaces(first) == without_spaces(second) && !first.symbols.empty())
        return {models::tidy_text(first.text), std::max(first.weakest, second.weakest), std::nullopt};
    // 元 and the like are beyond the English network, and now and then it reads nothing: ask the Chinese one again.
    const Reading third =
        chinese_.read_line(prepare_line(gray, box, char_height, kOtherGlyphs), LineMode::raw, kFigureCharacters);
    const bool has_words = !without_spaces(first).empty() && without_spaces(first) != without_spaces(second) &&
                           std::any_of(first.text.begin(), first.text.end(), [](char c) { return (c & 0x80) != 0; });
    if (second.symbols.empty() || has_words) second = third;
    if (without_spaces(first) == without_spaces(second) && !first.symbols.empty())
        return {models::tidy_text(first.text), std::max(first.weakest, second.weakest), std::nullopt};
    // A network may overlook a minus; the ink's shape tells.
    if (without_spaces(first) == U"-" + without_spaces(second) && leads_with_dash(gray, box))
        return {models::tidy_text(first.text), std::max(first.weakest, second.weakest), std::nullopt};
    const Reading other_scale =
        read_between_zeros(chinese_, prepare_line(gray, box, char_height, kOtherGlyphs), kFigureCharacters);
    // Three against one leaves doubt enough to be told.
    const Reading* best = &first;
    if (first.symbols.empty() || (without_spaces(other_scale) != without_spaces(first) &&
                                  without_spaces(other_scale) == without_spaces(second)))
        best = second.symbols.empty() ? &other_scale : &second;
    const Reading& loser = best == &first ? second : first;
    FigureText text{models::tidy_text(best->text), kDisagreement, std::nullopt};
    if (without_spaces(loser) != without_spaces(*best)) text.second = models::tidy_text(loser.text);
    return text;
}

}  // namespace biaod::ocr
