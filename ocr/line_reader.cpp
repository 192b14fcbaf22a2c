#include "ocr/line_reader.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "models/number.hpp"
#include "models/text_norm.hpp"
#include "ocr/line_length.hpp"
#include "ocr/line_picture.hpp"
#include "ocr/line_vote.hpp"
#include "ocr/second_look.hpp"
#include "ocr/text_numbers.hpp"
#include "ocr/words.hpp"

namespace biaod::ocr {
namespace {

constexpr std::chrono::milliseconds kAsLongAsMaking{20};  // an engine; reading a part of a line takes a third of it
constexpr double kWeakSymbol = 0.94;                      // a line with a weaker symbol is looked at again
constexpr double kSureOddSymbol = 0.97;                   // and one with a symbol that makes no word, unless as sure
constexpr double kReadsWell = 0.97;                       // mean confidence that no line upside down reaches
constexpr std::size_t kTellingSymbols = 6;                // one or two are read with certainty from anything
constexpr double kReads = 0.8;                            // mean confidence of writing, and
constexpr double kClearlyBetter = 0.25;                   // by how much it is above that of the same turned about
constexpr double kSureFigure = 0.80;
constexpr double kReadOnce = 0.5;          // confidence of what one look saw and others did not
constexpr std::ptrdiff_t kTellingHan = 3;  // characters that no figure has
constexpr double kSureText = 0.9;
constexpr double kSureLoneCharacter = 0.97;
constexpr double kSureAgainstText = 0.95;
constexpr double kWidestLoneDigit = 0.7;  // of the character's height
constexpr int kOtherGlyphs = 31;          // px
constexpr int kLargerGlyphs = 46;         // px
constexpr double kMisfit = 0.6;           // characters; a text further off its line's width is wrong
constexpr double kBetterFit = 0.4;        // characters
constexpr double kSeen = 0.15;            // a phrase's least sure character must be seen this surely

bool is_bracket(const std::string& text) {
    const std::u32string folded = models::fold(text);
    return folded == U"(" || folded == U")";
}

std::string digits_of(const std::string& text) {
    std::string digits;
    std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

// A figure of which a digit was taken for a character: 了2701.2578.
bool mostly_digits(const std::string& text) {
    return 2 * std::ssize(digits_of(text)) > std::ssize(models::to_code_points(text));
}

// Of a label in a narrow face that was taken for a figure: "1." of 1.信访举报投诉类申请.
bool is_words(const std::string& text) {
    const std::u32string points = models::to_code_points(text);
    return std::ranges::count_if(points, models::is_han) >= kTellingHan && !mostly_digits(text);
}

// A figure of which a stroke was taken for a bracket or a bar: 80,011]万元.
bool holds_bars(const std::string& text) {
    std::string figure = text;
    return std::erase_if(figure, [](char c) { return c == ']' || c == '[' || c == '|' || c == '!'; }) > 0 &&
           !digits_of(figure).empty() && models::spelled_as_figure(figure);
}

// A plus is read as 十 and a long minus as 一, which are never written before digits.
std::string with_sign(std::string text) {
    for (const auto& [numeral, sign] : {std::pair("\u5341", "+"), {"\u4e00", "-"}}) {
        const std::size_t length = std::string_view(numeral).size();
        const bool before_digits =
            text.size() > length && text.find_first_not_of("0123456789,.", length) == std::string::npos;
        if (text.starts_with(numeral) && before_digits) text.replace(0, length, sign);
    }
    return text;
}

// In a cell a number in dispute is a doubt of the whole text.
void doubt_numbers(LineText& text) {
    if (!text.disputed.empty()) text.confidence = std::min(text.confidence, kReadOnce);
}

LineText from_figure(FigureText figure) {
    return {std::move(figure.text), figure.confidence, std::move(figure.second)};
}

// The text, with what the networks for figures make of the same ink: it is right where a form asks for a figure.
LineText beside_figure(LineText text, FigureText figure) {
    const auto has_digits = [](const std::string& read) { return !digits_of(read).empty(); };
    if (!figure.covers_ink) return text;
    if (has_digits(figure.text))
        text.second = std::move(figure.text);
    else if (figure.second && has_digits(*figure.second))
        text.second = std::move(figure.second);
    return text;
}

}  // namespace

bool WayUp::is_clear() const {
    return symbols >= kTellingSymbols && std::max(as_it_stands, upside_down) > kReads &&
           std::abs(as_it_stands - upside_down) > kClearlyBetter;
}

models::Result<std::unique_ptr<LineReader>> LineReader::create(Engine& engine, const Vocabulary& vocabulary) {
    if (auto found = Engine::find(kSecondNetwork); !found) return tl::unexpected(found.error());
    auto figures = FigureReader::create(engine);
    if (!figures) return tl::unexpected(figures.error());
    return std::unique_ptr<LineReader>(new LineReader(engine, vocabulary, std::move(*figures)));
}

Reading LineReader::read_by(Network network, const cv::Mat& picture, const std::string& whitelist) {
    if (network == Network::first) return engine_.read_line(picture, whitelist);
    return Engine::lend(kSecondNetwork, kAsLongAsMaking).value()->read_line(picture, whitelist);
}

WayUp LineReader::read_both_ways(const cv::Mat& gray, const cv::Rect& line, double char_height) {
    sample_ = prepare_line(gray, line, char_height, kGlyphPixels, kNarrowGlyphs);
    sample_reading_ = engine_.read_line(sample_, "");
    WayUp way{sample_reading_.confidence, 0, sample_reading_.symbols.size()};
    if (way.as_it_stands > kReadsWell && way.symbols >= kTellingSymbols) return way;
    cv::Mat turned;
    cv::rotate(sample_, turned, cv::ROTATE_180);
    way.upside_down = engine_.read_line(turned, "").confidence;
    return way;
}

bool LineReader::is_odd(const std::vector<Symbol>& symbols, std::size_t at) const {
    return symbols[at].confidence < kSureOddSymbol &&
           ocr::is_odd(symbols, at, [&](const std::string& text) { return engine_.is_word(text); });
}

Reading LineReader::first_look(const cv::Mat& narrow) {
    const bool seen = narrow.size() == sample_.size() && cv::norm(narrow, sample_, cv::NORM_INF) == 0;
    return seen ? sample_reading_ : engine_.read_line(narrow, "");
}

LineText LineReader::read_text(const cv::Mat& gray, const std::vector<cv::Rect>& lines, double char_height) {
    const cv::Mat narrow = prepare_lines(gray, lines, char_height, kGlyphPixels, kNarrowGlyphs);
    Reading best = first_look(narrow);
    const auto numbers = numbers_in(best.symbols, true);
    const auto again = [&](std::size_t i) {
        if (best.symbols[i].confidence < kWeakSymbol || is_odd(best.symbols, i)) return Again::as_doubtful;
        const auto holds = [&](const NumberRun& number) { return i >= number.first && i < number.last; };
        return std::ranges::any_of(numbers, holds) ? Again::as_number : Again::no;
    };
    const auto parts = vocabulary_.is_sure_of(best.text) ? std::vector<LinePart>() : parts_again(best, narrow, again);
    std::map<int, cv::Mat> pictures;
    std::vector<models::DisputedNumber> disputed;
    const auto look = [&](Network network, const LinePart& part, int glyph_height) {
        cv::Mat& full = pictures[glyph_height];
        if (full.empty()) full = prepare_lines(gray, lines, char_height, glyph_height);
        return read_by(network, cut_part(full, part, static_cast<double>(full.cols) / narrow.cols), "");
    };
    const auto is_word = [&](const std::string& text) { return engine_.is_word(text); };
    // From the last to the first: what is replaced moves the symbols behind it.
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        const Reading first = part_of(best, *part);
        const Reading second = read_by(Network::second, cut_part(narrow, *part, 1), "");
        Reading third = first, voted = first;
        std::optional<Reading> last;
        const auto fourth = [&]() -> const Reading& {
            if (!last) last = look(Network::second, *part, kGlyphPixels);
            return *last;
        };
        if (models::fold(first.text) != models::fold(second.text)) {
            third = look(Network::first, *part, kGlyphPixels);
            voted = vote(first, second, third);
            for (const Reading& other : {second, third, first}) take_words(voted, other, is_word);
            if (std::ranges::any_of(numbers_in(voted.symbols, false), &NumberRun::has_strokes))
                settle_strokes(voted, second, fourth());
        }
        bool odd = false;
        for (std::size_t i = 0; i < voted.symbols.size(); ++i) odd = odd || is_odd(voted.symbols, i);
        if (odd) take_words(voted, look(Network::first, *part, kOtherGlyphs), is_word);
        const Reading& taken = replace_part(best, *part, voted) ? voted : first;
        const bool begins_line = part->first == 0, ends_line = part->right == narrow.cols;
        const auto there = disputed_numbers({first, second, third, taken, fourth, begins_line, ends_line});
        disputed.insert(disputed.begin(), there.begin(), there.end());
    }
    return {models::tidy_reading(best.text), best.confidence, std::nullopt, std::move(best.symbols),
            std::move(disputed)};
}

LineText LineReader::read_cell_text(const cv::Mat& gray, const std::vector<cv::Rect>& lines, double char_height) {
    LineText text = read_text(gray, lines, char_height);
    doubt_numbers(text);
    return text;
}

LineText LineReader::read_carefully(const cv::Mat& gray, const cv::Rect& box, double char_height,
                                    const LineText& first) {
    const auto look = [&](int scale) { return engine_.read_line(prepare_line(gray, box, char_height, scale), ""); };
    const auto same = [](const std::string& a, const std::string& b) {
        return models::fold(models::tidy_reading(a)) == models::fold(models::tidy_reading(b));
    };
    const Reading second = look(kOtherGlyphs);
    if (same(second.text, first.text)) return first;
    const Reading third = look(kLargerGlyphs);
    if (same(third.text, first.text)) return first;
    LineText best = first;
    const bool outvoted = !third.text.empty() && same(second.text, third.text);
    if (outvoted) best = {models::tidy_reading(third.text), third.confidence, std::nullopt, {}, first.disputed};
    if (!outvoted || digits_of(best.text) != digits_of(first.text))
        best.confidence = std::min(best.confidence, kReadOnce);
    return best;
}

LineText LineReader::refit(const cv::Mat& gray, const cv::Rect& box, double char_height, double pitch,
                           const LineText& first) {
    LineText best = first;
    const auto error = [&](const std::string& text) {
        return length_error({static_cast<double>(box.width), static_cast<double>(box.height), set_width(text)}, pitch);
    };
    const auto take_if_better = [&](const Reading& reading) {
        const std::string text = models::tidy_reading(reading.text);
        if (std::abs(error(text)) + kBetterFit < std::abs(error(best.text)))
            best = {text, reading.confidence, std::nullopt, {}, first.disputed};
    };
    if (keeps_to_own_squares(gray, box, set_width(first.text))) return first;
    if (error(first.text) < 0) {
        // A line of figures or narrow marks is shorter than its text for a reason.
        if (!squares_of(gray, box, pitch)) return first;
        const cv::Mat narrow = prepare_line(gray, box, char_height, kGlyphPixels, kNarrowGlyphs);
        Reading reading = engine_.read_line(narrow, "");
        take_if_better(reading);
        const double scale = static_cast<double>(narrow.cols) / (box.width + 0.32 * box.height);
        if (error(best.text) < -kMisfit && reading.symbols.size() > 1) {
            const auto made_up = static_cast<std::ptrdiff_t>(made_up_symbol(reading, pitch * scale));
            reading.symbols.erase(reading.symbols.begin() + made_up);
            summarise(reading);
            take_if_better(reading);
        }
    }
    if (std::abs(error(best.text)) < kMisfit) return best;
    for (const auto& [network, scale] : {std::pair(Network::second, kGlyphPixels), {Network::first, kOtherGlyphs}}) {
        const Reading reading = read_by(network, prepare_line(gray, box, char_height, scale, kNarrowGlyphs), "");
        if (reading.confidence > first.confidence - 0.05) take_if_better(reading);
        // It is the line that is set wider or closer than others.
        if (models::tidy_reading(reading.text) == first.text || std::abs(error(best.text)) < kMisfit) break;
    }
    return best;
}

LineText LineReader::read_cell_line(const cv::Mat& gray, const cv::Rect& box, double char_height,
                                    std::optional<FigureText> shaped, double digit_pitch) {
    if (shaped) {
        if (!shaped->second && shaped->confidence >= kSureFigure) return from_figure(std::move(*shaped));
        // Some characters have narrow pieces, too: a sure reading as text wins over a doubtful figure, where the ink is
        // wide enough for a Chinese character, or is the bracket that ends a label.
        LineText text = read_text(gray, {box}, char_height);
        text.text = with_sign(std::move(text.text));
        const bool may_be_text =
            box.width > kWidestLoneDigit * char_height || (shaped->text == "/" && is_bracket(text.text));
        const bool sure_text = !FigureReader::may_be_figure(text.text) && !mostly_digits(text.text) && may_be_text &&
                               text.confidence > (models::is_one_han(text.text) ? kSureLoneCharacter : kSureText);
        const bool is_part = !shaped->covers_ink && is_words(text.text);
        doubt_numbers(text);
        if (!sure_text && !is_part && !shaped->text.empty()) return from_figure(std::move(*shaped));
        if (FigureReader::may_be_figure(text.text)) text.confidence = std::min(text.confidence, kReadOnce);
        return is_part ? text : beside_figure(std::move(text), std::move(*shaped));
    }
    LineText text = read_cell_text(gray, {box}, char_height);
    const std::string first = std::exchange(text.text, with_sign(text.text));
    const bool lone = models::is_one_han(text.text) && text.confidence < kSureLoneCharacter;
    const bool may_be_figure = FigureReader::may_be_figure(text.text);
    const bool doubtful = lone || (!may_be_figure && (mostly_digits(text.text) || holds_bars(text.text)));
    const bool sure_character = models::is_one_han(text.text) && !lone;  // as the word for none
    if (!doubtful && !may_be_figure && (sure_character || !FigureReader::may_misread_figure(text.text))) return text;
    FigureText figure = figures_->read(gray, {box}, char_height, digit_pitch).front();
    if (!doubtful && !may_be_figure) return beside_figure(std::move(text), std::move(figure));
    if (doubtful) {
        // Digits that touch, or the first of them, are taken for a character. Both readings go on: a person must look.
        const bool sure = !figure.second && figure.confidence >= kSureAgainstText;
        if (!figure.covers_ink || figure.text.empty() || !(sure || holds_bars(text.text)))
            return beside_figure(std::move(text), std::move(figure));
        if (sure || !figure.second) figure.second = text.text;
        if (!sure) figure.confidence = std::min(figure.confidence, kReadOnce);
        return from_figure(std::move(figure));
    }
    // The numeral was no digit.
    if (first != text.text && !figure.text.empty() && figure.text != text.text) {
        figure.second = first;
        figure.confidence = std::min(figure.confidence, kReadOnce);
    }
    const bool figure_holds = models::spelled_as_figure(text.text) || figure.covers_ink;
    // The networks of figures know no backslash.
    if (models::fold(text.text) == U"\\" && !figure.text.empty() && figure.text != text.text) {
        figure.second = text.text;
        figure.confidence = std::min(figure.confidence, kReadOnce);
    }
    if (!figure.text.empty() && figure_holds) return from_figure(std::move(figure));
    text.confidence = std::min(text.confidence, kReadOnce);
    return text;
}

std::optional<LineText> LineReader::confirm_phrase(const Vocabulary::Candidate& candidate, const cv::Mat& gray,
                                                   const std::vector<cv::Rect>& lines, double char_height,
                                                   const LineText& first) {
    Reading was;
    was.symbols = first.symbols;
    const cv::Mat narrow = prepare_lines(gray, lines, char_height, kGlyphPixels, kNarrowGlyphs);
    const LinePart part = unlike_part(was, narrow, candidate.phrase);
    const std::pair<Network, int> looks[] = {{Network::first, kGlyphPixels},
                                             {Network::second, kGlyphPixels},
                                             {Network::first, kOtherGlyphs},
                                             {Network::first, kLargerGlyphs}};
    for (const auto& [network, scale] : looks) {
        const cv::Mat full = prepare_lines(gray, lines, char_height, scale);
        const cv::Mat picture = cut_part(full, part, static_cast<double>(full.cols) / narrow.cols);
        const Reading again = read_by(network, picture, candidate.characters);
        Reading whole = was;
        replace_part(whole, part, again);
        std::string text = models::tidy_reading(whole.text);
        if (again.weakest >= kSeen && Vocabulary::confirms(candidate, first.text, text))
            return LineText{std::move(text), whole.confidence, std::nullopt};
    }
    return std::nullopt;
}

}  // namespace biaod::ocr
