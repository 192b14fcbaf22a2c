#include "layout/rulings/words_in_rows.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "layout/ink_profile.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kStroke = 1.4;      // no stroke is longer,
constexpr double kTallestRow = 3.5;  // nor stands in a row
constexpr double kLowestRow = 0.9;
constexpr double kRow = 1.1;
constexpr double kLongHorizontal = 8;
constexpr double kTouching = 1.5;      // px beside a ruling, over its rough edge
constexpr double kTouchedOften = 0.2;  // of its length
constexpr double kBesideFrom = 0.06;   // where writing stands beside one of its own strokes
constexpr double kNextStroke = 0.45;   // of the same character, or the next one's,
constexpr double kBesideInWord = 0.4;  // over so much of its length
constexpr double kInBody = 0.7;        // as far as writing stands beside a stroke
constexpr double kWriting = 0.3;       // of its length, or of a row's height
constexpr double kOffRow = 0.05;       // as far as a stroke keeps clear of the rulings of its row
constexpr double kCovered = 0.6;       // of a row, by a vertical that is in it
constexpr double kGapInRow = 0.12;     // that a ruling does not leave
constexpr double kBlankInRow = 0.4;    // as writing that stands on a ruling leaves above it

// The rows of `area` from the first that holds ink to the last.
cv::Rect bounding_rows(const cv::Mat& ink, const cv::Rect& area) {
    const cv::Rect inside = area & cv::Rect({0, 0}, ink.size());
    if (inside.empty()) return {};
    const cv::Rect rows = cv::boundingRect(inked_rows(ink(inside)));
    return {inside.x, inside.y + rows.y, inside.width, rows.height};
}

enum class InRow { ruled, stroke, maybe_stroke };

// What a vertical covers in the row between the two: a ruling, or a stroke of a word, with writing on either side, or
// on one, as of a word that begins with it.
InRow in_row(const Ruling& v, const Ruling& above, const Ruling& below, const cv::Mat& ink, double char_height) {
    const double top = above.at + above.thickness / 2 + 1, bottom = below.at - below.thickness / 2 - 1;
    if (bottom - top < kLowestRow * char_height || bottom - top > kTallestRow * char_height) return InRow::ruled;
    if (std::min(v.to, bottom) - std::max(v.from, top) < kCovered * (bottom - top)) return InRow::ruled;
    const cv::Rect way(cv::Point(cvRound(v.at - v.thickness / 2 - 1), cvRound(top)),
                       cv::Point(cvRound(v.at + v.thickness / 2 + 1) + 1, cvRound(bottom)));
    const cv::Rect stroke = bounding_rows(ink, way);
    const int gap = std::max(stroke.y - way.y, way.br().y - stroke.br().y);
    if (stroke.empty() || stroke.height < kWriting * way.height || gap < kGapInRow * char_height) return InRow::ruled;
    const Ruling piece{false, v.at, static_cast<double>(stroke.y), static_cast<double>(stroke.br().y), v.thickness, 0};
    if (is_of_word(piece, ink, char_height)) return InRow::stroke;
    const auto [left, right] = touched(piece, ink);
    const auto [low, high] = ink_beside(piece, ink, kBesideFrom * char_height + 1, kNextStroke * char_height);
    const bool may_be =
        gap > kBlankInRow * char_height && std::max(low, high) > kBesideInWord && std::max(left, right) > kTouchedOften;
    return may_be ? InRow::maybe_stroke : InRow::ruled;
}

// What is left of a vertical without the rows in which it is a stroke. Where it may be one in most of them it is none
// of a ruling in the others, either.
std::vector<Ruling> parted_at_words(const Ruling& v, const std::vector<Ruling>& horizontals, const cv::Mat& ink,
                                    double char_height) {
    struct Row {
        const Ruling *above, *below;
        InRow what;
    };
    std::vector<Row> rows;
    const Ruling* above = nullptr;
    for (const Ruling& below : horizontals) {
        if (below.from > v.at || below.to < v.at) continue;
        if (above != nullptr) rows.push_back({above, &below, in_row(v, *above, below, ink, char_height)});
        above = &below;
    }
    const auto ruled = std::ranges::count(rows, InRow::ruled, &Row::what);
    const bool doubtful = 2 * ruled < static_cast<std::ptrdiff_t>(rows.size());
    std::vector<Ruling> parts = {v};
    for (const auto& [upper, lower, what] : rows) {
        if (what == InRow::ruled || (what == InRow::maybe_stroke && !doubtful)) continue;
        Ruling rest = parts.back();
        parts.back().to = upper->at;
        rest.from = lower->at;
        parts.push_back(rest);
    }
    if (parts.size() > 1) std::erase_if(parts, [&](const Ruling& r) { return r.length() < kRow * char_height; });
    for (Ruling& part : parts) part.inked = std::min(part.inked, part.length());
    return parts;
}

}  // namespace

std::pair<double, double> touched(const Ruling& r, const cv::Mat& ink) {
    return ink_beside(r, ink, kTouching, 2 * kTouching);
}

bool is_of_word(const Ruling& r, const cv::Mat& ink, double char_height) {
    const auto [left, right] = touched(r, ink);
    if (std::max(left, right) < kTouchedOften) return false;
    const auto [low, high] = ink_beside(r, ink, kBesideFrom * char_height + 1, kNextStroke * char_height);
    return std::min(low, high) > kBesideInWord;
}

std::pair<const Ruling*, const Ruling*> row_around(const Ruling& piece, const std::vector<Ruling>& horizontals) {
    const Ruling *above = nullptr, *below = nullptr;
    for (const Ruling& r : horizontals) {
        if (!r.horizontal || r.from > piece.at || r.to < piece.at) continue;
        if (r.at < piece.from && (above == nullptr || r.at > above->at)) above = &r;
        if (r.at > piece.to && (below == nullptr || r.at < below->at)) below = &r;
    }
    return {above, below};
}

bool is_stroke_in_row(const Ruling& piece, const std::vector<Ruling>& horizontals, const cv::Mat& ink,
                      double char_height) {
    if (piece.length() > kStroke * char_height) return false;
    const auto [above, below] = row_around(piece, horizontals);
    if (above == nullptr || below == nullptr || below->at - above->at > kTallestRow * char_height) return false;
    const auto gap = [&](const Ruling& h, double end) { return std::abs(h.at - end) - h.thickness / 2; };
    if (std::min(gap(*above, piece.from), gap(*below, piece.to)) < kOffRow * char_height + 1) return false;
    const auto [left, right] = touched(piece, ink);
    const auto [low, high] = ink_beside(piece, ink, kBesideFrom * char_height + 1, kInBody * char_height);
    return std::max(left, right) > kTouchedOften && std::min(low, high) > kWriting;
}

void part_at_words(std::vector<Ruling>& rulings, const cv::Mat& ink, double char_height) {
    if (rulings.size() > kMostRulings) return;
    std::vector<Ruling> horizontals;
    std::ranges::copy_if(rulings, std::back_inserter(horizontals),
                         [&](const Ruling& r) { return r.horizontal && r.length() > kLongHorizontal * char_height; });
    std::ranges::sort(horizontals, {}, &Ruling::at);
    std::vector<Ruling> parted;
    for (const Ruling& r : rulings) {
        if (r.horizontal) {
            parted.push_back(r);
            continue;
        }
        const std::vector<Ruling> parts = parted_at_words(r, horizontals, ink, char_height);
        parted.insert(parted.end(), parts.begin(), parts.end());
    }
    rulings = std::move(parted);
}

}  // namespace biaod::layout
