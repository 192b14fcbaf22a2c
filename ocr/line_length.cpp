#include "ocr/line_length.hpp"

#include <algorithm>
#include <cmath>

#include "models/text_norm.hpp"

namespace biaod::ocr {
namespace {

constexpr double kShortest = 10;  // characters; a shorter line says little
constexpr std::size_t kMinLines = 4;
constexpr double kSideBearing = 0.12;  // of the pitch: what the tight box lacks
constexpr double kLargest = 1.2;       // of the pitch: a taller line is set in another size

bool full_width(char32_t c) { return c >= 0x2E80 || c == 0x201C || c == 0x201D || c == 0x2018 || c == 0x2019; }

// Marks whose ink stands in the left half of their square, and those whose ink stands in the right half.
constexpr std::u32string_view kLeftMarks =
    U"\uff0c\u3002\u3001\uff1b\uff1a\uff01\uff1f\uff09\u300b\u201d\u2019\u3009\u3015\u3011";
constexpr std::u32string_view kRightMarks = U"\uff08\u300a\u201c\u2018\u3008\u3014\u3010";

}  // namespace

double set_width(std::string_view utf8) {
    const std::u32string text = models::to_code_points(utf8);
    double width = 0;
    for (const char32_t c : text) width += full_width(c) ? 1 : c == U' ' ? 0.25 : 0.5;
    if (!text.empty() && kLeftMarks.find(text.back()) != std::u32string_view::npos) width -= 0.5;
    if (!text.empty() && kRightMarks.find(text.front()) != std::u32string_view::npos) width -= 0.5;
    return width;
}

double measure_pitch(const std::vector<MeasuredLine>& lines) {
    std::vector<double> pitches;
    for (const MeasuredLine& line : lines)
        if (line.set >= kShortest) pitches.push_back(line.width / (line.set - kSideBearing));
    if (pitches.size() < kMinLines) return 0;
    std::nth_element(pitches.begin(), pitches.begin() + static_cast<std::ptrdiff_t>(pitches.size() / 2), pitches.end());
    return pitches[pitches.size() / 2];
}

double length_error(const MeasuredLine& line, double pitch) {
    if (pitch <= 0 || line.set < kShortest || line.height > kLargest * pitch) return 0;
    const double error = line.width / pitch + kSideBearing - line.set;
    return std::abs(error) > 0.15 * line.set ? 0 : error;
}

}  // namespace biaod::ocr
