#include "ocr/between_zeros.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace biaod::ocr {
namespace {

// A drawn zero of the height of the glyphs in a prepared line, with the same margins.
cv::Mat drawn_zero(int rows) {
    const int height = static_cast<int>(std::lround(rows / 1.32));
    const int width = static_cast<int>(std::lround(0.52 * height));
    const int stroke = std::max(2, static_cast<int>(std::lround(0.11 * height)));
    constexpr int kFine = 4;  // drawn larger and reduced, for smooth edges
    cv::Mat fine((rows)*kFine, (width + height / 3) * kFine, CV_8UC1, cv::Scalar(255));
    cv::ellipse(fine, {fine.cols / 2, fine.rows / 2}, {(width - stroke) * kFine / 2, (height - stroke) * kFine / 2}, 0,
                0, 360, cv::Scalar(0), stroke * kFine, cv::LINE_AA);
    cv::Mat zero;
    cv::resize(fine, zero, {fine.cols / kFine, rows}, 0, 0, cv::INTER_AREA);
    return zero;
}

// A comma whose tail stands apart is read as one with a point behind it.
void join_marks(std::vector<Symbol>& symbols) {
    for (std::size_t i = 1; i < symbols.size(); ++i) {
        if (symbols[i - 1].text != "," || symbols[i].text != ".") continue;
        symbols[i - 1].right = symbols[i].right;
        symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

// Whether the leftmost ink of a prepared line, pale ink too, is as tall as a digit.
bool leads_with_digit(const cv::Mat& figure) {
    constexpr int kInk = 225;
    constexpr double kDigit = 0.4;  // of the line's height, which holds a Chinese character and margins
    constexpr double kBegin = 0.1;  // the same; so far a mark would reach that joins the digit behind it
    const cv::Mat ink = figure < kInk;
    int begin = 0;
    while (begin < ink.cols && cv::countNonZero(ink.col(begin)) == 0) ++begin;
    const int end = std::min(ink.cols, begin + std::max(2, static_cast<int>(kBegin * figure.rows)));
    return begin < end && cv::boundingRect(ink.colRange(begin, end)).height > kDigit * figure.rows;
}

// Of the gap behind a zero the networks may make a point or comma.
void drop_mark_of_gap(std::vector<Symbol>& symbols, const cv::Mat& figure) {
    if (symbols.size() > 1 && (symbols[0].text == "." || symbols[0].text == ",") && leads_with_digit(figure))
        symbols.erase(symbols.begin());
}

}  // namespace

std::vector<Reading> read_between_zeros(Engine& engine, const std::vector<cv::Mat>& figures, const char* characters) {
    int rows = 0;
    for (const cv::Mat& figure : figures) rows = std::max(rows, figure.rows);
    const cv::Mat zero = drawn_zero(rows);
    std::vector<cv::Mat> parts = {zero};  // zeros at even places, figures at odd ones
    for (const cv::Mat& figure : figures) {
        parts.emplace_back();
        cv::copyMakeBorder(figure, parts.back(), 0, rows - figure.rows, 0, 0, cv::BORDER_CONSTANT, cv::Scalar(255));
        parts.push_back(zero);
    }
    cv::Mat row;
    cv::hconcat(parts, row);
    std::vector<Reading> read(parts.size());
    std::size_t place = 0;
    int end = parts[0].cols;
    for (Symbol& symbol : engine.read_line(row, characters).symbols) {
        while (place + 1 < parts.size() && (symbol.left + symbol.right) / 2 >= end) end += parts[++place].cols;
        symbol.starts_word = false;
        read[place].symbols.push_back(std::move(symbol));
    }
    for (std::size_t i = 0; i < read.size(); ++i) {
        join_marks(read[i].symbols);
        if (i % 2 == 1) drop_mark_of_gap(read[i].symbols, figures[i / 2]);
        summarise(read[i]);
    }
    std::vector<Reading> out(figures.size());
    for (std::size_t i = 0; i < figures.size(); ++i) {
        if (read[2 * i].text == "0" && read[2 * i + 2].text == "0") out[i] = std::move(read[2 * i + 1]);
    }
    return out;
}

}  // namespace biaod::ocr
