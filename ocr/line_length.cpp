#include "ocr/line_length.hpp"

#include <algorithm>
#include <cmath>

#include "models/median.hpp"
#include "models/text_norm.hpp"

namespace biaod::ocr {
namespace {

constexpr double kShortest = 10;  // characters; a shorter line says little
constexpr std::size_t kMinLines = 4;
constexpr double kSideBearing = 0.12;  // of the pitch: what the tight box lacks
constexpr double kSamePitch =
    0.003;  // of the pitch: a mark of half width more or less in a line of 40 is four times as much
constexpr double kLargest = 1.2;  // of the pitch: a taller line is set in another size

constexpr double kWidestBearing = 0.2;       // of the pitch: white on either side of a glyph in its square
constexpr double kInkBetweenSquares = 0.25;  // of the mean ink of the line's columns
constexpr double kSurety = 3;                // characters of distance that a surely read symbol is worth
constexpr std::u32string_view kAsciiMarks = U",;:!?()";

bool full_width(char32_t c) { return c >= 0x2E80 || c == 0x201C || c == 0x201D || c == 0x2018 || c == 0x2019; }

// Marks whose ink stands in the left half of their square, and those whose ink stands in the right half.
constexpr std::u32string_view kLeftMarks =
    U"\uff0c\u3002\u3001\uff1b\uff1a\uff01\uff1f\uff09\u300b\u201d\u2019\u3009\u3015\u3011";
constexpr std::u32string_view kRightMarks = U"\uff08\u300a\u201c\u2018\u3008\u3014\u3010";

// Widths of the characters of a text.
std::vector<double> widths_of(const std::u32string& text) {
    std::vector<double> widths;
    const auto chinese_at = [&](std::size_t i, std::ptrdiff_t step) {
        auto at = static_cast<std::ptrdiff_t>(i) + step;
        while (at >= 0 && at < std::ssize(text) && text[static_cast<std::size_t>(at)] == U' ') at += step;
        return at >= 0 && at < std::ssize(text) && full_width(text[static_cast<std::size_t>(at)]);
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool beside_chinese = chinese_at(i, -1) || chinese_at(i, 1);
        if (full_width(text[i]))
            widths.push_back(1);
        else if (text[i] == U' ')
            widths.push_back(beside_chinese ? 0 : 0.25);
        else
            widths.push_back(beside_chinese && kAsciiMarks.find(text[i]) != kAsciiMarks.npos ? 1 : 0.5);
    }
    return widths;
}

// How far the symbols stand from the pitch, but for a shift of all, when the one at `without` is not there; characters,
// summed.
double distance_from_pitch(const std::vector<double>& middles, const std::vector<double>& widths, std::size_t without) {
    std::vector<double> off;
    double at = 0;
    for (std::size_t i = 0; i < middles.size(); ++i) {
        if (i == without) continue;
        off.push_back(middles[i] - at - widths[i] / 2);
        at += widths[i];
    }
    if (off.empty()) return 0;
    const double start = models::median(off);
    double sum = 0;
    for (const double o : off) sum += std::abs(o - start);
    return sum;
}

}  // namespace

double set_width(std::string_view utf8) {
    const std::u32string text = models::to_code_points(utf8);
    double width = 0;
    for (const double w : widths_of(text)) width += w;
    if (!text.empty() && kLeftMarks.find(text.back()) != std::u32string_view::npos) width -= 0.5;
    if (!text.empty() && kRightMarks.find(text.front()) != std::u32string_view::npos) width -= 0.5;
    return width;
}

std::optional<int> squares_of(const cv::Mat& gray, const cv::Rect& box, double pitch) {
    if (pitch <= 0 || box.width < kShortest * pitch) return std::nullopt;
    cv::Mat column_means;
    cv::reduce(gray(box), column_means, 0, cv::REDUCE_AVG, CV_32F);
    const auto ink_at = [&](double x) {
        const int column = std::clamp(static_cast<int>(std::lround(x)), 0, box.width - 1);
        return 255.0 - column_means.at<float>(column);
    };
    const double mean = 255.0 - cv::mean(column_means)[0];
    // The first square may begin before the first ink, and a scan's pitch is known to a part in a thousand.
    double least = 1;
    int squares = 0;
    for (double start = -kWidestBearing; start <= 0.02; start += 0.02) {
        const int count = static_cast<int>(std::ceil(box.width / pitch - start - kWidestBearing));
        double between = 0;
        for (int k = 1; k < count; ++k) between += ink_at((start + k) * pitch) / (count - 1) / mean;
        if (between >= least) continue;
        least = between;
        squares = count;
    }
    return least < kInkBetweenSquares ? std::optional(squares) : std::nullopt;
}

bool keeps_to_own_squares(const cv::Mat& gray, const cv::Rect& box, double set) {
    return set > kSideBearing && squares_of(gray, box, box.width / (set - kSideBearing)).has_value();
}

std::size_t made_up_symbol(const Reading& reading, double pitch) {
    std::u32string text;
    std::vector<double> middles;
    for (const Symbol& symbol : reading.symbols) {
        text += models::to_code_points(symbol.text).front();
        middles.push_back((symbol.left + symbol.right) / 2.0 / pitch);
    }
    const std::vector<double> widths = widths_of(text);
    std::size_t best = 0;
    double least = 1e9;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const double cost = distance_from_pitch(middles, widths, i) + kSurety * reading.symbols[i].confidence;
        if (cost >= least) continue;
        best = i;
        least = cost;
    }
    return best;
}

double measure_pitch(const std::vector<MeasuredLine>& lines) {
    std::vector<double> pitches;
    for (const MeasuredLine& line : lines)
        if (line.set >= kShortest) pitches.push_back(line.width / (line.set - kSideBearing));
    if (pitches.size() < kMinLines) return 0;
    std::sort(pitches.begin(), pitches.end());
    // Of the pitches that most lines agree with, the middle one.
    std::vector<double> best;
    std::ptrdiff_t most = 0;
    for (const double pitch : pitches) {
        const auto agreeing = std::count_if(pitches.begin(), pitches.end(),
                                            [&](double other) { return std::abs(other - pitch) < kSamePitch * pitch; });
        if (agreeing > most) best.clear();
        if (agreeing >= most) best.push_back(pitch);
        most = std::max(most, agreeing);
    }
    return best[best.size() / 2];
}

double length_error(const MeasuredLine& line, double pitch) {
    if (pitch <= 0 || line.set < kShortest || line.height > kLargest * pitch) return 0;
    const double error = line.width / pitch + kSideBearing - line.set;
    return std::abs(error) > 0.15 * line.set ? 0 : error;
}

}  // namespace biaod::ocr
