#include "ocr/digit_pitch.hpp"

#include <algorithm>
#include <utility>

#include "models/median.hpp"

namespace biaod::ocr {
namespace {

constexpr std::size_t kLeastFigures = 4;
constexpr std::size_t kFewestOfMore = 3;  // of more than one digit, that tell it alone; fewer count twice

// In pitches.
constexpr double kSideBearings = 0.15;              // what the tight box of a figure lacks,
constexpr double kZeroBearings = 0.08;              // of a lone 0, which mostly is the widest digit,
constexpr double kThinOne = 0.3;                    // what it lacks more on a side where a 1 stands,
constexpr double kBroadOne = 0.15;                  // and at least where the 1 has a foot
constexpr double kSlack = 0.55, kSlackOver = 0.35;  // less, and more, ink than the digits have
constexpr double kSlackOfEach = 0.12;               // of each digit: bold type, or another size
constexpr double kLeastMark = 0.2, kMostMark = 2;   // full-width ones

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

double measure_digit_pitch(const std::vector<MeasuredFigure>& figures) {
    std::vector<double> lone, more, of_ones;  // of one digit, of more, and of more that begin or end with a 1
    for (const MeasuredFigure& figure : figures) {
        const std::string& text = figure.text;
        if (text.empty() || !std::ranges::all_of(text, is_digit)) continue;
        const int ones = (text.front() == '1') + (text.back() == '1');
        if (ones > 0 && text.size() == 1) continue;
        const double bearings = text == "0" ? kZeroBearings : kSideBearings;
        const double places = static_cast<double>(text.size()) - bearings - ones * (kThinOne + kBroadOne) / 2;
        (ones > 0 ? of_ones : text.size() == 1 ? lone : more).push_back(figure.width / places);
    }
    std::size_t telling = more.size() + lone.size();
    if (telling > 0 && (more.size() < kFewestOfMore || telling < kLeastFigures)) {
        // Better than lone ones, though one may have lost a 1.
        more.insert(more.end(), of_ones.begin(), of_ones.end());
        telling += of_ones.size();
    }
    if (telling < kLeastFigures) return 0;
    std::vector<double> pitches = more;
    const bool few = more.size() < kFewestOfMore;
    if (few) {
        pitches.insert(pitches.end(), lone.begin(), lone.end());
        pitches.insert(pitches.end(), more.begin(), more.end());
    }
    return models::median(std::move(pitches));
}

bool may_hold(std::string_view figure, double width, double pitch) {
    const bool known = std::ranges::all_of(
        figure, [](char c) { return is_digit(c) || std::string_view(".,-+/%").find(c) != std::string_view::npos; });
    if (pitch <= 0 || figure.empty() || !known) return true;
    const auto digits = static_cast<double>(std::ranges::count_if(figure, is_digit));
    const double marks = static_cast<double>(figure.size()) - digits;
    const double of_each = kSlackOfEach * digits;
    const int ones = (figure.front() == '1') + (figure.back() == '1');
    const double places = width / pitch + kSideBearings;
    return places > digits + kLeastMark * marks - kThinOne * ones - std::max(kSlack, of_each) &&
           places < digits + kMostMark * marks - kBroadOne * ones + std::max(kSlackOver, of_each);
}

}  // namespace biaod::ocr
