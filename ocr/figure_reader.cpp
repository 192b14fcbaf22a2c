#include "ocr/figure_reader.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "models/form_values.hpp"
#include "models/number.hpp"
#include "models/text_norm.hpp"
#include "ocr/between_zeros.hpp"
#include "ocr/digit_pitch.hpp"
#include "ocr/figure_ink.hpp"
#include "ocr/figure_shape.hpp"
#include "ocr/figure_vote.hpp"
#include "ocr/glyph_likeness.hpp"
#include "ocr/line_picture.hpp"
#include "ocr/parted_digits.hpp"

namespace biaod::ocr {
namespace {

constexpr int kPlainGlyphs = 31;  // px
constexpr int kOtherGlyphs = 38;
constexpr int kLargerGlyphs = 46;
constexpr int kRowWidth = 500;  // px of figures that are read in one row
// A figure that both networks read alike, but less surely, is looked at again.
constexpr double kSure = models::doubt_number_below;
constexpr double kSureLike = 0.9;        // confidence of a reading that is shared
constexpr double kReadByOne = 0.85;      // the most that one network is sure of a number
constexpr double kTallestDigits = 0.86;  // of the character's height, with the tail of a comma
constexpr std::size_t kMany = 3;         // figures that look the same, of which two are read
constexpr std::size_t kFewCharacters = 3;
constexpr std::ptrdiff_t kFewSlashes = 5, kFewZeros = 5;  // of a table

static_assert(kSureShape >= models::doubt_number_below && kReadByOne < kSureLike);

constexpr char kDigits[] = "0123456789.,+-/%";  // what the English network knows of models::figure_characters

// The digits behind a word for their sign: 增 or 减.
std::optional<std::string> behind_sign_word(std::string_view figure) {
    for (const std::string_view word : {"\u589e", "\u51cf"}) {
        if (!figure.starts_with(word) || figure.size() == word.size()) continue;
        std::string digits(figure.substr(word.size()));
        std::erase(digits, ' ');
        return digits;
    }
    return std::nullopt;
}

// What is printed where there is nothing to report, told by its shape; else empty.
std::string mark_of_nothing(const cv::Mat& gray, const cv::Rect& box, double char_height) {
    if (is_dash(gray, box, char_height)) return "-";
    if (is_slash(gray, box, char_height)) return "/";
    return is_backslash(gray, box, char_height) ? "\\" : "";
}

// Whether the English network, which knows no such word, reads the same digits behind it, and they are as wide.
bool confirm_behind_word(Engine& english, const std::string& digits, const cv::Mat& gray, const cv::Rect& box,
                         double char_height, double pitch) {
    const cv::Rect rest = behind_word(gray, box);
    if (rest.empty() || pitch <= 0 || !may_hold(digits, rest.width, pitch)) return false;
    const cv::Mat picture = prepare_line(gray, rest, char_height, kPlainGlyphs);
    return read_between_zeros(english, {picture}, kDigits).front().text == digits;
}

// Whether a few zeros of the table have a slash, and most of what looks so was read as one.
bool has_slashed_zeros(const std::vector<FigureText>& figures, const cv::Mat& gray, const std::vector<cv::Rect>& boxes,
                       double char_height) {
    std::ptrdiff_t zeros = 0, others = 0;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        if (zero_in(gray, boxes[i], char_height) != Zero::slashed) continue;
        const bool is_read = figures[i].text == "0" || figures[i].second == "0";
        ++(is_read ? zeros : others);
    }
    return zeros >= kFewZeros && zeros > others;
}

Engine::Lent english_engine() { return Engine::lend(kFigureNetwork).value(); }

}  // namespace

models::Result<std::unique_ptr<FigureReader>> FigureReader::create(Engine& chinese) {
    if (auto found = Engine::find(kFigureNetwork); !found) return tl::unexpected(found.error());
    return std::unique_ptr<FigureReader>(new FigureReader(chinese));
}

bool FigureReader::may_be_figure(const std::string& text) {
    const std::u32string folded = models::fold(text);
    const bool digit = std::any_of(folded.begin(), folded.end(), [](char32_t c) { return c >= U'0' && c <= U'9'; });
    const bool han = std::any_of(folded.begin(), folded.end(), models::is_han);
    return models::spelled_as_figure(text) || (digit && !han) || folded == U"\\";
}

bool FigureReader::may_misread_figure(const std::string& text) {
    const std::u32string folded = models::fold(text);
    const bool digit = std::ranges::any_of(folded, [](char32_t c) { return c >= U'0' && c <= U'9'; });
    return !folded.empty() && std::ranges::count_if(folded, models::is_han) <= 1 &&
           (digit || folded.size() <= kFewCharacters);
}

std::vector<FigureText> FigureReader::read(const cv::Mat& gray, const std::vector<cv::Rect>& boxes, double char_height,
                                           double digit_pitch) {
    return read_measured(gray, boxes, char_height, digit_pitch);
}

std::vector<FigureText> FigureReader::read_measured(const cv::Mat& gray, const std::vector<cv::Rect>& boxes,
                                                    double char_height, double& pitch) {
    std::vector<FigureText> figures(boxes.size());
    std::vector<cv::Rect> to_read;
    std::vector<std::size_t> places;  // of `to_read` among the boxes
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (const std::string mark = mark_of_nothing(gray, boxes[i], char_height); !mark.empty()) {
            figures[i] = {mark, kSureShape, std::nullopt};
            continue;
        }
        to_read.push_back(boxes[i]);
        places.push_back(i);
    }
    std::vector<FigureText> read = read_alike_once(gray, to_read, char_height, pitch);
    const SureFigures among{std::ranges::count(figures, "/", &FigureText::text) >= kFewSlashes,
                            has_slashed_zeros(read, gray, to_read, char_height)};
    for (std::size_t k = 0; k < places.size(); ++k) {
        settle_by_ink(read[k], gray, to_read[k], char_height, among);
        figures[places[k]] = std::move(read[k]);
    }
    return figures;
}

// Of those that look the same the first is read, and of many also the last; where the two differ or one is doubtful,
// each. Where they do not, the surer reading speaks for all.
std::vector<FigureText> FigureReader::read_alike_once(const cv::Mat& gray, const std::vector<cv::Rect>& boxes,
                                                      double char_height, double& pitch) {
    std::vector<cv::Mat> pictures;
    for (const cv::Rect& box : boxes) pictures.push_back(prepare_line(gray, box, char_height, kPlainGlyphs));
    const std::vector<std::size_t> likes = earliest_likes(pictures);
    std::vector<std::size_t> alike(boxes.size()), last(boxes.size());  // by the first of those that look the same
    for (std::size_t k = 0; k < boxes.size(); ++k) {
        ++alike[likes[k]];
        last[likes[k]] = k;
    }
    const auto is_proof = [&](std::size_t k) { return alike[likes[k]] >= kMany && k == last[likes[k]]; };
    std::vector<std::size_t> proofs, others;
    for (std::size_t k = 0; k < boxes.size(); ++k) (likes[k] == k || is_proof(k) ? proofs : others).push_back(k);

    std::vector<FigureText> figures(boxes.size());
    const auto is_sure = [](const FigureText& figure) {
        return !figure.text.empty() && !figure.second && figure.confidence >= kSureLike;
    };
    const auto read_each = [&](const std::vector<std::size_t>& these) {
        for (std::size_t begin = 0, end = 0; begin < these.size(); begin = end) {
            std::vector<cv::Mat> row;
            for (int width = 0; end < these.size() && width <= kRowWidth; ++end) {
                row.push_back(pictures[these[end]]);
                width += row.back().cols;
            }
            std::vector<FigureText> texts = read_row(*english_engine(), row);
            for (std::size_t n = 0; n < row.size(); ++n) figures[these[begin + n]] = std::move(texts[n]);
        }
        if (pitch == 0) {
            std::vector<MeasuredFigure> sure;
            for (const std::size_t k : these)
                if (likes[k] == k && is_sure(figures[k]))
                    sure.insert(sure.end(), std::min(alike[k], kMany),
                                {figures[k].text, static_cast<double>(boxes[k].width)});
            pitch = measure_digit_pitch(sure);
        }
        for (const std::size_t k : these) {
            const auto holds = [&] { return ink_may_hold(figures[k].text, gray, boxes[k], pitch); };
            if (figures[k].text.empty() || !holds()) figures[k] = vote(gray, boxes[k], char_height, pitch);
            if (holds()) look_closer(figures[k], gray, boxes[k], char_height);
        }
    };
    read_each(proofs);
    const auto are_proven = [&](std::size_t first) {
        const FigureText& proof = figures[is_proof(last[first]) ? last[first] : first];
        return is_sure(figures[first]) && is_sure(proof) && figures[first].text == proof.text;
    };
    for (const std::size_t k : proofs) {
        if (likes[k] == k || !are_proven(likes[k])) continue;
        FigureText& first = figures[likes[k]];
        first.confidence = figures[k].confidence = std::max(first.confidence, figures[k].confidence);
    }
    std::erase_if(others, [&](std::size_t k) {
        if (!are_proven(likes[k])) return false;
        figures[k] = figures[likes[k]];
        return true;
    });
    read_each(others);
    return figures;
}

// What both networks read alike of figures in one row; nothing of others.
std::vector<FigureText> FigureReader::read_row(Engine& english_network, const std::vector<cv::Mat>& pictures) {
    const auto chinese = read_between_zeros(chinese_, pictures, models::figure_characters);
    const auto english = read_between_zeros(english_network, pictures, kDigits);
    std::vector<FigureText> out(pictures.size());
    for (std::size_t i = 0; i < pictures.size(); ++i)
        if (!chinese[i].symbols.empty() && same_figure(chinese[i], english[i])) out[i] = agreed(chinese[i], english[i]);
    return out;
}

// A figure's neighbours in its row may make both networks unsure of it. Where each says the same of it alone, and then
// of it at another scale, it is as sure as they are together. Which mark is a comma, the ink may say.
void FigureReader::look_closer(FigureText& figure, const cv::Mat& gray, const cv::Rect& box, double char_height) {
    // A narrow character may be taken for a lone digit.
    if (figure.text.size() < 2 || figure.second || figure.confidence >= kSure) return;
    const auto says_same = [&](const Reading& reading) {
        const std::string text = tidy_figure(reading.text);
        return text == figure.text || with_marks_of_ink(text, gray, box) == figure.text;
    };
    std::vector<Reading> chinese, english;
    for (const int scale : {kPlainGlyphs, kLargerGlyphs}) {
        const cv::Mat picture = prepare_line(gray, box, char_height, scale);
        english.push_back(read_between_zeros(*english_engine(), {picture}, kDigits).front());
        if (!says_same(english.back())) return;
        chinese.push_back(read_between_zeros(chinese_, {picture}, kDigits).front());
        if (!says_same(chinese.back())) return;
    }
    figure.confidence = std::max(figure.confidence, sure_together(chinese, english));
}

FigureReader::Shaped FigureReader::read_shaped(const cv::Mat& gray, const std::vector<cv::Rect>& boxes,
                                               double char_height) {
    std::vector<std::size_t> shaped;
    std::vector<cv::Rect> figures;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (!shaped_as_figure(gray, boxes[i], char_height)) continue;
        shaped.push_back(i);
        figures.push_back(boxes[i]);
    }
    Shaped read{std::vector<std::optional<FigureText>>(boxes.size())};
    std::vector<FigureText> texts = read_measured(gray, figures, char_height, read.digit_pitch);
    for (std::size_t k = 0; k < shaped.size(); ++k) read.figures[shaped[k]] = std::move(texts[k]);
    return read;
}

// What both networks read where digits that touch are drawn apart, if it is as wide as the ink, and so is nothing else
// that was read before: one of that must be the same but for digits that were merged.
std::optional<FigureText> FigureReader::read_parted(Engine& english, const cv::Mat& gray, const cv::Rect& box,
                                                    double char_height, double pitch,
                                                    const std::vector<Reading>& before) {
    if (box.height > kTallestDigits * char_height) return std::nullopt;
    const cv::Mat parted = part_digits(gray, box, pitch);
    if (parted.empty()) return std::nullopt;
    const std::vector<cv::Mat> row{prepare_line(parted, {{0, 0}, parted.size()}, char_height, kPlainGlyphs)};
    FigureText figure = read_row(english, row).front();
    const auto holds = [&](const std::string& text) { return !text.empty() && ink_may_hold(text, gray, box, pitch); };
    const auto may_be = [&](const Reading& reading) { return holds(reading.text); };
    if (!holds(figure.text) || !explains_merged(before, figure.text, may_be)) return std::nullopt;
    return figure;
}

// Where two readings differ, or are not what the ink may hold, five are taken. What most say is published, with the
// doubt: but what touching digits or the ink's marks explain, or what four say and none denies.
FigureText FigureReader::vote(const cv::Mat& gray, const cv::Rect& box, double char_height, double pitch) {
    const cv::Mat plain = prepare_line(gray, box, char_height, kPlainGlyphs);
    const cv::Mat larger = prepare_line(gray, box, char_height, kOtherGlyphs);
    const Engine::Lent english = english_engine();
    std::vector<Reading> readings;
    readings.push_back(read_between_zeros(chinese_, {plain}, models::figure_characters).front());
    readings.push_back(read_between_zeros(*english, {plain}, kDigits).front());
    const auto holds = [&](const Reading& reading) {
        return !reading.symbols.empty() && ink_may_hold(reading.text, gray, box, pitch);
    };
    if (readings[0].symbols.empty())  // between zeros a word may be none
        if (Reading alone = chinese_.read_line(plain, models::figure_characters); behind_sign_word(alone.text))
            readings[0] = alone;
    const bool words = has_words(readings[0]);  // 元 and the like are beyond the English network
    if (!words && same_figure(readings[0], readings[1]) && holds(readings[0])) return agreed(readings[0], readings[1]);
    if (auto parted = read_parted(*english, gray, box, char_height, pitch, readings)) return *parted;
    readings.push_back(chinese_.read_line(larger, models::figure_characters));
    if (words && same_figure(readings[0], readings[2])) {
        FigureText figure = agreed(readings[0], readings[2]);
        const auto digits = behind_sign_word(figure.text);
        if (digits && !confirm_behind_word(*english, *digits, gray, box, char_height, pitch))
            figure.confidence = std::min(figure.confidence, kReadByOne);
        return figure;
    }
    readings.push_back(english->read_line(plain, kDigits));
    readings.push_back(
        read_between_zeros(*english, {prepare_line(gray, box, char_height, kLargerGlyphs)}, kDigits).front());
    std::erase_if(readings, [](const Reading& reading) { return reading.symbols.empty(); });
    if (readings.empty()) return {};
    const Reading* as_in_ink = pitch > 0 ? reading_as_in_ink(readings, gray, box) : nullptr;
    if (as_in_ink && holds(*as_in_ink)) return agreed(*as_in_ink, *as_in_ink);
    return vote_on_figure(readings, {holds, box.height > kTallestDigits * char_height, leads_with_dash(gray, box)});
}

}  // namespace biaod::ocr
