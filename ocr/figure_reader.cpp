#include "ocr/figure_reader.hpp"

#include <algorithm>
#include <functional>
#include <vector>

#include "models/number.hpp"
#include "models/text_norm.hpp"
#include "ocr/between_zeros.hpp"
#include "ocr/digit_pitch.hpp"
#include "ocr/figure_shape.hpp"
#include "ocr/glyph_likeness.hpp"
#include "ocr/line_picture.hpp"

namespace biaod::ocr {
namespace {

constexpr int kPlainGlyphs = 31;  // px
constexpr int kOtherGlyphs = 38;
constexpr int kLargerGlyphs = 46;
constexpr double kSureShape = 0.95;
constexpr int kRowWidth = 500;         // px of figures that are read in one row
constexpr double kDisagreement = 0.5;  // confidence where readings differ
constexpr double kSure = 0.95;         // a figure that both networks read alike, but less surely, is looked at again
constexpr double kLeastSure = 0.6;     // of a symbol, for each network
constexpr double kSureLike = 0.9;      // confidence of a reading that is shared
constexpr std::size_t kMany = 3;       // figures that look the same, of which two are read

// Digits, separators and signs; and the words that figures carry: 元 万 减 增.
constexpr char kDigits[] = "0123456789.,+-/%";
constexpr char kFigureCharacters[] = "0123456789.,+-/%\u5143\u4e07\u51cf\u589e";

bool same(const Reading& a, const Reading& b) { return models::fold(a.text) == models::fold(b.text); }

bool has_words(const Reading& reading) {
    return std::any_of(reading.text.begin(), reading.text.end(), [](char c) { return (c & 0x80) != 0; });
}

FigureText agreed(const Reading& a, const Reading& b) {
    return {models::tidy_text(a.text), std::max(a.weakest, b.weakest), std::nullopt};
}

// How sure two networks that said the same in each of their looks are of it together: of each symbol, by the look that
// was surest. The least sure symbol counts. 0 where one of them is all but sure of none, or a look has another number
// of symbols. Measured: they do not fail as independently as the product of their doubts says, but seldom at all here.
double sure_together(const std::vector<Reading>& looks, const std::vector<Reading>& others) {
    double sure = 1;
    for (std::size_t i = 0; i < looks.front().symbols.size(); ++i) {
        double doubt = 1;
        for (const auto* of_one : {&looks, &others}) {
            double best = 0;
            for (const Reading& look : *of_one) {
                if (look.symbols.size() != looks.front().symbols.size()) return 0;
                best = std::max(best, look.symbols[i].confidence);
            }
            if (best < kLeastSure) return 0;
            doubt *= 1 - best;
        }
        sure = std::min(sure, 1 - doubt);
    }
    return sure;
}

// Whether `seen` is `read` with some points as commas, and nothing else.
bool has_more_commas(const std::string& seen, const std::string& read) {
    return std::ranges::equal(seen, read, [](char s, char r) { return s == r || (s == ',' && r == '.'); });
}

// Whether the only point of a figure parts its last three digits from others, as a comma does: as likely one that lost
// its tail, or whose tail both networks overlooked. 0.123 is none.
bool may_end_in_a_group(const std::string& figure) {
    const std::size_t point = figure.find('.');
    if (point == figure.npos || point == 0 || figure.front() == '0') return false;
    const std::size_t end = std::min(figure.find_first_not_of("0123456789", point + 1), figure.size());
    const bool in_groups = figure.find(',') < point || point <= 3;
    return in_groups && end == point + 4 && figure.find_first_of(".,", end) == figure.npos;
}

void doubt(FigureText& figure, std::string second) {
    figure.second = std::move(second);
    figure.confidence = std::min(figure.confidence, kDisagreement);
}

// A thin zero of a fax is read as 8, or as 60, by both networks alike. Its shape tells; where one of them read it as
// one, too, it is sure.
void settle_zero(FigureText& figure) {
    if (figure.text == "0" && !figure.second) return;
    const bool was_read = figure.text == "0" || figure.second == "0";
    if (was_read) {
        figure = {"0", kSureShape, std::nullopt};
    } else {
        std::string read = std::move(figure.text);
        figure = {"0", kDisagreement, std::nullopt};
        if (!read.empty()) figure.second = std::move(read);
    }
}

// A small comma is read as a point by both networks alike: where the ink shows commas that part groups of three digits,
// that is what is printed. Any other difference is a doubt.
void settle_by_ink(FigureText& figure, const cv::Mat& gray, const cv::Rect& box, double char_height) {
    if (is_zero(gray, box, char_height)) return settle_zero(figure);
    if (figure.text.empty()) return;
    if (std::string seen = with_marks_of_ink(figure.text, gray, box); seen != figure.text) {
        const bool groups =
            has_more_commas(seen, figure.text) && models::read_figure(seen, {}).kind == models::FigureKind::number;
        if (groups)
            figure.text = std::move(seen);
        else
            doubt(figure, std::move(seen));
    }
    // Both networks may overlook a thin minus.
    if (const char first = figure.text.front(); first >= '0' && first <= '9' && leads_with_dash(gray, box))
        doubt(figure, "-" + figure.text);
    if (may_end_in_a_group(figure.text) && !figure.second) {
        std::string group = figure.text;
        group[group.find('.')] = ',';
        doubt(figure, std::move(group));
    }
    if (fits(models::fold(figure.text), box, char_height)) return;
    figure.covers_ink = false;
    figure.confidence = std::min(figure.confidence, kDisagreement);
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
    return spelled_as_figure(text) || (digit && !han);
}

bool FigureReader::spelled_as_figure(const std::string& text) {
    static const std::u32string allowed = models::to_code_points(kFigureCharacters);
    const std::u32string folded = models::fold(text);
    return !folded.empty() && std::all_of(folded.begin(), folded.end(),
                                          [](char32_t c) { return allowed.find(c) != std::u32string::npos; });
}

std::vector<FigureText> FigureReader::read(const cv::Mat& gray, const std::vector<cv::Rect>& boxes,
                                           double char_height) {
    std::vector<FigureText> figures(boxes.size());
    std::vector<cv::Rect> to_read;
    std::vector<std::size_t> places;  // of `to_read` among the boxes
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const bool dash = is_dash(gray, boxes[i], char_height);
        if (dash || is_slash(gray, boxes[i], char_height)) {
            figures[i] = {dash ? "-" : "/", kSureShape, std::nullopt};
            continue;
        }
        to_read.push_back(boxes[i]);
        places.push_back(i);
    }
    std::vector<FigureText> read = read_alike_once(gray, to_read, char_height);
    for (std::size_t k = 0; k < places.size(); ++k) {
        settle_by_ink(read[k], gray, to_read[k], char_height);
        figures[places[k]] = std::move(read[k]);
    }
    return figures;
}

// Of those that look the same the first is read, and of many also the last; where the two differ or one is doubtful,
// each.
std::vector<FigureText> FigureReader::read_alike_once(const cv::Mat& gray, const std::vector<cv::Rect>& boxes,
                                                      double char_height) {
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
    double pitch = 0;
    const auto read_each = [&](const std::vector<std::size_t>& these) {
        for (std::size_t begin = 0, end = 0; begin < these.size(); begin = end) {
            std::vector<cv::Mat> row;
            for (int width = 0; end < these.size() && width <= kRowWidth; ++end) {
                row.push_back(pictures[these[end]]);
                width += row.back().cols;
            }
            std::vector<FigureText> texts = read_row(row);
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
            const auto holds = [&] { return may_hold(figures[k].text, boxes[k].width, pitch); };
            if (figures[k].text.empty() || !holds()) figures[k] = vote(gray, boxes[k], char_height, pitch);
            if (holds()) look_closer(figures[k], gray, boxes[k], char_height);
        }
    };
    read_each(proofs);
    std::erase_if(others, [&](std::size_t k) {
        const FigureText &first = figures[likes[k]],
                         &proof = is_proof(last[likes[k]]) ? figures[last[likes[k]]] : first;
        if (!is_sure(first) || !is_sure(proof) || first.text != proof.text) return false;
        figures[k] = first;
        return true;
    });
    read_each(others);
    return figures;
}

// What both networks read alike of figures in one row; nothing of others.
std::vector<FigureText> FigureReader::read_row(const std::vector<cv::Mat>& pictures) {
    const auto chinese = read_between_zeros(chinese_, pictures, kFigureCharacters);
    const auto english = read_between_zeros(*english_engine(), pictures, kDigits);
    std::vector<FigureText> out(pictures.size());
    for (std::size_t i = 0; i < pictures.size(); ++i)
        if (!chinese[i].symbols.empty() && same(chinese[i], english[i])) out[i] = agreed(chinese[i], english[i]);
    return out;
}

// A figure's neighbours in its row may make both networks unsure of it. Where each says the same of it alone, and then
// of it at another scale, it is as sure as they are together.
void FigureReader::look_closer(FigureText& figure, const cv::Mat& gray, const cv::Rect& box, double char_height) {
    // A narrow character may be taken for a lone digit.
    if (figure.text.size() < 2 || figure.second || figure.confidence >= kSure) return;
    std::vector<Reading> chinese, english;
    for (const int scale : {kPlainGlyphs, kLargerGlyphs}) {
        const cv::Mat picture = prepare_line(gray, box, char_height, scale);
        english.push_back(read_between_zeros(*english_engine(), {picture}, kDigits).front());
        if (models::tidy_text(english.back().text) != figure.text) return;
        chinese.push_back(read_between_zeros(chinese_, {picture}, kDigits).front());
        if (models::tidy_text(chinese.back().text) != figure.text) return;
    }
    figure.confidence = std::max(figure.confidence, sure_together(chinese, english));
}

std::vector<std::optional<FigureText>> FigureReader::read_shaped(const cv::Mat& gray,
                                                                 const std::vector<cv::Rect>& boxes,
                                                                 double char_height) {
    std::vector<std::size_t> shaped;
    std::vector<cv::Rect> figures;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (!shaped_as_figure(gray, boxes[i], char_height)) continue;
        shaped.push_back(i);
        figures.push_back(boxes[i]);
    }
    std::vector<FigureText> texts = read(gray, figures, char_height);
    std::vector<std::optional<FigureText>> out(boxes.size());
    for (std::size_t k = 0; k < shaped.size(); ++k) out[shaped[k]] = std::move(texts[k]);
    return out;
}

// Where two readings differ, five are taken. What most say is published, with the doubt.
FigureText FigureReader::vote(const cv::Mat& gray, const cv::Rect& box, double char_height, double pitch) {
    const cv::Mat plain = prepare_line(gray, box, char_height, kPlainGlyphs);
    const cv::Mat larger = prepare_line(gray, box, char_height, kOtherGlyphs);
    const Engine::Lent english = english_engine();
    std::vector<Reading> readings;
    readings.push_back(read_between_zeros(chinese_, {plain}, kFigureCharacters).front());
    readings.push_back(read_between_zeros(*english, {plain}, kDigits).front());
    const auto holds = [&](const Reading& reading) { return may_hold(reading.text, box.width, pitch); };
    const bool words = has_words(readings[0]);  // 元 and the like are beyond the English network
    if (!words && !readings[0].symbols.empty() && same(readings[0], readings[1]) && holds(readings[0]))
        return agreed(readings[0], readings[1]);
    readings.push_back(chinese_.read_line(larger, kFigureCharacters));
    if (words && same(readings[0], readings[2])) return agreed(readings[0], readings[2]);
    readings.push_back(english->read_line(plain, kDigits));
    readings.push_back(
        read_between_zeros(*english, {prepare_line(gray, box, char_height, kLargerGlyphs)}, kDigits).front());
    std::erase_if(readings, [](const Reading& reading) { return reading.symbols.empty(); });
    if (readings.empty()) return {};
    std::vector<Reading> candidates = readings;
    if (std::ranges::any_of(readings, holds)) std::erase_if(candidates, std::not_fn(holds));
    const auto votes = [&](const Reading& reading) {
        return std::count_if(readings.begin(), readings.end(),
                             [&](const Reading& other) { return same(reading, other); });
    };
    const Reading& best = *std::max_element(candidates.begin(), candidates.end(),
                                            [&](const Reading& a, const Reading& b) { return votes(a) < votes(b); });
    const auto other = std::find_if(readings.begin(), readings.end(), [&](const Reading& r) { return !same(r, best); });
    // A network may overlook a minus; the ink's shape tells.
    if (other != readings.end() && leads_with_dash(gray, box)) {
        const std::u32string a = models::fold(best.text), b = models::fold(other->text);
        if (a == U"-" + b) return agreed(best, best);
        if (b == U"-" + a) return agreed(*other, *other);
    }
    FigureText text{models::tidy_text(best.text), kDisagreement, std::nullopt};
    if (other != readings.end()) text.second = models::tidy_text(other->text);
    return text;
}

}  // namespace biaod::ocr
