#include "ocr/second_look.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <span>

#include "models/text_norm.hpp"

namespace biaod::ocr {
namespace {

constexpr std::size_t kContext = 6;  // symbols to either side
constexpr std::size_t kContextOfNumber = 2;
constexpr double kMostOfLine = 0.65;  // of its width
constexpr double kCutReach = 0.2;     // of the picture's height
constexpr double kMargin = 0.12;      // of the picture's height, as a line's

// The whitest column near `x`.
int white_column(const cv::Mat& picture, double x) {
    const int reach = static_cast<int>(kCutReach * picture.rows), middle = static_cast<int>(std::lround(x));
    const int from = std::clamp(middle - reach, 0, picture.cols), to = std::clamp(middle + reach + 1, 0, picture.cols);
    if (from >= to) return std::clamp(middle, 0, picture.cols);
    cv::Mat sums;
    cv::reduce(picture.colRange(from, to), sums, 0, cv::REDUCE_SUM, CV_32S);
    int best = from;
    const auto worth = [&](int column) { return sums.at<int>(column - from) - std::abs(column - middle); };
    for (int column = from; column < to; ++column)
        if (worth(column) > worth(best)) best = column;
    return best;
}

int cut_before(const Reading& reading, std::size_t symbol, const cv::Mat& picture) {
    if (symbol == 0) return 0;
    if (symbol == reading.symbols.size()) return picture.cols;
    return white_column(picture, (reading.symbols[symbol - 1].right + reading.symbols[symbol].left) / 2.0);
}

// The symbols from `first` to `last` with what stands beside them.
LinePart with_neighbours(std::size_t first, std::size_t last, std::size_t count, std::size_t context) {
    return {first < context ? 0 : first - context, std::min(count, last + context), 0, 0};
}

void cut(LinePart& part, const Reading& reading, const cv::Mat& picture) {
    part.left = cut_before(reading, part.first, picture);
    part.right = cut_before(reading, part.last, picture);
}

bool is_odd(const LinePart& part) { return part.right <= part.left; }

LinePart whole_line(const Reading& reading, const cv::Mat& picture) {
    return {0, reading.symbols.size(), 0, picture.cols};
}

bool same(const Symbol& a, const Symbol& b) { return models::fold(a.text) == models::fold(b.text); }

}  // namespace

std::vector<LinePart> parts_again(const Reading& reading, const cv::Mat& picture,
                                  const std::function<Again(std::size_t)>& again) {
    std::vector<LinePart> parts;
    const std::size_t count = reading.symbols.size();
    for (std::size_t i = 0; i < count; ++i) {
        const Again why = again(i);
        if (why == Again::no) continue;
        LinePart part = with_neighbours(i, i + 1, count, why == Again::as_number ? kContextOfNumber : kContext);
        for (; !parts.empty() && part.first <= parts.back().last; parts.pop_back()) {
            part.first = std::min(part.first, parts.back().first);
            part.last = std::max(part.last, parts.back().last);
        }
        parts.push_back(part);
    }
    int width = 0;
    for (LinePart& part : parts) {
        cut(part, reading, picture);
        width += part.right - part.left;
    }
    if (width > kMostOfLine * picture.cols || std::ranges::any_of(parts, is_odd)) return {whole_line(reading, picture)};
    return parts;
}

LinePart unlike_part(const Reading& reading, const cv::Mat& picture, std::u32string_view expected) {
    const auto& symbols = reading.symbols;
    std::size_t first = 0, last = symbols.size();
    for (; first < last; ++first) {
        const std::u32string symbol = models::fold(symbols[first].text);
        if (!expected.starts_with(symbol)) break;
        expected.remove_prefix(symbol.size());
    }
    for (; last > first; --last) {
        const std::u32string symbol = models::fold(symbols[last - 1].text);
        if (!expected.ends_with(symbol)) break;
        expected.remove_suffix(symbol.size());
    }
    LinePart part = with_neighbours(first, last, symbols.size(), kContext);
    cut(part, reading, picture);
    if (is_odd(part) || part.right - part.left > kMostOfLine * picture.cols) return whole_line(reading, picture);
    return part;
}

cv::Mat cut_part(const cv::Mat& picture, const LinePart& part, double scale) {
    const auto at = [&](int x, int end) {
        return x == 0 || x == end ? static_cast<int>(std::lround(x * scale)) : white_column(picture, x * scale);
    };
    const int whole = static_cast<int>(std::lround(picture.cols / scale));
    const int left = std::clamp(at(part.left, whole), 0, picture.cols - 1);
    const int right = std::clamp(at(part.right, whole), left + 1, picture.cols);
    const int margin = static_cast<int>(std::lround(kMargin * picture.rows));
    cv::Mat out;
    cv::copyMakeBorder(picture.colRange(left, right), out, 0, 0, left == 0 ? 0 : margin,
                       right == picture.cols ? 0 : margin, cv::BORDER_CONSTANT, cv::Scalar(255));
    return out;
}

Reading part_of(const Reading& reading, const LinePart& part) {
    Reading out;
    out.symbols.assign(reading.symbols.begin() + static_cast<std::ptrdiff_t>(part.first),
                       reading.symbols.begin() + static_cast<std::ptrdiff_t>(part.last));
    summarise(out);
    return out;
}

bool replace_part(Reading& reading, const LinePart& part, const Reading& part_text) {
    std::span<const Symbol> symbols = part_text.symbols;
    if (symbols.empty()) return false;
    std::size_t first = part.first, last = part.last;
    const auto begins_otherwise = [&] { return first > 0 && !same(symbols.front(), reading.symbols[first]); };
    const auto ends_otherwise = [&] {
        return last < reading.symbols.size() && !same(symbols.back(), reading.symbols[last - 1]);
    };
    const bool more = symbols.size() > 1 && first < last;
    if (more && begins_otherwise() && same(symbols[1], reading.symbols[first])) symbols = symbols.subspan(1);
    if (symbols.size() > 1 && more && ends_otherwise() && same(symbols[symbols.size() - 2], reading.symbols[last - 1]))
        symbols = symbols.first(symbols.size() - 1);
    if (begins_otherwise()) ++first;
    if (ends_otherwise()) --last;
    if (first >= last && part.first < part.last) return false;
    if (begins_otherwise() || ends_otherwise()) return false;
    const auto from = reading.symbols.begin() + static_cast<std::ptrdiff_t>(first);
    const auto to = reading.symbols.begin() + static_cast<std::ptrdiff_t>(last);
    reading.symbols.insert(reading.symbols.erase(from, to), symbols.begin(), symbols.end());
    summarise(reading);
    return true;
}

}  // namespace biaod::ocr
