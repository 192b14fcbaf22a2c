#include "ocr/figure_ink.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "models/number.hpp"
#include "models/text_norm.hpp"
#include "ocr/digit_pitch.hpp"
#include "ocr/engine.hpp"
#include "ocr/figure_pieces.hpp"
#include "ocr/figure_shape.hpp"

namespace biaod::ocr {
namespace {

std::string with_marks(std::string figure, char mark) {
    std::ranges::replace_if(figure, is_mark, mark);
    return figure;
}

// Whether `seen` is `read` with some points as commas, and nothing else.
bool has_more_commas(const std::string& seen, const std::string& read) {
    return std::ranges::equal(seen, read, [](char s, char r) { return s == r || (s == ',' && r == '.'); });
}

// A number has one point: where several part it, and all but the last with what would be groups of three, those are
// commas that lost their tails; or, where few digits follow, the last may be a speck.
void read_points_as_commas(FigureText& figure) {
    constexpr std::ptrdiff_t kSureDigits = 4;  // behind the last point: without it no amount has so many
    const std::string& read = figure.text;
    const std::size_t last = read.rfind('.');
    if (last == read.npos || read.find('.') == last) return;
    std::string grouped = read;
    std::replace(grouped.begin(), grouped.begin() + static_cast<std::ptrdiff_t>(last), '.', ',');
    const std::string number = grouped.substr(0, grouped.find_first_not_of("0123456789+-.,"));
    if (models::read_figure(number, {}).kind != models::FigureKind::number) return;
    if (std::ssize(number) - static_cast<std::ptrdiff_t>(last) <= kSureDigits)
        figure.confidence = std::min(figure.confidence, kDisagreement);
    figure.text = std::move(grouped);
    if (figure.second == figure.text) figure.second.reset();
}

// A number without the commas of its groups; empty where they part no groups.
std::string without_groups(std::string number) {
    if (models::read_figure(number, {}).kind != models::FigureKind::number) return {};
    std::erase(number, ',');
    return number;
}

// Whether a plus could be its first digit: a 1 or 2 of an old style begins as low, and ends on the line, too.
bool may_begin_with_plus(const std::string& figure) {
    return figure.front() >= '3' && figure.find_first_not_of("0123456789") == figure.npos;
}

void doubt(FigureText& figure, std::string second) {
    figure.second = std::move(second);
    figure.confidence = std::min(figure.confidence, kDisagreement);
}

// A thin zero of a fax is read as 8, or as 60, and a slashed one as 2, by both networks alike. Its shape tells;
// where one of them read it as one, too, it is sure.
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

// A pen's stroke across a 6, 8 or 9 looks like a slashed zero. Among others it must be such a digit to both networks,
// and surely, to be doubted.
void settle_slashed_zero(FigureText& figure, bool among_slashed) {
    const std::string other = figure.text == "0" ? figure.second.value_or("0") : figure.text;
    const bool sure = figure.text != "0" && !figure.second && figure.confidence >= kSureShape;
    settle_zero(figure);
    const bool may_be_crossed = other == "6" || other == "8" || other == "9";
    if (among_slashed && !(may_be_crossed && sure))
        figure = {"0", kSureShape, std::nullopt};
    else if (may_be_crossed)
        doubt(figure, other);
}

// One straight stroke that is steeper than other slashes is one if a network says so, and none sees a 7: a condensed
// one that lost its bar is as steep. Among slashes it may see another digit beside it, which is not there. Whether it
// was settled.
bool settle_steep_slash(FigureText& figure, const cv::Mat& gray, const cv::Rect& box, double char_height,
                        bool among_slashes) {
    const bool was_read = figure.text == "/" || figure.second == "/";
    const std::string other = figure.text == "/" ? figure.second.value_or("") : figure.text;
    const bool seven = other.find('7') != other.npos;
    if (other.empty() || !(was_read || seven) || !may_be_slash(gray, box, char_height)) return false;
    figure = {"/", kSureShape, std::nullopt};
    if (seven && !(was_read && among_slashes && other != "7")) doubt(figure, other);
    return true;
}

}  // namespace

bool may_end_in_a_group(const std::string& figure) {
    const std::size_t point = figure.find('.'), first = figure.find_first_of("0123456789");  // behind a sign
    if (point == figure.npos || first >= point || figure[first] == '0') return false;
    const std::size_t end = std::min(figure.find_first_not_of("0123456789", point + 1), figure.size());
    const bool in_groups = figure.find(',') < point || point - first <= 3;
    return in_groups && end == point + 4 && figure.find_first_of(".,", end) == figure.npos;
}

// A small comma is read as a point by both networks alike: where the ink shows commas that part groups of three digits,
// that is what is printed. Any other difference is a doubt.
void settle_by_ink(FigureText& figure, const cv::Mat& gray, const cv::Rect& box, double char_height,
                   const SureFigures& among) {
    const Zero zero = zero_in(gray, box, char_height);
    if (zero == Zero::plain) return settle_zero(figure);
    if (zero == Zero::slashed) return settle_slashed_zero(figure, among.slashed_zeros);
    if (figure.text.empty()) return;
    read_points_as_commas(figure);
    if (settle_steep_slash(figure, gray, box, char_height, among.slashes)) return;
    const bool lone_digit = figure.text.size() == 1 && figure.text != "/";
    if (lone_digit && is_slash_with_specks(gray, box, char_height)) return doubt(figure, "/");
    if (figure.text == "7" && is_seven_without_bar(gray, box)) return doubt(figure, "/");
    if (may_begin_with_plus(figure.text) && first_lacks_top(gray, box, figure.text.size()))
        return doubt(figure, "+" + figure.text.substr(1));
    if (std::string seen = with_marks_of_ink(figure.text, gray, box); seen != figure.text) {
        const bool groups =
            has_more_commas(seen, figure.text) && models::read_figure(seen, {}).kind == models::FigureKind::number;
        if (groups)
            figure.text = std::move(seen);
        else
            doubt(figure, std::move(seen));
    }
    // Among other digits a slashed zero is another digit to both networks.
    if (std::string seen = with_zeros_of_ink(figure.text, gray, box, char_height); seen != figure.text) {
        if (among.slashed_zeros)
            doubt(figure, std::exchange(figure.text, std::move(seen)));
        else if (!figure.second)
            doubt(figure, std::move(seen));
    }
    // Both networks may overlook a thin minus, and take a pen's stroke through a digit for one.
    const char first = figure.text.front();
    if (first >= '0' && first <= '9' && leads_with_dash(gray, box)) doubt(figure, "-" + figure.text);
    if (first == '-' && figure.text.size() > 1 && !leads_with_dash(gray, box)) doubt(figure, figure.text.substr(1));
    if (may_end_in_a_group(figure.text) && !figure.second) {
        std::string group = figure.text;
        group[group.find('.')] = ',';
        doubt(figure, std::move(group));
    }
    // A stroke may hang in, or a streak run through; and both networks may read a condensed 6 as 8.
    if (has_hanging_stroke(gray, box) || !closes_eights(figure.text, gray, box) || is_parted_across(gray, box))
        figure.confidence = std::min(figure.confidence, kDisagreement);
    if (fits(models::fold(figure.text), box, char_height)) return;
    figure.covers_ink = false;
    figure.confidence = std::min(figure.confidence, kDisagreement);
}

const Reading* reading_as_in_ink(const std::vector<Reading>& readings, const cv::Mat& gray, const cv::Rect& box) {
    constexpr std::ptrdiff_t kOfBothNetworks = 4;
    if (readings.empty()) return nullptr;
    const auto has_marks = [](const Reading& reading) { return std::ranges::any_of(reading.text, is_mark); };
    const auto marked = std::ranges::find_if(readings, has_marks);
    const std::string pointed = with_marks((marked == readings.end() ? readings.front() : *marked).text, '.');
    const std::string in_ink = with_marks_of_ink(pointed, gray, box);
    if (with_marks_of_ink(with_marks(pointed, ','), gray, box) != in_ink) return nullptr;  // it does not tell
    const auto says = [&](const Reading& r) { return with_marks(r.text, '.') == pointed; };
    const auto is_same_number = [&](const Reading& r) { return says(r) || r.text == without_groups(in_ink); };
    if (std::ranges::count_if(readings, says) < kOfBothNetworks || !std::ranges::all_of(readings, is_same_number))
        return nullptr;
    const auto found = std::ranges::find(readings, in_ink, &Reading::text);
    return found == readings.end() ? nullptr : &*found;
}

bool ink_may_hold(const std::string& figure, const cv::Mat& gray, const cv::Rect& box, double pitch) {
    if (!may_hold(figure, box.width, pitch)) return false;
    const bool digits = figure.find_first_not_of("0123456789") == figure.npos;
    if (digits && !pieces_may_hold(figure.size(), gray, box)) return false;
    if (pitch <= 0 || figure.size() < 2 || (figure.front() != '-' && figure.front() != '+')) return true;
    const int behind = width_behind_first(gray, box);
    const bool signed_apart = behind > 0 && box.width - behind < pitch;
    return !signed_apart || may_hold(std::string_view(figure).substr(1), behind, pitch);
}

}  // namespace biaod::ocr
